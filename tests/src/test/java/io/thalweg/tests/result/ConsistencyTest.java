package io.thalweg.tests.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.jdbc.ThalwegResultSet;
import io.thalweg.tests.system.ResultText;
import io.thalweg.tests.system.Seeds;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A bank: transfers between ten accounts, so that all balances together are always nothing. Every state that anyone sees,
 * by polling views or by following an endless query, must be the answer over some prefix of the transfers.
 */
class ConsistencyTest {
    private static final int ACCOUNTS = 10;
    private static final int TRANSFERS = Integer.getInteger("thalweg.consistency.transfers", 15_000);
    private static final int TABLE_TRANSFERS = TRANSFERS / 50;
    /** More rows than a block of the log takes. */
    private static final int LARGE = 40_000;

    private static final int LARGE_STATEMENTS = 10;
    private static final Duration SILENCE = Duration.ofMillis(200);

    private String url;
    private Connection connection;
    private ExecutorService threads;

    @BeforeEach
    void openBank() throws SQLException {
        url = "jdbc:thalweg:embedded:mem:bank" + System.nanoTime();
        connection = DriverManager.getConnection(url);
        threads = Executors.newCachedThreadPool();
    }

    @AfterEach
    void closeBank() throws SQLException {
        threads.shutdownNow();
        connection.close();
    }

