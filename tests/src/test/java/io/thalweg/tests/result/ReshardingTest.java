package io.thalweg.tests.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.tests.system.Resharder;
import io.thalweg.tests.system.Seeds;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same query has the same answer as a snapshot, as an endless query, in a materialized view and in another database,
 * while the partitions of its streams are split and merged under running inserts and queries, over a restart. Which rows
 * are late follows from how they lie in the log.
 *
 * <p>{@code -Dthalweg.resharding.seconds=…} goes on for so long; there are two rounds in any case.
 */
class ReshardingTest {
    private static final int SHAPES_A_ROUND = 12;
    private static final long SECONDS = Long.getLong("thalweg.resharding.seconds", 10);

    @TempDir
    Path directory;

    @Test
    void splitsAndMergesChangeNoAnswer() throws Exception {
        Random random = new Random(Seeds.of("ReshardingTest"));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        int rounds = 0;
        int changes = 0;
        while (rounds < 2 || System.nanoTime() < deadline) {
            List<QueryShape> shapes = new ArrayList<>(QueryShapes.ALL);
            Collections.shuffle(shapes, random);
            String url = "jdbc:thalweg:embedded:" + directory.resolve("round" + rounds++);
            try (Round round = new Round(url, shapes.subList(0, SHAPES_A_ROUND), random.nextLong())) {
                round.run();
                changes += round.resharder.changes();
            }
        }
        System.out.println("ReshardingTest: " + rounds + " rounds, " + changes + " splits and merges");
        assertTrue(changes > 10 * rounds, changes + " splits and merges in " + rounds + " rounds");
    }

    /** One database with some of the queries. */
    private static final class Round implements AutoCloseable {
        private static final int SIZE = 400;
        private static final int WRITERS = 4;
        private static final List<String> STREAMS = List.of("s", "r", "w");

        private final String url;
        private final List<QueryShape> shapes;
        private final SampleData data;
        private final Random random;
        private final Resharder resharder;
        private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);
        private final List<List<Follower>> followers = new ArrayList<>();
        private final List<Optional<Follower>> finals = new ArrayList<>();
        private Connection connection;

        Round(String url, List<QueryShape> shapes, long seed) throws SQLException {
            this.url = url;
            this.shapes = shapes;
            this.data = new SampleData(seed, SIZE);
            this.random = new Random(seed);
            this.resharder = new Resharder(seed);
            this.connection = DriverManager.getConnection(url);
        }

        void run() throws Exception {
            execute("CREATE STREAM s (id BIGINT NOT NULL, k INT, v BIGINT, d DECIMAL(12, 2), t VARCHAR, b BOOLEAN,"
                    + " f DOUBLE) INTO 2 PARTITIONS");
            execute("CREATE STREAM r (id BIGINT NOT NULL, k INT, u INT) DISTRIBUTED BY (k) INTO 2 PARTITIONS");
            execute("CREATE STREAM w (id BIGINT NOT NULL, k INT, v BIGINT, ts TIMESTAMP(3),"
                    + " log_partition INT METADATA FROM 'partition' VIRTUAL,"
                    + " log_offset BIGINT METADATA FROM 'offset' VIRTUAL,"
                    + " WATERMARK FOR ts AS ts - INTERVAL '5' SECOND) DISTRIBUTED BY (id)");
            execute("CREATE TABLE p (k INT NOT NULL, name VARCHAR, n BIGINT, PRIMARY KEY (k))");
            startViews("before");
            follow();
            insertWhileResharding(0, SIZE / 2, "meanwhile");
            restart();
            follow();
            insertWhileResharding(SIZE / 2, SIZE, "later");
            startViews("after");
            check();
        }

