package io.thalweg.benchmarks.nexmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The three streams of Nexmark in its flat form, and the table that query 13 looks things up in. */
public final class NexmarkData {
    /** What makes them in Thalweg. */
    public static final List<String> STREAMS =
            List.of("""
            CREATE STREAM person (id BIGINT NOT NULL, name VARCHAR, email_address VARCHAR, credit_card VARCHAR, city VARCHAR,
              state VARCHAR, ts TIMESTAMP(3) NOT NULL, extra VARCHAR, WATERMARK FOR ts AS ts - INTERVAL '4' SECOND)""", """
            CREATE STREAM auction (id BIGINT NOT NULL, item_name VARCHAR, description VARCHAR, initial_bid BIGINT,
              reserve BIGINT, ts TIMESTAMP(3) NOT NULL, expires TIMESTAMP(3), seller BIGINT, category BIGINT, extra VARCHAR,
              WATERMARK FOR ts AS ts - INTERVAL '4' SECOND)""", """
            CREATE STREAM bid (auction BIGINT NOT NULL, bidder BIGINT NOT NULL, price BIGINT NOT NULL, channel VARCHAR,
              url VARCHAR, ts TIMESTAMP(3) NOT NULL, extra VARCHAR, WATERMARK FOR ts AS ts - INTERVAL '4' SECOND)""", "CREATE TABLE side_input (key BIGINT NOT NULL, content VARCHAR, PRIMARY KEY (key))");

    private static final Map<NexmarkEvents.Kind, String> INSERTS = new EnumMap<>(Map.of(
            NexmarkEvents.Kind.PERSON, "INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            NexmarkEvents.Kind.AUCTION, "INSERT INTO auction VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            NexmarkEvents.Kind.BID, "INSERT INTO bid VALUES (?, ?, ?, ?, ?, ?, ?)"));
    private static final int SIDE_ROWS = 10_000;
    private static final int BATCH_ROWS = 10_000;

    private NexmarkData() {}

    /** Makes the streams and the table. */
    public static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String stream : STREAMS) {
                statement.execute(stream);
            }
        }
    }

    /** Inserts the first events and all rows of the table, into Thalweg or any database that has the same tables. */
    public static void load(Connection connection, NexmarkEvents events, long count) throws SQLException {
        try (PreparedStatement side = connection.prepareStatement("INSERT INTO side_input VALUES (?, ?)")) {
            for (int key = 0; key < SIDE_ROWS; key++) {
                side.setLong(1, key);
                side.setString(2, "value " + key);
                side.addBatch();
            }
            side.executeBatch();
        }
        // One stream after the other, since they are independent and batches are best long.
        for (NexmarkEvents.Kind kind : NexmarkEvents.Kind.values()) {
            load(connection, events, count, kind);
        }
    }

    private static void load(Connection connection, NexmarkEvents events, long count, NexmarkEvents.Kind kind)
            throws SQLException {
        String sql = String.valueOf(INSERTS.get(kind));
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            int waiting = 0;
            for (long n = 0; n < count; n++) {
                if (NexmarkEvents.kind(n) != kind) {
                    continue;
                }
                switch (kind) {
                    case PERSON -> events.bindPerson(insert, n);
                    case AUCTION -> events.bindAuction(insert, n);
                    case BID -> events.bindBid(insert, n);
                }
                insert.addBatch();
                if (++waiting == BATCH_ROWS) {
                    insert.executeBatch();
                    waiting = 0;
                }
            }
            if (waiting > 0) {
                insert.executeBatch();
            }
        }
    }
}
