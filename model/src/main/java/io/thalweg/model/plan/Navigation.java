package io.thalweg.model.plan;

import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/**
 * A value that an expression in a row pattern reads from the rows of a match. It is seen from a row, the current one: rows
 * behind that one are not part of the match yet, unless the navigation looks at the whole match.
 */
public sealed interface Navigation {
    /** The type of the value. */
    SqlType type();

    /**
     * A column of one row. NULL if there is no such row.
     *
     * @param variables of the rows that are mapped to one of these; of all rows if there are none
     * @param row which of them, and how far from it
     * @param whole whether rows behind the current one count
     */
    record RowValue(List<Integer> variables, Place row, int column, boolean whole, SqlType type) implements Navigation {
        public RowValue {
            variables = List.copyOf(variables);
        }
    }

    /**
     * Which row.
     *
     * @param first whether to count from the first of the rows; otherwise from the last
     * @param steps how many of the rows to go on, or back from the last
     * @param distance how many rows of the partition the wanted row is behind that one; below 0 before it
     */
    record Place(boolean first, int steps, int distance) {}

    /**
     * An aggregate of rows.
     *
     * @param variables of the rows that are mapped to one of these; of all rows if there are none
     * @param call over the input columns
     * @param whole whether rows behind the current one count
     */
    record Aggregate(List<Integer> variables, AggregateCall call, boolean whole) implements Navigation {
        public Aggregate {
            variables = List.copyOf(variables);
        }

        @Override
        public SqlType type() {
            return call.type();
        }
    }

    /** The name of the variable that the current row is mapped to. */
    record Classifier() implements Navigation {
        @Override
        public SqlType type() {
            return SqlType.VARCHAR;
        }
    }

    /** The number of the match in its partition, from 1. */
    record MatchNumber() implements Navigation {
        @Override
        public SqlType type() {
            return SqlType.BIGINT;
        }
    }

    /** The row that expressions over some navigations read. */
    static RowType rowOf(List<Navigation> navigations) {
        List<Field> fields = new ArrayList<>();
        for (Navigation navigation : navigations) {
            fields.add(new Field("n" + fields.size(), navigation.type()));
        }
        return new RowType(fields);
    }
}
