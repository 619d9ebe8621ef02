package io.thalweg.shell.terminal;

import io.thalweg.model.time.Clock;
import io.thalweg.shell.session.DatabaseLink;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The names of tables and columns for completion, read again when they are older than a few seconds. */
final class CatalogNames {
    private static final long MAX_AGE_NANOS = 5_000_000_000L;

    /** More names than this help nobody, and reading them would make Tab slow. */
    private static final int MAX_NAMES = 5000;

    private final DatabaseLink link;
    private final Clock clock;
    private List<String> tables = List.of();
    private List<String> columns = List.of();
    private long readAt = Long.MIN_VALUE;

    CatalogNames(DatabaseLink link, Clock clock) {
        this.link = link;
        this.clock = clock;
    }

    List<String> tables() {
        refresh();
        return tables;
    }

    List<String> columns() {
        refresh();
        return columns;
    }

    private void refresh() {
        long now = clock.monotonicNanos();
        if (readAt != Long.MIN_VALUE && now - readAt < MAX_AGE_NANOS) {
            return;
        }
        readAt = now;
        try {
            Connection connection = link.connection();
            try (ResultSet found = connection.getMetaData().getTables(null, null, "%", null)) {
                tables = names(found, "TABLE_NAME");
            }
            try (ResultSet found = connection.getMetaData().getColumns(null, null, "%", "%")) {
                columns = names(found, "COLUMN_NAME");
            }
        } catch (SQLException failure) {
            // Completion is a help: without a server it offers the words of the language, and the next statement says
            // why.
            tables = List.of();
            columns = List.of();
        }
    }

    private static List<String> names(ResultSet found, String column) throws SQLException {
        SortedSet<String> names = new TreeSet<>();
        while (names.size() < MAX_NAMES && found.next()) {
            names.add(found.getString(column));
        }
        return List.copyOf(names);
    }
}
