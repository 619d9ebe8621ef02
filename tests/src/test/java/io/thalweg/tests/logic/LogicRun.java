package io.thalweg.tests.logic;

import io.thalweg.tests.logic.LogicRecord.Kind;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs one file on a database of its own: all of its statements, and some of its queries, drawn at random.
 *
 * <p>What other databases need and Thalweg has not is put in its words: a table without a key is a stream, an
 * index is nothing, and an insert replaces in any case. Rows that follow each other go into one insert.
 */
final class LogicRun {
    private static final Pattern INDEX =
            Pattern.compile("(CREATE\\s+(UNIQUE\\s+)?INDEX|DROP\\s+INDEX|REINDEX)\\b.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern TABLE =
            Pattern.compile("CREATE\\s+TABLE\\s+(\\w+)\\s*(\\(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern INSERT =
            Pattern.compile("(INSERT\\s+INTO\\s+.*?VALUES)\\s*(\\(.*\\))", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern UPSERT =
            Pattern.compile("^(INSERT\\s+OR\\s+REPLACE|REPLACE)\\s+INTO", Pattern.CASE_INSENSITIVE);
    private static final Pattern UNIQUE = Pattern.compile("\\s+UNIQUE\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern DROP_VIEW =
            Pattern.compile("^DROP\\s+VIEW\\s+(?:IF\\s+EXISTS\\s+)?(\\w+)", Pattern.CASE_INSENSITIVE);
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

    void run() throws SQLException {
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
        String insertion = UPSERT.matcher(record.sql()).replaceFirst("INSERT INTO");
        Matcher values = INSERT.matcher(insertion);
        if (values.matches()) {
            if (!values.group(1).equals(insert) || rows.size() == INSERT_ROWS) {
                flush();
            }
            insert = values.group(1);
            rows.add(values.group(2));
            return;
        }
        flush();
        String sql = translated(record.sql());
        if (!sql.isEmpty()) {
            // Others let a view go whose readers stay behind.
            execute(DROP_VIEW.matcher(sql).replaceFirst("DROP VIEW IF EXISTS $1 CASCADE"));
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

    /** A statement in the words of Thalweg; empty if there is nothing to do. */
    private static String translated(String original) {
        if (INDEX.matcher(original).matches()) {
            return "";
        }
        String sql = UNIQUE.matcher(original).replaceAll("");
        Matcher table = TABLE.matcher(sql);
        if (table.matches() && !sql.toUpperCase(Locale.ROOT).contains("PRIMARY KEY")) {
            return "CREATE STREAM " + table.group(1) + table.group(2);
        }
        return sql;
    }

    /** A statement that has to be refused; what is refused for another reason is believed to be refused for this one. */
    private void fail(LogicRecord record) {
        flush();
        String sql = translated(record.sql());
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
        try (ResultSet result = statement.executeQuery(query.sql())) {
            LogicAnswer answer = LogicAnswer.of(result, query);
            if (answer.matches(query.expected())) {
                report.right();
            } else {
                report.wrong(place, query.sql(), "expected " + query.expected() + ", got " + answer);
            }
        } catch (SQLException failure) {
            report.refused(place, query.sql(), LogicReport.reason(failure));
        }
    }
}
