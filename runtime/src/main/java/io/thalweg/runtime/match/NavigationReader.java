package io.thalweg.runtime.match;

import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.plan.Navigation;
import io.thalweg.model.type.RowType;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads what expressions ask of the rows of a match, into one row with a column for each navigation. One owner thread. */
final class NavigationReader {
    private final List<Navigation> navigations;
    private final VariableSet[] variables;
    private final AggregateReader[] aggregates;
    private final byte[][] names;

    /** @param names of the variables */
    NavigationReader(List<Navigation> navigations, List<String> names, RowType input) {
        this.navigations = navigations;
        this.variables = new VariableSet[navigations.size()];
        this.aggregates = new AggregateReader[navigations.size()];
        for (int i = 0; i < variables.length; i++) {
            List<Integer> of = List.of();
            if (navigations.get(i) instanceof Navigation.RowValue value) {
                of = value.variables();
            } else if (navigations.get(i) instanceof Navigation.Aggregate aggregate) {
                of = aggregate.variables();
                aggregates[i] = new AggregateReader(aggregate, input);
            }
            variables[i] = new VariableSet(of);
        }
        this.names = names.stream()
                .map(name -> name.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    /**
     * Appends a row.
     *
     * @param current the place of the current row; before the first row if there is none
     * @param number the number of the match
     */
    void read(MatchRows rows, MappedRows mapped, int current, long number, DeltaBatchBuilder target) {
        for (int i = 0; i < variables.length; i++) {
            Navigation navigation = navigations.get(i);
            ColumnBuilder column = target.column(i);
            if (navigation instanceof Navigation.RowValue value) {
                readValue(value, variables[i], rows, mapped, current, column);
            } else if (navigation instanceof Navigation.Aggregate aggregate) {
                int end = aggregate.whole() ? mapped.end() : current + 1;
                aggregates[i].read(rows, mapped, variables[i], end, column);
            } else if (navigation instanceof Navigation.MatchNumber) {
                column.appendLong(number);
            } else if (current < mapped.start()) {
                column.appendNull();
            } else {
                byte[] name = names[mapped.variable(current)];
                column.appendBytes(name, 0, name.length);
            }
        }
        target.endRow();
    }

    private static void readValue(
            Navigation.RowValue value,
            VariableSet of,
            MatchRows rows,
            MappedRows mapped,
            int current,
            ColumnBuilder column) {
        Navigation.Place row = value.row();
        int end = value.whole() ? mapped.end() : current + 1;
        int place = of.place(mapped, end, row.first(), row.steps());
        int wanted = place + row.distance();
        if (place < 0 || !rows.holds(wanted)) {
            column.appendNull();
        } else {
            column.appendFrom(rows.columns()[value.column()], wanted - rows.first());
        }
    }
}
