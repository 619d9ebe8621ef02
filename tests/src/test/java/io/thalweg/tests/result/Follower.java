package io.thalweg.tests.result;

import io.thalweg.jdbc.ThalwegResultSet;
import io.thalweg.jdbc.client.Arrival;
import io.thalweg.tests.system.Changelog;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** Runs an endless query on a connection and a thread of its own, and applies its rows. */
final class Follower implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(50);

    private final Connection connection;
    private final Statement statement;
    private final ThalwegResultSet result;
    private final Thread thread;
    /** Guarded by this. */
    private final Changelog rows = new Changelog();
    /** Guarded by this. */
    private Exception failure;
    // Set by the closing thread.
    private volatile boolean closing;

    /** Takes the connection over; the query runs when this returns. */
    Follower(Connection connection, String sql) throws SQLException {
        this.connection = connection;
        this.statement = connection.createStatement();
        this.result = statement.executeQuery(sql).unwrap(ThalwegResultSet.class);
        this.thread = new Thread(this::follow, "follower");
        thread.start();
    }

    private void follow() {
        try {
            boolean changelog = result.isChangelog();
            while (!closing) {
                Arrival arrival = result.nextWithin(TICK);
                if (arrival == Arrival.END) {
                    throw new SQLException("the endless query has ended");
                }
                if (arrival == Arrival.ROW) {
                    apply(changelog);
                }
            }
        } catch (SQLException | RuntimeException thrown) {
            synchronized (this) {
                failure = closing ? null : thrown;
            }
        }
    }

    private synchronized void apply(boolean changelog) throws SQLException {
        rows.apply(changelog ? result.getString(1) : "+I", Oracle.row(result, changelog ? 2 : 1));
    }

    /** The rows as they are now. */
    synchronized List<String> rows() throws Exception {
        if (failure != null) {
            throw failure;
        }
        return rows.sorted();
    }

    /** Waits until the rows are these, for ten seconds at most; returns what they are then. */
    List<String> await(List<String> expected) throws Exception {
        for (int i = 0; i < 1_000 && !rows().equals(expected); i++) {
            Thread.sleep(10);
        }
        return rows();
    }

    @Override
    public void close() throws SQLException {
        closing = true;
        connection.close();
        try {
            thread.join(10_000);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
    }
}
