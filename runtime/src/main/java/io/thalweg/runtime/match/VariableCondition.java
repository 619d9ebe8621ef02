package io.thalweg.runtime.match;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.delta.IntColumn;
import io.thalweg.model.plan.MatchNode;
import io.thalweg.model.plan.Navigation;
import io.thalweg.model.plan.PatternExpression;
import io.thalweg.model.plan.PatternVariable;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.expression.CalcFunction;
import io.thalweg.runtime.expression.ExpressionCompiler;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Says whether a row can be mapped to a variable. Where that depends on the row and its neighbours alone, and not on how the rows
 * before it were mapped, it is evaluated for all rows at once. One owner thread.
 */
final class VariableCondition {
    private static final RowType RESULT = RowType.of("holds", SqlType.BOOLEAN);

    private final boolean always;
    private final boolean byRow;
    private final List<Navigation> navigations;
    private final NavigationReader reader;
    private final CalcFunction function;
    private final DeltaBatchBuilder row;
    private final RowType read;
    private long[] holding = {};

    VariableCondition(MatchNode node, int variable) {
        PatternVariable defined = node.pattern().variables().get(variable);
        Optional<PatternExpression> condition = defined.condition();
        this.always = condition.isEmpty();
        this.navigations = condition.map(PatternExpression::navigations).orElse(List.of());
        this.byRow = navigations.stream().allMatch(n -> isByRow(n, variable));
        List<String> names =
                node.pattern().variables().stream().map(PatternVariable::name).toList();
        this.reader = new NavigationReader(navigations, names, node.input().type());
        this.read = Navigation.rowOf(navigations);
        this.row = new DeltaBatchBuilder(read);
        this.function = ExpressionCompiler.compile(
                read,
                Optional.empty(),
                condition.map(c -> List.of(c.expression())).orElse(List.of()),
                always ? new RowType(List.of()) : RESULT);
    }

    private static boolean isByRow(Navigation navigation, int variable) {
        return navigation instanceof Navigation.RowValue value
                && !value.row().first()
                && value.row().steps() == 0
                && (value.variables().isEmpty() || value.variables().equals(List.of(variable)));
    }

    /**
     * Whether the answer depends on the row alone, not on how earlier rows were mapped.
     *
     * @param variable this one
     * @param fixed variables that have the same row in whatever way rows are mapped
     */
    boolean isLocal(int variable, BitSet fixed) {
        return navigations.stream().allMatch(navigation -> {
            if (navigation instanceof Navigation.RowValue value) {
                return isByRow(value, variable) || areFixed(value.variables(), fixed);
            }
            return navigation instanceof Navigation.Aggregate aggregate
                    ? areFixed(aggregate.variables(), fixed)
                    : navigation instanceof Navigation.MatchNumber || navigation instanceof Navigation.Classifier;
        });
    }

    private static boolean areFixed(List<Integer> variables, BitSet fixed) {
        return !variables.isEmpty() && variables.stream().allMatch(fixed::get);
    }

    /** Evaluates the condition for all rows, if it can be. */
    void prepare(MatchRows rows) {
        if (always || !byRow) {
            return;
        }
        int count = rows.end() - rows.first();
        holding = new long[(count >>> 6) + 1];
        for (int from = 0; from < count; from += DeltaBatch.TARGET_ROWS) {
            int size = Math.min(DeltaBatch.TARGET_ROWS, count - from);
            Column[] columns = new Column[navigations.size()];
            for (int i = 0; i < columns.length; i++) {
                columns[i] = shifted(rows, (Navigation.RowValue) navigations.get(i), from, size);
            }
            IntColumn result = (IntColumn)
                    function.apply(new DeltaBatch(size, columns, null)).column(0);
            for (int i = 0; i < size; i++) {
                if (!result.isNull(i) && result.value(i) != 0) {
                    holding[from + i >>> 6] |= 1L << (from + i);
                }
            }
        }
    }

    /** The column of the rows that are a distance from those wanted. */
    private static Column shifted(MatchRows rows, Navigation.RowValue value, int from, int size) {
        Column source = rows.columns()[value.column()];
        int distance = value.row().distance();
        ColumnBuilder column = new ColumnBuilder(value.type().kind());
        for (int i = from; i < from + size; i++) {
            int wanted = i + distance;
            if (wanted >= 0 && wanted < rows.end() - rows.first()) {
                column.appendFrom(source, wanted);
            } else {
                column.appendNull();
            }
        }
        return column.build();
    }

    /** Whether the row at a place, which is mapped to the variable for the time being, can stay so. */
    boolean holds(MatchRows rows, MappedRows mapped, int place, long number) {
        if (always) {
            return true;
        }
        if (byRow) {
            int index = place - rows.first();
            return (holding[index >>> 6] >>> index & 1) != 0;
        }
        reader.read(rows, mapped, place, number, row);
        IntColumn result = (IntColumn) function.apply(row.build()).column(0);
        return !result.isNull(0) && result.value(0) != 0;
    }
}
