package io.thalweg.tests.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.tests.system.ServerProcess;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;

/**
 * Inserts numbered rows, in batches and one by one, into a stream, and now and then the last number into a table. Knows
 * what was acknowledged and what may have been written without anybody saying so.
 */
final class InsertClient {
    private static final int LARGEST_BATCH = 50;

    private final int number;
    private final Random random;
    private long acknowledged;
    private long attempted;
    private long latestAcknowledged;
    private long latestAttempted;
    private Throwable unexpected;

    InsertClient(int number, long seed) {
        this.number = number;
        this.random = new Random(seed);
    }

    int number() {
        return number;
    }

    /** Rows 1 to this are there for ever. */
    long acknowledged() {
        return acknowledged;
    }

    /** Rows up to this may be there. */
    long attempted() {
        return attempted;
    }

    /** Text that tells whether a row is the row that was inserted. */
    static String note(int client, long seq) {
        return seq % 7 == 0 ? null : "client " + client + " row " + seq + " " + "x".repeat((int) (seq % 50));
    }

    /** Inserts until the server is gone. */
    void run(ServerProcess server) {
        try (Connection connection = server.connect();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO events VALUES (?, ?, ?)");
                Statement statement = connection.createStatement()) {
            while (true) {
                insertBatch(insert, 1 + (random.nextBoolean() ? 0 : random.nextInt(LARGEST_BATCH)));
                if (random.nextInt(4) == 0) {
                    latestAttempted = acknowledged;
                    statement.execute("INSERT INTO latest VALUES (" + number + ", " + acknowledged + ")");
                    latestAcknowledged = latestAttempted;
                }
            }
        } catch (SQLException gone) {
            if (server.isAlive() && !String.valueOf(gone.getSQLState()).startsWith("08")) {
                unexpected = gone;
            }
        } catch (RuntimeException | Error defect) {
            unexpected = defect;
        }
    }

    private void insertBatch(PreparedStatement insert, int size) throws SQLException {
        attempted = acknowledged + size;
        for (long seq = acknowledged + 1; seq <= attempted; seq++) {
            insert.setInt(1, number);
            insert.setLong(2, seq);
            insert.setString(3, note(number, seq));
            insert.addBatch();
        }
        int[] counts = insert.executeBatch();
        assertEquals(size, counts.length);
        acknowledged = attempted;
    }

    /** To be called with what was found after a kill. */
    void continueFrom(long found) {
        acknowledged = found;
        attempted = found;
    }

    void checkLatest(List<Long> found) {
        String what = "client " + number + " in the table: " + latestAcknowledged + " acknowledged, " + latestAttempted
                + " attempted, found " + found;
        assertTrue(found.size() <= 1, what);
        long value = found.isEmpty() ? 0 : found.get(0);
        assertTrue(value == latestAcknowledged || value == latestAttempted, what);
        latestAcknowledged = value;
        latestAttempted = value;
    }

    void throwUnexpected() {
        if (unexpected != null) {
            throw new AssertionError("client " + number, unexpected);
        }
    }
}