    private void createBank(int partitions) throws SQLException {
        execute("CREATE STREAM transfers (id BIGINT NOT NULL, from_account INT NOT NULL, to_account INT NOT NULL,"
                + " amount BIGINT NOT NULL) INTO " + partitions + " PARTITIONS");
        // Each account pays and is paid before anyone looks, since an inner join drops accounts that did not.
        insertTransfers(connection, 0, ACCOUNTS, null);
        execute("CREATE MATERIALIZED VIEW credits AS SELECT to_account AS account, SUM(amount) AS credits"
                + " FROM transfers GROUP BY to_account");
        execute("CREATE MATERIALIZED VIEW debits AS SELECT from_account AS account, SUM(amount) AS debits"
                + " FROM transfers GROUP BY from_account");
        execute("CREATE MATERIALIZED VIEW balance AS SELECT c.account, c.credits - d.debits AS balance"
                + " FROM credits AS c JOIN debits AS d ON c.account = d.account");
        execute("CREATE MATERIALIZED VIEW total AS SELECT SUM(balance) AS total FROM balance");
        execute("CREATE MATERIALIZED VIEW accepted AS SELECT COUNT(*) AS n FROM transfers");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** With a source of randomness any transfer; without one from account id to the account after it. */
    private static void insertTransfers(Connection own, long from, long to, Random random) throws SQLException {
        try (PreparedStatement insert = own.prepareStatement("INSERT INTO transfers VALUES (?, ?, ?, ?)")) {
            for (long id = from; id < to; id++) {
                insert.setLong(1, id);
                insert.setInt(2, random == null ? (int) (id % ACCOUNTS) : random.nextInt(ACCOUNTS));
                insert.setInt(3, random == null ? (int) ((id + 1) % ACCOUNTS) : random.nextInt(ACCOUNTS));
                insert.setLong(4, random == null ? 1 : 1 + random.nextInt(1_000));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private Future<?> write(long from, long to, Random cuts, Random random) {
        return threads.submit(() -> {
            try (Connection own = DriverManager.getConnection(url)) {
                long next = from;
                while (next < to) {
                    long end = Math.min(to, next + 1 + cuts.nextInt(40));
                    insertTransfers(own, next, end, random);
                    next = end;
                }
            }
            return null;
        });
    }

    /** Checks every state of an endless query until the writers are done and nothing more comes; returns how many. */
    private Callable<Integer> follow(String sql, List<Future<?>> writers, StateCheck check) {
        return () -> {
            try (Connection own = DriverManager.getConnection(url);
                    Statement statement = own.createStatement()) {
                SteppedRows rows = new SteppedRows(statement.executeQuery(sql).unwrap(ThalwegResultSet.class));
                int states = 0;
                while (rows.awaitStep(SILENCE) || writers.stream().anyMatch(writer -> !writer.isDone())) {
                    if (rows.step() > 0) {
                        check.check(rows.rows());
                        states++;
                    }
                }
                return states;
            }
        };
    }

    private Callable<Integer> poll(String sql, List<Future<?>> writers, StateCheck check) {
        return () -> {
            try (Connection own = DriverManager.getConnection(url);
                    Statement statement = own.createStatement()) {
                int states = 0;
                while (states == 0 || writers.stream().anyMatch(writer -> !writer.isDone())) {
                    try (ResultSet result = statement.executeQuery(sql)) {
                        check.check(ResultText.all(result).stream().sorted().toList());
                        states++;
                    }
                }
                return states;
            }
        };
    }

    /** Looks at one state of a query. */
    private interface StateCheck {
        void check(List<String> rows);
    }

    private void runAll(List<Callable<Integer>> observers, List<Future<?>> writers) throws Exception {
        List<Future<Integer>> running = observers.stream().map(threads::submit).toList();
        for (Future<?> writer : writers) {
            writer.get();
        }
        List<Integer> states = new ArrayList<>();
        for (Future<Integer> observer : running) {
            states.add(observer.get());
        }
        System.out.println("ConsistencyTest: states seen " + states);
        assertTrue(states.stream().allMatch(count -> count > 0), states.toString());
    }

    @Test
    void moneyIsNeitherMadeNorLost() throws Exception {
        long seed = Seeds.of("ConsistencyTest");
        createBank(3);
        List<Future<?>> writers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Random random = new Random(seed + i);
            writers.add(write(1_000_000L * (i + 1), 1_000_000L * (i + 1) + TRANSFERS / 3, random, random));
        }
        StateCheck nothing = rows -> assertEquals(List.of("0"), rows);
        StateCheck balanced = rows -> assertEquals(0, sum(rows, 1), rows.toString());
        String adHoc = "SELECT SUM(c.credits) - SUM(d.debits) AS total"
                + " FROM (SELECT to_account AS a, SUM(amount) AS credits FROM transfers GROUP BY to_account) AS c"
                + " JOIN (SELECT from_account AS a, SUM(amount) AS debits FROM transfers GROUP BY from_account) AS d"
                + " ON c.a = d.a";
        runAll(
                List.of(
                        follow("SELECT * FROM total EMIT CHANGES", writers, nothing),
                        follow("SELECT * FROM balance EMIT CHANGES", writers, balanced),
                        follow(adHoc + " EMIT CHANGES", writers, nothing),
                        poll("SELECT * FROM total", writers, nothing),
                        poll("SELECT * FROM balance", writers, balanced),
                        poll(
                                "SELECT SUM(c.credits - d.debits) FROM credits AS c JOIN debits AS d"
                                        + " ON c.account = d.account",
                                writers,
                                nothing),
                        poll(adHoc, writers, nothing)),
                writers);
    }

    private static long sum(List<String> rows, int column) {
        return rows.stream()
                .mapToLong(row -> Long.parseLong(row.split(" \\| ")[column]))
                .sum();
    }

    /** Each transfer goes from account id to the next one, in order: the number of transfers tells every balance. */
    @Test
    void everyStateIsThatOfAPrefix() throws Exception {
        long seed = Seeds.of("ConsistencyTest");
        createBank(1);
        List<Future<?>> writers = List.of(write(ACCOUNTS, TRANSFERS, new Random(seed), null));
        String joined = "SELECT b.account, b.balance, a.n FROM balance AS b JOIN accepted AS a ON a.n >= 0";
        StateCheck prefix = ConsistencyTest::checkPrefix;
        runAll(
                List.of(
                        follow(joined + " EMIT CHANGES", writers, prefix),
                        poll(joined, writers, prefix),
                        poll("SELECT b.account, b.balance, a.n FROM balance AS b, accepted AS a", writers, prefix)),
                writers);
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT n FROM accepted")) {
            assertEquals(List.of(String.valueOf(TRANSFERS)), ResultText.all(result));
        }
    }

    private static void checkPrefix(List<String> rows) {
        assertEquals(ACCOUNTS, rows.size(), rows.toString());
        long n = Long.parseLong(rows.get(0).split(" \\| ")[2]);
        List<String> expected = IntStream.range(0, ACCOUNTS)
                .mapToObj(account -> account + " | " + balanceAfter(n, account) + " | " + n)
                .collect(Collectors.toList());
        assertEquals(expected, rows);
    }

    /** What an account has been paid, less what it has paid, in the first n transfers. */
    private static long balanceAfter(long n, int account) {
        int payer = Math.floorMod(account - 1, ACCOUNTS);
        return timesIn(n, payer) - timesIn(n, account);
    }

    /** How many of the first n transfers come from this account. */
    private static long timesIn(long n, int account) {
        return n / ACCOUNTS + (account < n % ACCOUNTS ? 1 : 0);
    }

    /** A join of a stream with itself: both sides have the row in the same step, so none is ever seen alone. */
    @Test
    void noRowIsSeenWithoutItself() throws Exception {
        long seed = Seeds.of("ConsistencyTest");
        execute("CREATE STREAM transfers (id BIGINT NOT NULL, from_account INT NOT NULL, to_account INT NOT NULL,"
                + " amount BIGINT NOT NULL) INTO 3 PARTITIONS");
        execute("CREATE MATERIALIZED VIEW pairs AS SELECT a.id, b.id AS partner FROM transfers AS a"
                + " LEFT JOIN transfers AS b ON a.id = b.id");
        execute("CREATE MATERIALIZED VIEW alike AS SELECT a.id, b.id AS partner FROM transfers AS a"
                + " FULL JOIN transfers AS b ON a.id = b.id AND a.amount = b.amount");
        Random random = new Random(seed);
        List<Future<?>> writers = List.of(write(0, TRANSFERS, random, random));
        String lonely = " WHERE partner IS NULL OR id IS NULL";
        StateCheck none = rows -> assertEquals(List.of(), rows);
        StateCheck zero = rows -> assertEquals(List.of("0"), rows);
        runAll(
                List.of(
                        follow("SELECT COUNT(*) AS n FROM pairs" + lonely + " EMIT CHANGES", writers, zero),
                        follow("SELECT COUNT(*) AS n FROM alike" + lonely + " EMIT CHANGES", writers, zero),
                        poll("SELECT * FROM pairs" + lonely, writers, none),
                        poll("SELECT * FROM alike" + lonely, writers, none),
                        poll(
                                "SELECT a.id FROM transfers AS a LEFT JOIN transfers AS b ON a.id = b.id"
                                        + " WHERE b.id IS NULL",
                                writers,
                                none)),
                writers);
    }

    /** Late transfers are left out of the stream for everyone, so that nobody credits what another did not debit. */
    @Test
    void whatIsLateIsLateForAll() throws Exception {
        long seed = Seeds.of("ConsistencyTest");
        execute("CREATE STREAM transfers (id BIGINT NOT NULL, from_account INT NOT NULL, to_account INT NOT NULL,"
                + " ts TIMESTAMP(3) NOT NULL, WATERMARK FOR ts AS ts - INTERVAL '5' SECOND) INTO 2 PARTITIONS");
        execute("CREATE MATERIALIZED VIEW credits AS SELECT to_account AS account, COUNT(*) AS n FROM transfers"
                + " GROUP BY to_account");
        execute("CREATE MATERIALIZED VIEW debits AS SELECT from_account AS account, COUNT(*) AS n FROM transfers"
                + " GROUP BY from_account");
        execute("CREATE MATERIALIZED VIEW accepted AS SELECT COUNT(*) AS n FROM transfers");
        Random random = new Random(seed);
        List<Future<?>> writers = List.of(threads.submit(() -> insertTimed(random)));
        String sums = "SELECT COALESCE(c.n, 0) AS c, COALESCE(d.n, 0) AS d, a.n AS a"
                + " FROM (SELECT SUM(n) AS n FROM credits) AS c, (SELECT SUM(n) AS n FROM debits) AS d, accepted AS a";
        StateCheck same = rows -> {
            String[] cells = rows.get(0).split(" \\| ");
            assertEquals(List.of(cells[2], cells[2]), List.of(cells[0], cells[1]), rows.toString());
        };
        runAll(List.of(follow(sums + " EMIT CHANGES", writers, same), poll(sums, writers, same)), writers);
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "SELECT a.n + l.n, l.n > 0 FROM accepted AS a, (SELECT COUNT(*) AS n FROM transfers$late) AS l")) {
            assertEquals(List.of(TRANSFERS + " | true"), ResultText.all(result));
        }
    }

