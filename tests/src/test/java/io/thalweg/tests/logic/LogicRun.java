package io.thalweg.tests.logic;

import io.thalweg.tests.logic.LogicRecord.Kind;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Runs one file on a database of its own: all of its statements, and some of its queries, drawn at random. Rows that
 * follow each other go into one insert.
 */
final class LogicRun implements LogicExecution {
    private static final int INSERT_ROWS = 500;
    private static final int TIMEOUT_SECONDS = 60;

    private final LogicFile file;
    private final LogicReport report;
    private final Set<Integer> drawn;

    private Statement statement;
    private String insert = "";
    private final List<String> rows = new ArrayList<>();
    /** Why what follows cannot be believed; empty if it can. */
    private String broken = "";

    LogicRun(LogicFile file, int queries, Random random, LogicReport report) {
        this.file = file;
        this.report = report;
        this.drawn = draw(file, queries, random);
    }

    /** The lines of the queries that are asked. */
    private static Set<Integer> draw(LogicFile file, int queries, Random random) {
        List<Integer> lines = new ArrayList<>();
        for (LogicRecord record : file.records()) {
            if (record.kind() == Kind.QUERY) {
                lines.add(record.line());
            }
        }
        Set<Integer> drawn = new HashSet<>();
        while (drawn.size() < Math.min(queries, lines.size())) {
            drawn.add(lines.get(random.nextInt(lines.size())));
        }
        return drawn;
    }

    @Override
    public void run() throws SQLException {
        String url = "jdbc:thalweg:embedded:mem:" + file.name().replaceAll("\\W", "_") + System.nanoTime();
        try (Connection connection = DriverManager.getConnection(url);
                Statement only = connection.createStatement()) {
            statement = only;
            only.setQueryTimeout(TIMEOUT_SECONDS);
            for (LogicRecord record : file.records()) {
                switch (record.kind()) {
                    case STATEMENT -> change(record);
                    case ERROR -> fail(record);
                    case QUERY -> {
                        if (drawn.contains(record.line())) {
                            ask(record);
                        }
                    }
                }
            }
        }
    }

    private void change(LogicRecord record) {
        Optional<LogicDialect.Insertion> insertion = LogicDialect.insertion(record.sql());
        if (insertion.isPresent()) {
            String prefix = insertion.get().prefix();
            if (!prefix.equals(insert) || rows.size() == INSERT_ROWS) {
                flush();
            }
            insert = prefix;
            rows.add(insertion.get().row());
            return;
        }
        flush();
        String sql = LogicDialect.translated(record.sql());
        if (!sql.isEmpty()) {
            execute(LogicDialect.withoutReaders(sql));
        }
    }

    private void flush() {
        if (!rows.isEmpty()) {
            execute(insert + " " + String.join(", ", rows));
            rows.clear();
        }
    }

    private void execute(String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException failure) {
            if (broken.isEmpty()) {
                broken = "after a statement: " + LogicReport.reason(failure);
                broken += " in " + sql.substring(0, Math.min(80, sql.length())).replaceAll("\\d+", "n");
            }
        }
    }

    /** A statement that has to be refused; what is refused for another reason is believed to be refused for this one. */
    private void fail(LogicRecord record) {
        flush();
        String sql = LogicDialect.translated(record.sql());
        if (sql.isEmpty()) {
            return;
        }
        try {
            statement.execute(sql);
            broken = "after a statement that should have been refused: " + sql;
        } catch (SQLException expected) {
            // That is what the file says.
        }
    }

    private void ask(LogicRecord query) {
        flush();
        String place = file.name() + ":" + query.line();
        if (!broken.isEmpty()) {
            report.refused(place, query.sql(), broken);
            return;
        }
        report.ask(statement, query.sql(), query, place);
    }
}
