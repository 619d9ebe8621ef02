package io.thalweg.tests.copy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A stream with a column of every type, and random rows of it: extremes, NULLs, quotes, line breaks and all of Unicode. */
final class RandomValues {
    /** The columns of the stream. */
    static final String COLUMNS =
            "id BIGINT NOT NULL, bool BOOLEAN, tiny TINYINT, small SMALLINT, int_ INTEGER, big BIGINT,"
                    + " real_ REAL, double_ DOUBLE, dec DECIMAL(9, 2), wide DECIMAL(38, 10), chars CHAR(4), text VARCHAR,"
                    + " short VARCHAR(3), bin VARBINARY, day DATE, clock TIME(6), local TIMESTAMP(6), instant TIMESTAMP_LTZ(3),"
                    + " list INTEGER ARRAY, texts VARCHAR ARRAY, dict MAP<VARCHAR, DOUBLE>, pair ROW(a VARCHAR, b DECIMAL(20, 3))";

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "null",
            "NULL",
            "\"",
            "\"\"",
            "'",
            ",",
            ";",
            "\n",
            "\r\n",
            "\t",
            "a,b",
            "say \"x\"\n,",
            "\\",
            "\\n",
            "{\"a\": [1]}",
            "\uFEFFmark",
            "ü",
            "\uD83D\uDE00",
            "\u0001",
            "\u007f",
            "  spaces  ",
            "true",
            "1",
            "x".repeat(300));

    private final Random random;

    RandomValues(Random random) {
        this.random = random;
    }

    /** Adds so many rows to a stream of these columns. */
    void insert(Connection connection, String stream, int rows) throws SQLException {
        String sql =
                "INSERT INTO " + stream + " (id, bool, tiny, small, int_, big, real_, double_, dec, wide, chars, text,"
                        + " short, bin, day, clock, local, instant) VALUES (" + "?, ".repeat(17) + "?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int row = 0; row < rows; row++) {
                bind(insert, row);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        insertNested(connection, stream, rows);
    }

    private void bind(PreparedStatement insert, int row) throws SQLException {
        insert.setLong(1, row);
        insert.setObject(2, orNull(random.nextBoolean()));
        insert.setObject(3, orNull(oneOf(Byte.MIN_VALUE, Byte.MAX_VALUE, (int) (byte) random.nextInt())));
        insert.setObject(4, orNull(oneOf(Short.MIN_VALUE, Short.MAX_VALUE, (int) (short) random.nextInt())));
        insert.setObject(5, orNull(oneOf(Integer.MIN_VALUE, Integer.MAX_VALUE, random.nextInt())));
        insert.setObject(6, orNull(oneOf(Long.MIN_VALUE, Long.MAX_VALUE, random.nextLong())));
        insert.setObject(7, orNull(real()));
        insert.setObject(8, orNull(number()));
        insert.setObject(9, orNull(BigDecimal.valueOf(random.nextLong() % 1_000_000_000L, 2)));
        insert.setObject(10, orNull(new BigDecimal(new BigInteger(120, random).negate(), 10)));
        insert.setObject(11, orNull(oneOf("", "ab", "é\"")));
        insert.setObject(12, orNull(text()));
        insert.setObject(13, orNull(oneOf("", ",\n\"", "\uD83D\uDE00é")));
        insert.setObject(14, orNull(bytes()));
        insert.setObject(15, orNull(LocalDate.ofEpochDay(random.nextInt(3_600_000) - 719_162)));
        insert.setObject(16, orNull(LocalTime.ofNanoOfDay(random.nextLong(86_400_000_000L) * 1_000)));
        insert.setObject(17, orNull(time()));
        insert.setObject(
                18, orNull(time().withNano(random.nextInt(1_000) * 1_000_000).atOffset(ZoneOffset.UTC)));
    }

    private <T> @Nullable T orNull(T value) {
        return random.nextInt(8) == 0 ? null : value;
    }

    @SafeVarargs
    private <T> T oneOf(T... values) {
        return values[random.nextInt(values.length)];
    }

    private Float real() {
        return oneOf(0f, -0f, Float.MIN_VALUE, Float.MAX_VALUE, Float.NaN, Float.NEGATIVE_INFINITY, random.nextFloat());
    }

    private Double number() {
        return oneOf(
                0.0,
                -0.0,
                Double.MIN_VALUE,
                -Double.MAX_VALUE,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                random.nextGaussian() * 1e9,
                1e15);
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()))
                + (random.nextInt(3) == 0 ? TEXTS.get(random.nextInt(TEXTS.size())) : "");
    }

    private byte[] bytes() {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return bytes;
    }

    private LocalDateTime time() {
        return LocalDateTime.ofEpochSecond(
                random.nextLong(315_000_000_000L) - 62_000_000_000L, random.nextInt(1_000_000) * 1_000, ZoneOffset.UTC);
    }

    private void insertNested(Connection connection, String stream, int from) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO " + stream + " (id, list, texts, dict, pair) VALUES"
                    + " (" + from
                    + ", ARRAY[1, NULL, -2147483648], ARRAY['', NULL, 'a,\"b\"'], MAP['k', 1.5e0, '', NULL],"
                    + " ROW('x', 1.125)),"
                    + " (" + (from + 1) + ", CAST(ARRAY[] AS INTEGER ARRAY), NULL, MAP['\"', 0e0], NULL),"
                    + " (" + (from + 2) + ", NULL, ARRAY['\n'], NULL, ROW(NULL, NULL))");
        }
    }
}
