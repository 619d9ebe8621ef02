package io.thalweg.runtime.match;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.plan.MatchNode;
import io.thalweg.model.plan.MatchOutput;
import io.thalweg.model.plan.Navigation;
import io.thalweg.model.plan.PatternVariable;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.expression.CalcFunction;
import io.thalweg.runtime.expression.ExpressionCompiler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the rows that matches are shown as, many at once. One owner thread. */
final class MatchWriter {
    private final MatchOutput output;
    private final NavigationReader reader;
    private final CalcFunction measures;
    private final DeltaBatchBuilder shown;
    private final DeltaBatchBuilder read;
    private final int columnCount;

    MatchWriter(MatchNode node) {
        this.output = node.output();
        this.columnCount = node.type().size();
        List<String> names =
                node.pattern().variables().stream().map(PatternVariable::name).toList();
        this.reader =
                new NavigationReader(output.navigations(), names, node.input().type());
        RowType readType = Navigation.rowOf(output.navigations());
        List<Field> fields = node.type().fields();
        int own = output.columns().size();
        this.measures = ExpressionCompiler.compile(
                readType, Optional.empty(), output.measures(), new RowType(fields.subList(own, fields.size())));
        this.shown = new DeltaBatchBuilder(new RowType(new ArrayList<>(fields.subList(0, own))));
        this.read = new DeltaBatchBuilder(readType);
    }

    /** Adds the rows of a match. */
    void add(MatchRows rows, MappedRows mapped, long number) {
        if (!output.allRows() || mapped.end() == mapped.start()) {
            addRow(rows, mapped, output.allRows() ? mapped.start() : mapped.end(), number);
            return;
        }
        for (int place = mapped.start(); place < mapped.end(); place++) {
            if (!mapped.isExcluded(place)) {
                addRow(rows, mapped, place + 1, number);
            }
        }
    }

    /** @param end the place behind the current row */
    private void addRow(MatchRows rows, MappedRows mapped, int end, long number) {
        int place = output.allRows() ? Math.max(mapped.start(), end - 1) : mapped.start();
        for (int i = 0; i < output.columns().size(); i++) {
            shown.column(i).appendFrom(rows.columns()[output.columns().get(i)], place - rows.first());
        }
        shown.endRow();
        reader.read(rows, mapped, end - 1, number, read);
    }

    boolean isFull() {
        return shown.isFull();
    }

    /** How many rows were added since the last call of {@link #take}. */
    int waiting() {
        return shown.rowCount();
    }

    /** The rows added since the last call. */
    DeltaBatch take() {
        int count = shown.rowCount();
        Column[] columns = new Column[columnCount];
        DeltaBatch own = shown.build();
        DeltaBatch computed = measures.apply(read.build());
        for (int i = 0; i < columnCount; i++) {
            columns[i] = i < own.columnCount() ? own.column(i) : computed.column(i - own.columnCount());
        }
        return new DeltaBatch(count, columns, null);
    }
}
