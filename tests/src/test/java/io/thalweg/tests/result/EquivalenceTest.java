package io.thalweg.tests.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thalweg.tests.system.Seeds;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The same query must have the same answer as a snapshot, as an endless query, in a materialized view, whenever those were
 * started and however the rows were cut into inserts, and in another database.
 *
 * <p>{@code -Dthalweg.equivalence.seconds=…} goes on for so long; every query is asked once in any case.
 */
class EquivalenceTest {
    private static final int SHAPES_A_ROUND = 12;
    private static final long SECONDS = Long.getLong("thalweg.equivalence.seconds", 10);

    @Test
    void everyWayToAskGivesTheSameAnswer() throws Exception {
        Random random = new Random(Seeds.of("EquivalenceTest"));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        int round = 0;
        List<QueryShape> waiting = new ArrayList<>();
        int asked = 0;
        while (asked < QueryShapes.ALL.size() || System.nanoTime() < deadline) {
            while (waiting.size() < SHAPES_A_ROUND) {
                List<QueryShape> shuffled = new ArrayList<>(QueryShapes.ALL);
                Collections.shuffle(shuffled, random);
                waiting.addAll(shuffled);
            }
            List<QueryShape> shapes = List.copyOf(waiting.subList(0, SHAPES_A_ROUND));
            waiting.subList(0, SHAPES_A_ROUND).clear();
            asked += shapes.size();
            try (Round current =
                    new Round("jdbc:thalweg:embedded:mem:equivalence" + round++, shapes, random.nextLong())) {
                current.run();
            }
        }
        System.out.println("EquivalenceTest: " + asked + " queries in " + round + " rounds");
    }

    /** One database with some of the queries. */
    private static final class Round implements AutoCloseable {
        private static final int SIZE = 400;
        private static final int WRITERS = 3;

        private final String url;
        private final List<QueryShape> shapes;
        private final Random random;
        private final SampleData data;
        private final Connection connection;
        private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS + 1);
        private final CountDownLatch halfWritten = new CountDownLatch(WRITERS);
        private final List<List<Follower>> followers = new ArrayList<>();

        Round(String url, List<QueryShape> shapes, long seed) throws SQLException {
            this.url = url;
            this.shapes = shapes;
            this.random = new Random(seed);
            this.data = new SampleData(seed, SIZE);
            this.connection = DriverManager.getConnection(url);
        }

        void run() throws Exception {
            execute("CREATE STREAM s (id BIGINT NOT NULL, k INT, v BIGINT, d DECIMAL(12, 2), t VARCHAR, b BOOLEAN,"
                    + " f DOUBLE) INTO 3 PARTITIONS");
            execute("CREATE STREAM r (id BIGINT NOT NULL, k INT, u INT) DISTRIBUTED BY (k) INTO 2 PARTITIONS");
            execute("CREATE STREAM w (id BIGINT NOT NULL, k INT, v BIGINT, ts TIMESTAMP(3),"
                    + " WATERMARK FOR ts AS ts - INTERVAL '5' SECOND)");
            execute("CREATE TABLE p (k INT NOT NULL, name VARCHAR, n BIGINT, PRIMARY KEY (k))");
            start("before");
            List<Future<?>> running = new ArrayList<>();
            running.add(write(List.of(batches("s", data.s.subList(0, SIZE / 2)), batches("w", data.w))));
            running.add(write(List.of(batches("s", data.s.subList(SIZE / 2, SIZE)), batches("r", data.r))));
            running.add(write(List.of(batches("p", data.p))));
            Future<?> reading = writers.submit(() -> readWhile(running));
            halfWritten.await();
            start("meanwhile");
            for (Future<?> future : running) {
                future.get();
            }
            reading.get();
            String copy = "INSERT INTO s SELECT id + 10000, k, u, NULL, 'copy', u > 3, NULL FROM r WHERE u IS NOT NULL";
            execute(copy);
            start("after");
            try (Oracle oracle = new Oracle(data)) {
                oracle.update(copy);
                for (int i = 0; i < shapes.size(); i++) {
                    check(i, oracle);
                }
            }
        }

        private void execute(String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException failure) {
                throw new SQLException(failure.getMessage() + " in: " + sql, failure.getSQLState(), failure);
            }
        }

        private void start(String moment) throws SQLException {
            for (int i = 0; i < shapes.size(); i++) {
                String sql = shapes.get(i).sql();
                execute("CREATE MATERIALIZED VIEW v" + i + "_" + moment + " AS " + sql);
                if (followers.size() == i) {
                    followers.add(new ArrayList<>());
                }
                followers.get(i).add(follow(sql + " EMIT CHANGES"));
                if (moment.equals("meanwhile")) {
                    followers.get(i).add(follow("SELECT * FROM v" + i + "_before EMIT CHANGES"));
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

        /** Rows of one relation, cut at random. */
        private record Batches(String relation, List<List<List<Object>>> batches) {}

        private Batches batches(String relation, List<List<Object>> rows) {
            return new Batches(relation, Inserts.batches(rows, random));
        }

        private Future<?> write(List<Batches> relations) {
            return writers.submit(() -> {
                try (Connection own = DriverManager.getConnection(url)) {
                    int longest = relations.stream()
                            .mapToInt(r -> r.batches().size())
                            .max()
                            .orElseThrow();
                    for (int i = 0; i < longest; i++) {
                        if (i == longest / 2) {
                            halfWritten.countDown();
                        }
                        for (Batches relation : relations) {
                            if (i < relation.batches().size()) {
                                Inserts.insert(
                                        own,
                                        relation.relation(),
                                        relation.batches().get(i));
                            }
                        }
                    }
                    return null;
                } finally {
                    halfWritten.countDown();
                }
            });
        }

        /** Asks snapshots while rows come in: no answer is known, but each must be one. */
        private Void readWhile(List<Future<?>> running) throws SQLException {
            try (Connection own = DriverManager.getConnection(url);
                    Statement statement = own.createStatement()) {
                for (int i = 0; running.stream().anyMatch(future -> !future.isDone()); i++) {
                    try (ResultSet result =
                            statement.executeQuery(shapes.get(i % shapes.size()).sql())) {
                        Oracle.sortedRows(result);
                    }
                }
            }
            return null;
        }

        private void check(int index, Oracle oracle) throws Exception {
            QueryShape shape = shapes.get(index);
            List<String> expected = oracle.answer(shape);
            assertRows("snapshot", shape, expected, answer(shape.sql()));
            for (String moment : List.of("before", "meanwhile", "after")) {
                String view = "v" + index + "_" + moment;
                assertRows("view made " + moment, shape, expected, answer("SELECT * FROM " + view));
            }
            for (int i = 0; i < followers.get(index).size(); i++) {
                assertRows(
                        "endless query " + i,
                        shape,
                        expected,
                        followers.get(index).get(i).await(expected));
            }
            if (shape.isWindowed()) {
                checkFinal(shape, oracle);
            }
        }

        /** Only closed windows, each row once. */
        private void checkFinal(QueryShape shape, Oracle oracle) throws Exception {
            String closed = " window_end <= TIMESTAMP '" + Timestamp.valueOf(data.watermark()) + "'";
            List<String> expected = oracle.answer(shape.where(closed));
            try (Follower follower = follow(shape.sql() + " EMIT FINAL")) {
                assertRows("EMIT FINAL", shape, expected, follower.await(expected));
            }
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

        @Override
        public void close() throws SQLException {
            writers.shutdownNow();
            for (List<Follower> ofShape : followers) {
                for (Follower follower : ofShape) {
                    follower.close();
                }
            }
            connection.close();
        }
    }
}