    /** Half a second goes by from one transfer to the next; some come up to twenty seconds late. */
    private Void insertTimed(Random random) throws SQLException {
        LocalDateTime start = LocalDateTime.of(2026, 1, 1, 0, 0);
        try (Connection own = DriverManager.getConnection(url);
                PreparedStatement insert = own.prepareStatement("INSERT INTO transfers VALUES (?, ?, ?, ?)")) {
            for (int id = 0; id < TRANSFERS; id++) {
                insert.setLong(1, id);
                insert.setInt(2, random.nextInt(ACCOUNTS));
                insert.setInt(3, random.nextInt(ACCOUNTS));
                insert.setObject(4, start.plusNanos(id * 500_000_000L - random.nextInt(20) * 1_000_000_000L));
                insert.addBatch();
                if (random.nextInt(20) == 0 || id == TRANSFERS - 1) {
                    insert.executeBatch();
                }
            }
        }
        return null;
    }

    /**
     * The accounts are a table: a transfer changes two of its rows in one statement, which are never seen apart, whatever
     * partitions they are in.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void changesOfATableAreSeenTogether(int partitions) throws Exception {
        long seed = Seeds.of("ConsistencyTest");
        execute("CREATE TABLE accounts (id INT NOT NULL, balance BIGINT NOT NULL, PRIMARY KEY (id)) INTO " + partitions
                + " PARTITIONS");
        for (int id = 0; id < ACCOUNTS; id++) {
            execute("INSERT INTO accounts VALUES (" + id + ", 100)");
        }
        execute("CREATE MATERIALIZED VIEW total AS SELECT SUM(balance) AS total FROM accounts");
        List<Future<?>> writers = new ArrayList<>();
        for (int writer = 0; writer < 2; writer++) {
            int first = writer * (ACCOUNTS / 2);
            Random random = new Random(seed + writer);
            writers.add(threads.submit(() -> updateAccounts(first, random)));
        }
        StateCheck constant = rows -> assertEquals(List.of(String.valueOf(100 * ACCOUNTS)), rows);
        StateCheck all = rows -> assertEquals(100 * ACCOUNTS, sum(rows, 1), rows.toString());
        runAll(
                List.of(
                        follow("SELECT * FROM total EMIT CHANGES", writers, constant),
                        follow("SELECT id, balance FROM accounts EMIT CHANGES", writers, all),
                        poll("SELECT * FROM total", writers, constant),
                        poll("SELECT id, balance FROM accounts", writers, all),
                        poll("SELECT SUM(balance) FROM accounts", writers, constant)),
                writers);
    }

    /** Both sides of a booking are computed rows of one statement, so whoever counts them sees an even number. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void computedRowsOfAnInsertAreSeenTogether(int partitions) throws Exception {
        execute("CREATE STREAM bookings (account INT NOT NULL, amount BIGINT NOT NULL, at TIMESTAMP(3) NOT NULL)"
                + " DISTRIBUTED BY (account) INTO " + partitions + " PARTITIONS");
        execute("CREATE MATERIALIZED VIEW sums AS SELECT COUNT(*) % 2 AS odd, COALESCE(SUM(amount), 0) AS total"
                + " FROM bookings");
        List<Future<?>> writers = List.of(threads.submit(this::book));
        StateCheck even = rows -> assertEquals(List.of("0 | 0"), rows);
        String adHoc = "SELECT COUNT(*) % 2 AS odd, COALESCE(SUM(amount), 0) AS total FROM bookings";
        runAll(
                List.of(
                        follow("SELECT * FROM sums EMIT CHANGES", writers, even),
                        follow(adHoc + " EMIT CHANGES", writers, even),
                        poll("SELECT * FROM sums", writers, even),
                        poll(adHoc, writers, even)),
                writers);
    }

    /** A statement of more rows than a block takes, over several partitions that are split and merged meanwhile. */
    @Test
    void largeInsertsAreSeenAsAWhole() throws Exception {
        execute("CREATE STREAM bookings (account INT NOT NULL, amount BIGINT NOT NULL)"
                + " DISTRIBUTED BY (account) INTO 3 PARTITIONS");
        execute("CREATE MATERIALIZED VIEW sums AS SELECT COUNT(*) % " + LARGE
                + " AS rest, COALESCE(SUM(amount), 0) AS s" + " FROM bookings");
        List<Future<?>> writers =
                List.of(threads.submit(() -> insertLarge(0)), threads.submit(() -> insertLarge(1)), reshard());
        StateCheck whole = rows -> assertEquals(List.of("0 | 0"), rows);
        String adHoc = "SELECT COUNT(*) % " + LARGE + " AS rest, COALESCE(SUM(amount), 0) AS s FROM bookings";
        runAll(
                List.of(
                        follow("SELECT * FROM sums EMIT CHANGES", writers, whole),
                        follow(adHoc + " EMIT CHANGES", writers, whole),
                        poll("SELECT * FROM sums", writers, whole),
                        poll(adHoc, writers, whole)),
                writers);
    }

