package io.thalweg.shell;

import io.thalweg.jdbc.ThalwegDriver;
import io.thalweg.model.time.Clock;
import io.thalweg.model.time.SystemClock;
import io.thalweg.shell.text.ProductCommand;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What the launcher lets the JVM watch when it writes the archives of loaded classes after a build: a server in this
 * process, a client of it, the shell on an embedded database, and the shell in a process of its own, each with statements of
 * the kinds that users begin with. It ends within a minute, whatever happens, and is never part of a user's run.
 */
public final class TrainingRun {
    private static final String SERVER = "io.thalweg.server.ServerMain";
    private static final long LIMIT_SECONDS = 60;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long PAUSE_MILLIS = 20;
    private static final int OUT_OF_TIME = 3;

    private static final List<String> DEFINITIONS = List.of(
            "CREATE STREAM orders (order_id BIGINT NOT NULL, customer VARCHAR, amount DECIMAL(12, 2), ts TIMESTAMP(3) NOT"
                    + " NULL, WATERMARK FOR ts AS ts - INTERVAL '5' SECOND)",
            "CREATE TABLE customers (name VARCHAR PRIMARY KEY, city VARCHAR DEFAULT 'none', score DOUBLE)",
            "INSERT INTO customers VALUES ('ann', 'Bern', 1.5), ('bob', NULL, 2)",
            "INSERT INTO orders VALUES (1, 'ann', 12.50, '2026-01-01 10:00:00'), (2, 'bob', 7, '2026-01-01 10:00:09')",
            "CREATE MATERIALIZED VIEW totals AS SELECT customer, SUM(amount) AS total FROM orders GROUP BY customer");

    private static final List<String> QUERIES = List.of(
            "SELECT 1",
            "SELECT * FROM orders WHERE amount > 10 AND customer LIKE 'a%' ORDER BY ts DESC LIMIT 5",
            "SELECT customer, COUNT(*) AS orders, SUM(amount), AVG(amount), MAX(ts) FROM orders GROUP BY customer",
            "SELECT o.order_id, UPPER(c.city) FROM orders AS o JOIN customers AS c ON o.customer = c.name",
            "SELECT window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(ts), INTERVAL '1' MINUTE))"
                    + " GROUP BY window_start",
            "SELECT * FROM totals",
            "EXPLAIN SELECT customer FROM orders",
            "SHOW TABLES",
            "DESCRIBE orders");

    private static final String ENDLESS = "SELECT customer, COUNT(*) FROM orders GROUP BY customer EMIT CHANGES";

    private final Path directory;
    private final int port;
    private final Clock clock = new SystemClock();

    private TrainingRun(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /**
     * Runs to the end and exits the process, since it is at the exit that the JVM writes its archive.
     *
     * @param arguments an empty directory for data, then the command that starts the shell, to which statements are added
     */
    public static void main(String[] arguments) throws Exception {
        background("training-limit", () -> {
            awaitNothing(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
            Runtime.getRuntime().halt(OUT_OF_TIME);
        });
        TrainingRun run = new TrainingRun(Path.of(arguments[0]), freePort());
        run.startServer();
        run.useAsClient();
        run.useShellHere();
        run.useShellProcess(List.of(arguments).subList(1, arguments.length));
        System.exit(0);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** By name, since the shell is compiled without the server, which only the launcher's class path brings. */
    private void startServer() throws ReflectiveOperationException {
        var main = Class.forName(SERVER).getMethod("main", String[].class);
        String[] arguments = {"--data", directory.resolve("server").toString(), "--port", String.valueOf(port)};
        background("training-server", () -> {
            try {
                main.invoke(null, (Object) arguments);
            } catch (ReflectiveOperationException failure) {
                throw new IllegalStateException("the server could not be started", failure);
            }
        });
    }

    private String address() {
        return "localhost:" + port;
    }

    private void useAsClient() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : DEFINITIONS) {
                statement.execute(sql);
            }
            for (String sql : QUERIES) {
                read(statement.executeQuery(sql), Integer.MAX_VALUE);
            }
            insertPrepared(connection);
            read(connection.getMetaData().getTables(null, null, "%", null), Integer.MAX_VALUE);
            read(connection.getMetaData().getColumns(null, null, "orders", "%"), Integer.MAX_VALUE);
            read(statement.executeQuery(ENDLESS), 1);
        }
    }

    /** The server opens its port some time after it was started. */
    private Connection connect() throws SQLException {
        long deadline = clock.monotonicNanos() + LIMIT_SECONDS * NANOS_PER_SECOND;
        while (true) {
            try {
                Connection connection = new ThalwegDriver().connect("jdbc:thalweg://" + address(), new Properties());
                if (connection == null) {
                    throw new SQLException("the driver does not know its own address");
                }
                return connection;
            } catch (SQLException notYet) {
                if (clock.monotonicNanos() > deadline) {
                    throw notYet;
                }
                awaitNothing(PAUSE_MILLIS);
            }
        }
    }

    private static void insertPrepared(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO customers VALUES (?, ?, ?)")) {
            for (int row = 0; row < 10; row++) {
                insert.setString(1, "customer " + row);
                insert.setString(2, "Bern");
                insert.setDouble(3, row);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void read(ResultSet rows, int limit) throws SQLException {
        try (rows) {
            for (int row = 0; row < limit && rows.next(); row++) {
                rows.getObject(1);
            }
        }
    }

    private void useShellHere() {
        execute("jdbc:thalweg:embedded:");
        execute("jdbc:thalweg:embedded:" + directory.resolve("embedded"));
    }

    private void execute(String url) {
        String script = String.join(";", DEFINITIONS) + ";" + String.join(";", QUERIES);
        int status = ProductCommand.execute(new SqlCommand(), new String[] {url, "-e", script});
        if (status != 0) {
            throw new IllegalStateException("the shell ended with " + status + " on " + url);
        }
    }

    /** It talks to the server of this process, and writes its own archive if its command says so. */
    private void useShellProcess(List<String> command) throws IOException, InterruptedException {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of(address(), "-e", QUERIES.get(0), "-e", QUERIES.get(1), "-e", "SHOW TABLES"));
        Process process = new ProcessBuilder(whole)
                .inheritIO()
                .redirectInput(Redirect.from(noInput()))
                .start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException("the shell's own process failed");
        }
    }

    private static File noInput() {
        return new File(File.separatorChar == '/' ? "/dev/null" : "NUL");
    }

    private static void background(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void awaitNothing(long millis) {
        try {
            new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