        private void execute(String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException failure) {
                throw new SQLException(failure.getMessage() + " in: " + sql, failure.getSQLState(), failure);
            }
        }

        private void startViews(String moment) throws SQLException {
            for (int i = 0; i < shapes.size(); i++) {
                execute("CREATE MATERIALIZED VIEW v" + i + "_" + moment + " AS "
                        + shapes.get(i).sql());
            }
        }

        private void follow() throws SQLException {
            for (int i = 0; i < shapes.size(); i++) {
                String sql = shapes.get(i).sql();
                if (followers.size() == i) {
                    followers.add(new ArrayList<>());
                    finals.add(Optional.empty());
                }
                followers.get(i).add(follow(sql + " EMIT CHANGES"));
                followers.get(i).add(follow("SELECT * FROM v" + i + "_before EMIT CHANGES"));
                // With a table in it an early answer is final with the table as it was then.
                if (shapes.get(i).isWindowed() && !sql.contains("JOIN p")) {
                    finals.set(i, Optional.of(follow(sql + " EMIT FINAL")));
                }
            }
        }

        private Follower follow(String sql) throws SQLException {
            Connection own = DriverManager.getConnection(url);
            try {
                return new Follower(own, sql);
            } catch (SQLException failure) {
                own.close();
                throw new SQLException(failure.getMessage() + " in: " + sql, failure.getSQLState(), failure);
            }
        }

        /** Inserts a part of all rows, from several clients, each row once. */
        private void insertWhileResharding(int from, int to, String moment) throws Exception {
            List<Future<?>> writers = new ArrayList<>();
            int half = (from + to) / 2;
            writers.add(write("s", data.s.subList(from, half)));
            writers.add(write("s", data.s.subList(half, to)));
            writers.add(write("w", data.w.subList(from, to)));
            List<List<Object>> joined = data.r.subList(part(data.r, from), part(data.r, to));
            List<List<Object>> upserts = data.p.subList(part(data.p, from), part(data.p, to));
            Future<?> joins = write("r", joined);
            writers.add(joins);
            for (List<List<Object>> batch : Inserts.batches(upserts, random)) {
                Inserts.insert(connection, "p", batch);
                resharder.change(connection, STREAMS.get(random.nextInt(STREAMS.size())));
            }
            startViews(moment);
            while (writers.stream().anyMatch(writer -> !writer.isDone())) {
                resharder.change(connection, STREAMS.get(random.nextInt(STREAMS.size())));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        }

        /** How many of these rows are to be there when so many of {@code SIZE} are. */
        private static int part(List<List<Object>> rows, int of) {
            return rows.size() * of / SIZE;
        }

        private Future<?> write(String relation, List<List<Object>> rows) {
            List<List<List<Object>>> batches = Inserts.batches(rows, random);
            return threads.submit(() -> {
                try (Connection own = DriverManager.getConnection(url)) {
                    for (List<List<Object>> batch : batches) {
                        Inserts.insert(own, relation, batch);
                    }
                    return null;
                }
            });
        }

        private void restart() throws SQLException {
            closeFollowers();
            connection.close();
            connection = DriverManager.getConnection(url);
        }

        private void check() throws Exception {
            StoredOrder order = new StoredOrder(connection, data.w);
            assertEquals(SIZE, order.size());
            try (Oracle oracle = new Oracle(data, order.late())) {
                for (int i = 0; i < shapes.size(); i++) {
                    check(i, oracle.answer(shapes.get(i)));
                    if (finals.get(i).isPresent()) {
                        checkFinal(shapes.get(i), finals.get(i).get(), oracle, order.watermark());
                    }
                    if (shapes.get(i).isWindowed()) {
                        try (Follower fresh = follow(shapes.get(i).sql() + " EMIT FINAL")) {
                            checkFinal(shapes.get(i), fresh, oracle, order.watermark());
                        }
                    }
                }
            }
        }

        private void check(int index, List<String> expected) throws Exception {
            QueryShape shape = shapes.get(index);
            assertRows("snapshot", shape, expected, answer(shape.sql()));
            for (String moment : List.of("before", "meanwhile", "later", "after")) {
                assertRows("view " + moment, shape, expected, answer("SELECT * FROM v" + index + "_" + moment));
            }
            for (Follower follower : followers.get(index)) {
                assertRows("endless query", shape, expected, follower.await(expected));
            }
        }

        /** Only closed windows, each row once, though the query ran while partitions came and went. */
        private static void checkFinal(
                QueryShape shape, Follower follower, Oracle oracle, Optional<LocalDateTime> watermark)
                throws Exception {
            String closed = watermark
                    .map(time -> " window_end <= TIMESTAMP '" + Timestamp.valueOf(time) + "'")
                    .orElse(" FALSE");
            List<String> expected = oracle.answer(shape.where(closed));
            assertRows("EMIT FINAL", shape, expected, follower.await(expected));
        }

        private List<String> answer(String sql) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(sql)) {
                return Oracle.sortedRows(result);
            }
        }

        private static void assertRows(String what, QueryShape shape, List<String> expected, List<String> actual) {
            assertEquals(String.join("\n", expected), String.join("\n", actual), what + " of " + shape.sql());
        }

        private void closeFollowers() throws SQLException {
            for (List<Follower> ofShape : followers) {
                for (Follower follower : ofShape) {
                    follower.close();
                }
                ofShape.clear();
            }
            for (Optional<Follower> follower : finals) {
                if (follower.isPresent()) {
                    follower.get().close();
                }
            }
        }

        @Override
        public void close() throws SQLException {
            threads.shutdownNow();
            closeFollowers();
            connection.close();
        }
    }
}
