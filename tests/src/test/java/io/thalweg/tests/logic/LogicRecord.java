package io.thalweg.tests.logic;

import java.util.List;

/**
 * One step of a sqllogictest file.
 *
 * @param line where it stands in its file
 * @param kind what is to happen
 * @param sql the text
 * @param types of a query: a letter for each column of the answer, {@code I}nteger, {@code R}eal or {@code T}ext
 * @param order of a query: how the answer is put in order before it is compared
 * @param expected of a query: its values, one a line, or their number and hash
 */
record LogicRecord(int line, Kind kind, String sql, String types, Order order, List<String> expected) {
    /** What a record asks for. */
    enum Kind {
        /** A statement that succeeds. */
        STATEMENT,
        /** A statement that is refused. */
        ERROR,
        /** A query with a known answer. */
        QUERY
    }

    /** How the answer of a query is put in order. */
    enum Order {
        NOSORT,
        ROWSORT,
        VALUESORT
    }
}
