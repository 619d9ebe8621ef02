package io.thalweg.tests.system;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Splits and merges the partitions of a stream at random. */
public final class Resharder {
    private static final int MOST_OPEN = 6;

    private final Random random;
    private int changes;

    public Resharder(long seed) {
        this.random = new Random(seed);
    }

    /** A partition that takes rows. */
    private record Open(int number, long firstHash, long lastHash) {}

    /** How often it has changed something. */
    public int changes() {
        return changes;
    }

    /** Splits one partition or merges two. Nobody else may do so at the same time. */
    public void change(Connection connection, String stream) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            List<Open> open = open(statement, stream);
            boolean splits = open.size() == 1 || open.size() < MOST_OPEN && random.nextBoolean();
            statement.execute("ALTER STREAM " + stream + (splits ? split(open) : merge(open)));
            changes++;
        }
    }

    /** In the order of their hashes. */
    private static List<Open> open(Statement statement, String stream) throws SQLException {
        List<Open> open = new ArrayList<>();
        try (ResultSet result = statement.executeQuery("SELECT partition_id, first_hash, last_hash FROM " + stream
                + "$partitions WHERE state = 'OPEN' ORDER BY first_hash")) {
            while (result.next()) {
                open.add(new Open(
                        result.getInt(1),
                        Long.parseUnsignedLong(result.getString(2), 16),
                        Long.parseUnsignedLong(result.getString(3), 16)));
            }
        }
        return open;
    }

    private String split(List<Open> open) {
        Open parent = open.get(random.nextInt(open.size()));
        long width = parent.lastHash() - parent.firstHash();
        String split = " SPLIT PARTITION " + parent.number();
        if (width == 0 || random.nextBoolean()) {
            return split;
        }
        long at = parent.firstHash() + 1 + Long.remainderUnsigned(random.nextLong(), width);
        return split + " AT '" + "%016x".formatted(at) + "'";
    }

    private String merge(List<Open> open) {
        int first = random.nextInt(open.size() - 1);
        int swapped = random.nextInt(2);
        return " MERGE PARTITIONS " + open.get(first + swapped).number() + ", "
                + open.get(first + 1 - swapped).number();
    }
}