    /** Each statement is a query's answer and books nothing in sum. */
    private Void insertLarge(int writer) throws SQLException {
        String table = "numbers" + writer;
        execute("CREATE STREAM " + table + " (n INT NOT NULL)");
        try (Connection own = DriverManager.getConnection(url);
                PreparedStatement numbers = own.prepareStatement("INSERT INTO " + table + " VALUES (?)");
                Statement statement = own.createStatement()) {
            for (int n = 0; n < LARGE; n++) {
                numbers.setInt(1, n);
                numbers.addBatch();
            }
            numbers.executeBatch();
            for (int i = 0; i < LARGE_STATEMENTS; i++) {
                statement.execute(
                        "INSERT INTO bookings SELECT n, CASE WHEN n % 2 = 0 THEN n + 1 ELSE -n END FROM " + table);
            }
        }
        return null;
    }

    private Future<?> reshard() {
        return threads.submit(() -> {
            try (Connection own = DriverManager.getConnection(url);
                    Statement statement = own.createStatement()) {
                statement.execute("ALTER STREAM bookings SPLIT PARTITION 0");
                statement.execute("ALTER STREAM bookings SPLIT PARTITION 1");
                statement.execute("ALTER STREAM bookings MERGE PARTITIONS 3, 4");
            }
            return null;
        });
    }

    private Void book() throws SQLException {
        try (Connection own = DriverManager.getConnection(url);
                Statement statement = own.createStatement()) {
            for (int i = 0; i < TABLE_TRANSFERS; i++) {
                statement.execute(
                        "INSERT INTO bookings VALUES (1, " + i + " + 1, NOW()), (2, -(" + i + " + 1), NOW())");
            }
        }
        return null;
    }

    /** Moves money between half of the accounts. */
    private Void updateAccounts(int first, Random random) throws SQLException {
        try (Connection own = DriverManager.getConnection(url);
                Statement statement = own.createStatement()) {
            for (int i = 0; i < TABLE_TRANSFERS; i++) {
                int from = first + random.nextInt(ACCOUNTS / 2);
                int to = first + (from - first + 1 + random.nextInt(ACCOUNTS / 2 - 1)) % (ACCOUNTS / 2);
                int amount = random.nextInt(10);
                statement.execute("UPDATE accounts SET balance = balance + CASE WHEN id = " + from + " THEN -" + amount
                        + " ELSE " + amount + " END WHERE id IN (" + from + ", " + to + ")");
            }
        }
        return null;
    }
}
