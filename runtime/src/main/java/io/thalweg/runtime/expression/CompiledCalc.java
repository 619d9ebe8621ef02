package io.thalweg.runtime.expression;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.runtime.expression.compiler.GeneratedProgram;
import org.jspecify.annotations.Nullable;

/** Runs a generated program over batches; columns that are only passed on do not go through it. */
final class CompiledCalc implements CalcFunction {
    /** In place of an input column: the projection is computed. */
    static final int COMPUTED = -1;

    private final GeneratedProgram program;
    private final DictionaryProgram dictionaries;
    private final Shape shape;
    private final int[] passedColumns;
    private final DeltaBatch empty;
    private int[] selected = {};

    /**
     * What the program is known to need.
     *
     * @param filters whether there is a condition
     * @param filterText the text column that is all the condition reads, or {@link #COMPUTED}
     * @param passedColumns for each projection the input column that it is, or {@link #COMPUTED}
     * @param projectedTexts for each projection the text column that is all it reads, or {@link #COMPUTED}
     */
    record Shape(boolean filters, int filterText, int[] passedColumns, int[] projectedTexts) {}

    /**
     * @param empty the result without rows
     */
    CompiledCalc(GeneratedProgram program, Shape shape, DeltaBatch empty) {
        this.program = program;
        this.dictionaries = new DictionaryProgram(program);
        this.shape = shape;
        this.passedColumns = shape.passedColumns;
        this.empty = empty;
    }

    @Override
    public DeltaBatch apply(DeltaBatch input) {
        int rowCount = input.rowCount();
        if (rowCount == 0) {
            return empty;
        }
        program.bind(input);
        int count = rowCount;
        int @Nullable [] rows = null;
        if (shape.filters) {
            if (selected.length < rowCount) {
                selected = new int[rowCount];
            }
            count = filter(input);
            if (count == 0) {
                return empty;
            }
            rows = count < rowCount ? selected : null;
        }
        return project(input, rows, count);
    }

    private int filter(DeltaBatch input) {
        int count = shape.filterText == COMPUTED
                ? DictionaryProgram.NOT_EVALUATED
                : dictionaries.filter(shape.filterText, input.bytesColumn(shape.filterText), selected);
        return count == DictionaryProgram.NOT_EVALUATED ? program.filter(input.rowCount(), selected) : count;
    }

    private Column compute(DeltaBatch input, int projection, int @Nullable [] rows, int count) {
        int text = shape.projectedTexts[projection];
        Column column =
                text == COMPUTED ? null : dictionaries.project(projection, text, input.bytesColumn(text), rows, count);
        return column == null ? program.project(projection, rows, count) : column;
    }

    private DeltaBatch project(DeltaBatch input, int @Nullable [] rows, int count) {
        if (rows == null && passesAllOf(input)) {
            return input;
        }
        Column[] columns = new Column[passedColumns.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = passedColumns[i] == COMPUTED
                    ? compute(input, i, rows, count)
                    : passOn(input, i, rows, count, columns);
        }
        return new DeltaBatch(count, columns, weights(input, rows, count));
    }

    private Column passOn(DeltaBatch input, int index, int @Nullable [] rows, int count, Column[] done) {
        int column = passedColumns[index];
        if (rows == null) {
            return input.column(column);
        }
        for (int i = 0; i < index; i++) {
            if (passedColumns[i] == column) {
                return done[i];
            }
        }
        return input.column(column).select(rows, count);
    }

    private static int @Nullable [] weights(DeltaBatch input, int @Nullable [] rows, int count) {
        int[] weights = input.weights();
        if (weights == null || rows == null) {
            return weights;
        }
        int[] chosen = new int[count];
        for (int i = 0; i < count; i++) {
            chosen[i] = weights[rows[i]];
        }
        return chosen;
    }

    private boolean passesAllOf(DeltaBatch input) {
        if (passedColumns.length != input.columnCount()) {
            return false;
        }
        for (int i = 0; i < passedColumns.length; i++) {
            if (passedColumns[i] != i) {
                return false;
            }
        }
        return true;
    }
}
