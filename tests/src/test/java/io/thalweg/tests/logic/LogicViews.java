package io.thalweg.tests.logic;

import io.thalweg.tests.logic.LogicDialect.Insertion;
import io.thalweg.tests.logic.LogicRecord.Kind;
import io.thalweg.tests.logic.LogicRecord.Order;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Asks some queries of a file as materialized views, which are there before the rows. The rows come in random order and in
 * random steps, some of them with other values first, and between rows that are deleted again. A table without a key
 * becomes a view of one that has a key.
 */
final class LogicViews implements LogicExecution {
    private static final int TIMEOUT_SECONDS = 60;
    private static final int FIRST_EXTRA = 1_000_000;

    private final LogicFile file;
    private final LogicReport report;
    private final Random random;
    private final List<LogicRecord> queries;

    private final List<Insertion> waiting = new ArrayList<>();
    /** The column of the key of each table, by the table that rows go to. */
    private final Map<String, String> keys = new HashMap<>();

    private Statement statement;
    private int rows;

    LogicViews(LogicFile file, int count, Random random, LogicReport report) {
        this.file = file;
        this.report = report;
        this.random = random;
        this.queries = draw(file, count, random);
    }

    /** Of the queries that are asked before rows change again, and whose answer has no order of its own. */
    private static List<LogicRecord> draw(LogicFile file, int count, Random random) {
        List<LogicRecord> found = new ArrayList<>();
        for (LogicRecord record : file.records()) {
            boolean change = record.kind() == Kind.STATEMENT
                    && !LogicDialect.translated(record.sql()).isEmpty();
            if (change && !found.isEmpty()) {
                break;
            }
            if (record.kind() == Kind.QUERY && record.order() != Order.NOSORT) {
                found.add(record);
            }
        }
        Collections.shuffle(found, random);
        return found.subList(0, Math.min(count, found.size()));
    }

    @Override
    public void run() throws SQLException {
        if (queries.isEmpty()) {
            return;
        }
        String url = "jdbc:thalweg:embedded:mem:views" + file.name().replaceAll("\\W", "_") + System.nanoTime();
        try (Connection connection = DriverManager.getConnection(url);
                Statement only = connection.createStatement()) {
            statement = only;
            only.setQueryTimeout(TIMEOUT_SECONDS);
            create();
            List<Optional<String>> refusals = createViews();
            try {
                load();
            } catch (SQLException failure) {
                Optional<String> broken = Optional.of("after a statement: " + LogicReport.reason(failure));
                refusals.replaceAll(refusal -> broken);
            }
            for (int i = 0; i < queries.size(); i++) {
                check(queries.get(i), i, refusals.get(i));
            }
        }
    }

    private boolean isBeforeQueries(LogicRecord record) {
        return record.line()
                < queries.stream().mapToInt(LogicRecord::line).min().orElse(0);
    }

    private void create() throws SQLException {
        for (LogicRecord record : file.records()) {
            if (record.kind() != Kind.STATEMENT || !isBeforeQueries(record)) {
                continue;
            }
            Optional<LogicDialect.KeylessTable> table = LogicDialect.keylessTable(record.sql());
            if (table.isPresent()) {
                String name = table.get().name();
                statement.execute("CREATE TABLE " + name + "_rows (row_number BIGINT PRIMARY KEY, "
                        + table.get().definition().substring(1));
                statement.execute("CREATE VIEW " + name + " AS SELECT "
                        + String.join(", ", table.get().columns()) + " FROM " + name + "_rows");
                keys.put(name + "_rows", "row_number");
            } else if (record.sql().toUpperCase(Locale.ROOT).startsWith("CREATE TABLE")) {
                statement.execute(LogicDialect.translated(record.sql()));
                String[] words = record.sql().split("[\\s(]+");
                keys.put(words[2], words[3]);
            } else if (record.sql().toUpperCase(Locale.ROOT).startsWith("CREATE VIEW")) {
                statement.execute(record.sql());
            }
        }
    }

