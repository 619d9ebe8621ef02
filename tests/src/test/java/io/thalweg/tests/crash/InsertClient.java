package io.thalweg.tests.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.tests.system.ServerProcess;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
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
    /** Where each verified row is. */
    private final List<Long> offsets = new ArrayList<>();

    private int partition = -1;
    private long checked;
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

    /** Rows up to this were read after a crash, and found to be right. */
    long verified() {
        return offsets.size();
    }

    /** What a view of all rows must say of this client. */
    String summary() {
        return number + " | " + acknowledged + " | 1 | " + acknowledged;
    }

    /** Goes on behind the rows that were found. */
    void continueFrom(long found) {
        acknowledged = found;
        attempted = found;
    }

    /** Rows up to this may be there. */
    long attempted() {
        return attempted;
    }

    /** Text that tells whether a row is the row that was inserted. */
    static String note(int client, long seq) {
        return seq % 7 == 0
                ? null
                : "client " + client + " row " + seq + " " + "x".repeat((int) (seq % 97 == 0 ? 5_000 : seq % 50));
    }

    /** Inserts until the server is gone. */
    void run(ServerProcess server) {
        insertUntilFailure(server, "08");
    }

    /** Inserts until the server says that the disk is full, which means that nothing of that insert is there. */
    void runUntilFull(ServerProcess server) {
        insertUntilFailure(server, "53100");
        attempted = acknowledged;
        latestAttempted = latestAcknowledged;
    }

    private void insertUntilFailure(ServerProcess server, String expectedState) {
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
            if (server.isAlive() && !String.valueOf(gone.getSQLState()).startsWith(expectedState)) {
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

    /** Rows will follow: all, or those behind the ones that were verified. */
    void startCheck(boolean all) {
        checked = all ? 0 : offsets.size();
    }

    /** Compares the next row in the order of offsets (client, number, note, partition, offset) with what was sent. */
    void checkRow(ResultSet row) throws SQLException {
        long seq = ++checked;
        String what = "row " + seq + " of client " + number;
        assertEquals(seq, row.getLong(2), what);
        assertEquals(note(number, seq), row.getString(3), what);
        partition = partition < 0 ? row.getInt(4) : partition;
        assertEquals(partition, row.getInt(4), what);
        long offset = row.getLong(5);
        if (seq > offsets.size()) {
            offsets.add(offset);
        }
        assertEquals(offsets.get((int) seq - 1), offset, what);
        assertTrue(seq == 1 || offset > offsets.get((int) seq - 2), what);
    }

    /** There are no more rows. */
    void endCheck() {
        String what = "client " + number + ": " + acknowledged + " acknowledged, " + attempted + " attempted, "
                + checked + " found";
        assertTrue(checked == acknowledged || checked == attempted, what);
        acknowledged = checked;
        attempted = checked;
    }

    /** Compares with the rows of the table. */
    void checkLatest(List<String> rows) {
        List<Long> found = rows.stream()
                .map(row -> row.split(" \\| "))
                .filter(row -> Integer.parseInt(row[0]) == number)
                .map(row -> Long.parseLong(row[1]))
                .toList();
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
