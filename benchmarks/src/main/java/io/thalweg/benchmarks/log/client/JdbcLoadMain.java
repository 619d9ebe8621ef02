package io.thalweg.benchmarks.log.client;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Thalweg's own client: batches of prepared inserts over two connections, and a query that reads row by row. */
public final class JdbcLoadMain implements Load {
    private static final int CONNECTIONS = 2;

    private final int batchRows;
    private final List<Connection> connections = new ArrayList<>();
    private final List<Rows> rows = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    private String stream = "";

    private JdbcLoadMain(String url, int batchRows) throws SQLException {
        this.batchRows = batchRows;
        for (int i = 0; i < CONNECTIONS; i++) {
            connections.add(DriverManager.getConnection(url));
            rows.add(new Rows(i));
        }
    }

    /** Takes the URL of the server and the rows of a batch. */
    public static void main(String[] arguments) throws Exception {
        LoadLoop.run(new JdbcLoadMain(arguments[0], Integer.parseInt(arguments[1])));
    }

    @Override
    public void create(String name, boolean sync) throws SQLException {
        stream = name;
        try (Statement statement = connections.get(0).createStatement()) {
            statement.execute("CREATE STREAM " + name + " (v VARBINARY NOT NULL) WITH ('durability' = '"
                    + (sync ? "sync" : "os") + "')");
        }
    }

    @Override
    public void append(long count) throws InterruptedException, ExecutionException {
        List<Future<Void>> appends = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            int index = i;
            long share = count / CONNECTIONS + (i == 0 ? count % CONNECTIONS : 0);
            appends.add(threads.submit(() -> {
                insert(connections.get(index), rows.get(index), share);
                return null;
            }));
        }
        for (Future<Void> append : appends) {
            append.get();
        }
    }

    private void insert(Connection connection, Rows source, long count) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + stream + " VALUES (?)")) {
            for (long left = count; left > 0; left -= batchRows) {
                int batch = (int) Math.min(left, batchRows);
                for (int i = 0; i < batch; i++) {
                    insert.setBytes(1, source.next());
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        }
    }

    @Override
    public void read(long count) throws SQLException {
        long bytes = 0;
        try (Statement statement = connections.get(0).createStatement();
                ResultSet result = statement.executeQuery("SELECT v FROM " + stream)) {
            while (result.next()) {
                bytes += result.getBytes(1).length;
            }
        }
        if (bytes != count * Rows.ROW_BYTES) {
            throw new IllegalStateException("read " + bytes + " bytes of " + count + " rows");
        }
    }

    @Override
    public void close() {
        threads.shutdown();
        for (Connection connection : connections) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException("the connection could not be closed", e);
            }
        }
    }
}
