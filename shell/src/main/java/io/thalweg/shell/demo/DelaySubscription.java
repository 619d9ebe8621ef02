package io.thalweg.shell.demo;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs the continuous query on a connection and a thread of its own, and applies its changes to a board. */
final class DelaySubscription implements AutoCloseable {
    private static final long CLOSE_MILLIS = 5000;

    private final Connection connection;
    private final Statement statement;
    private final ResultSet result;
    private final DelayBoard board;
    private final Thread thread;
    // Written by the subscription's thread, read by the one that watches it.
    private volatile @Nullable Exception failure;
    // Set by the closing thread, so that the end of the query is not taken for a failure.
    private volatile boolean closing;

    private DelaySubscription(Connection connection, Statement statement, ResultSet result, DelayBoard board) {
        this.connection = connection;
        this.statement = statement;
        this.result = result;
        this.board = board;
        this.thread = new Thread(this::follow, "thalweg-demo-query");
        thread.setDaemon(true);
    }

    /** Starts the query; it runs when this returns. The connection then belongs to the subscription. */
    static DelaySubscription start(Connection connection, DelayBoard board) throws SQLException {
        Statement statement = connection.createStatement();
        DelaySubscription subscription =
                new DelaySubscription(connection, statement, statement.executeQuery(DemoSql.DELAYS), board);
        subscription.thread.start();
        return subscription;
    }

    private void follow() {
        try {
            while (result.next()) {
                board.apply(
                        result.getString("op"),
                        new DelayRow(
                                result.getObject("week", LocalDateTime.class).toLocalDate(),
                                result.getString("city"),
                                result.getLong("flights"),
                                result.getDouble("average_delay"),
                                result.getDouble("delayed_share")));
            }
            fail(new SQLException("the continuous query ended by itself"));
        } catch (SQLException | IllegalStateException thrown) {
            fail(thrown);
        }
    }

    private void fail(Exception thrown) {
        if (!closing) {
            failure = thrown;
        }
    }

    /** Why the query stopped, if it did. */
    Optional<Exception> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void close() throws SQLException {
        closing = true;
        try {
            statement.cancel();
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        } finally {
            connection.close();
        }
    }
}