    private List<Optional<String>> createViews() {
        List<Optional<String>> refusals = new ArrayList<>();
        for (int i = 0; i < queries.size(); i++) {
            String columns = IntStream.range(0, queries.get(i).types().length())
                    .mapToObj(column -> "c" + column)
                    .collect(Collectors.joining(", "));
            try {
                statement.execute("CREATE MATERIALIZED VIEW answer" + i + " (" + columns + ") AS "
                        + queries.get(i).sql());
                refusals.add(Optional.empty());
            } catch (SQLException refusal) {
                refusals.add(Optional.of(LogicReport.reason(refusal)));
            }
        }
        return refusals;
    }

    private void load() throws SQLException {
        for (LogicRecord record : file.records()) {
            if (record.kind() != Kind.STATEMENT || !isBeforeQueries(record)) {
                continue;
            }
            Optional<Insertion> insertion = LogicDialect.insertion(record.sql());
            if (insertion.isPresent()) {
                waiting.add(keyed(insertion.get()));
            } else if (!record.sql().toUpperCase(Locale.ROOT).startsWith("CREATE")) {
                insert();
                statement.execute(onRows(record.sql()));
            }
        }
        insert();
    }

    /** An UPDATE or a DELETE on the table that a view shows. */
    private String onRows(String sql) {
        return LogicDialect.changedTable(sql)
                .map(table -> table + "_rows")
                .filter(keys::containsKey)
                .map(table -> LogicDialect.changing(sql, table))
                .orElse(sql);
    }

    /** The row with a number as its key, if its table has no other. */
    private Insertion keyed(Insertion insertion) {
        rows++;
        if (keys.containsKey(insertion.table())) {
            return insertion;
        }
        String columns = insertion.columns().isEmpty()
                ? ""
                : "(row_number, " + insertion.columns().substring(1);
        return new Insertion(
                insertion.table() + "_rows",
                columns,
                "(" + rows + ", " + insertion.row().substring(1));
    }

    private static String withKey(String row, String key) {
        return "(" + key + row.substring(row.indexOf(','));
    }

    private static String key(String row) {
        return row.substring(1, row.indexOf(','));
    }

    /** The rows that wait, in any order. */
    private void insert() throws SQLException {
        List<Insertion> order = new ArrayList<>(waiting);
        Collections.shuffle(order, random);
        List<Insertion> wrong = new ArrayList<>();
        for (Insertion insertion : order) {
            boolean another = insertion.row().indexOf(',') > 0
                    && (insertion.columns().isEmpty() || insertion.table().endsWith("_rows"));
            if (another && random.nextInt(3) == 0) {
                Insertion like = order.get(random.nextInt(order.size()));
                String row =
                        like.table().equals(insertion.table()) && like.columns().equals(insertion.columns())
                                ? like.row()
                                : insertion.row();
                wrong.add(new Insertion(insertion.table(), insertion.columns(), withKey(row, key(insertion.row()))));
                wrong.add(new Insertion(
                        insertion.table(), insertion.columns(), withKey(row, String.valueOf(FIRST_EXTRA + rows++))));
            }
        }
        insert(wrong);
        insert(order);
        for (Map.Entry<String, String> table : keys.entrySet()) {
            if (!wrong.isEmpty()) {
                statement.execute(
                        "DELETE FROM " + table.getKey() + " WHERE " + table.getValue() + " >= " + FIRST_EXTRA);
            }
        }
        waiting.clear();
    }

    private void insert(List<Insertion> insertions) throws SQLException {
        String prefix = "";
        List<String> step = new ArrayList<>();
        for (Insertion insertion : insertions) {
            if (!insertion.prefix().equals(prefix) || random.nextInt(5) == 0) {
                flush(prefix, step);
                prefix = insertion.prefix();
            }
            step.add(insertion.row());
        }
        flush(prefix, step);
    }

    private void flush(String prefix, List<String> step) throws SQLException {
        if (!step.isEmpty()) {
            statement.execute(prefix + " " + String.join(", ", step));
            step.clear();
        }
    }

    private void check(LogicRecord query, int number, Optional<String> refusal) {
        String place = file.name() + ":" + query.line() + " as a view";
        if (refusal.isPresent()) {
            report.refused(place, query.sql(), refusal.get());
            return;
        }
        report.ask(statement, "SELECT * FROM answer" + number, query, place);
    }
}
