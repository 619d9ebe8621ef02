package io.thalweg.tests.function;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Rows of arguments, extreme ones and random ones, the same for each database. */
final class FunctionArguments {
    /** The columns but the number of the row: whole numbers, small ones, exact ones, floating ones, texts, dates, times. */
    private static final String COLUMNS =
            "i INTEGER, j INTEGER, l BIGINT, m BIGINT, n INTEGER, o INTEGER, c DECIMAL(18, 4),"
                    + " f DOUBLE, g DOUBLE, t VARCHAR, u VARCHAR, p VARCHAR, d DATE, e DATE, x TIMESTAMP, y TIMESTAMP, b BOOLEAN";

    private static final List<Integer> INTEGERS =
            List.of(0, 1, -1, 2, 7, -7, 100, Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE + 1);
    private static final List<Long> LONGS =
            List.of(0L, 1L, -1L, 2L, 60L, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1);
    private static final List<Double> DOUBLES = List.of(
            0.0,
            -0.0,
            1.0,
            -1.0,
            0.5,
            -0.5,
            1.5,
            2.5,
            0.1,
            1e-300,
            4.9e-324,
            1.7976931348623157e308,
            1e17,
            -1e17,
            709.0);
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "abc",
            "ABC",
            "banana",
            " a b ",
            "Zürich",
            "straße",
            "e\u0301te\u0301",
            "😀x😀",
            "a.b.c",
            "a,b,,c",
            "%_",
            "it's",
            "x\ty",
            "1",
            "-12.50",
            "ﬁn",
            "Ωmega",
            "new york-city");
    private static final List<String> PARTS = List.of("", "a", "an", ".", ",", "b", "😀", "é", " ", "x", "ü", "abcd");
    private static final List<String> DATES = List.of(
            "0001-01-01",
            "9999-12-31",
            "1970-01-01",
            "1969-12-31",
            "2024-02-29",
            "2023-02-28",
            "2024-12-30",
            "2021-01-03",
            "1900-03-01",
            "2000-12-31",
            "2024-03-31");
    private static final List<String> TIMES = List.of(
            "0001-01-01T00:00:00",
            "9999-12-31T23:59:59.999999",
            "1970-01-01T00:00:00",
            "1969-12-31T23:59:59.999999",
            "2024-02-29T12:34:56.789012",
            "2024-03-31T02:30:00",
            "2024-10-27T02:30:00",
            "2000-01-01T00:00:00.000001");

    private final Random random;

    FunctionArguments(Random random) {
        this.random = random;
    }

    private <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** Now and then NULL. */
    private Object perhaps(Object value) {
        return random.nextInt(12) == 0 ? null : value;
    }

    private Object integer() {
        return random.nextInt(3) == 0
                ? random.nextInt()
                : random.nextInt(2) == 0 ? random.nextInt(200) - 100 : oneOf(INTEGERS);
    }

    private Object bigint() {
        return random.nextInt(3) == 0
                ? random.nextLong()
                : random.nextInt(2) == 0 ? random.nextInt(200) - 100L : oneOf(LONGS);
    }

    private Object floating() {
        return switch (random.nextInt(4)) {
            case 0 -> oneOf(DOUBLES);
            case 1 -> random.nextGaussian();
            case 2 -> (double) (random.nextInt(40) - 20);
            default -> Math.scalb(random.nextDouble() - 0.5, random.nextInt(60) - 30);
        };
    }

    private String text() {
        if (random.nextInt(3) > 0) {
            return oneOf(TEXTS);
        }
        StringBuilder text = new StringBuilder();
        for (int k = random.nextInt(12); k > 0; k--) {
            text.appendCodePoint("abcABC .,-ü1é😀".codePoints().toArray()[random.nextInt(14)]);
        }
        return text.toString();
    }

    private LocalDate date() {
        return random.nextInt(2) == 0
                ? LocalDate.parse(oneOf(DATES))
                : LocalDate.ofEpochDay(random.nextInt(60_000) - 20_000L);
    }

    private LocalDateTime time() {
        return random.nextInt(2) == 0
                ? LocalDateTime.parse(oneOf(TIMES))
                : LocalDate.ofEpochDay(random.nextInt(60_000) - 20_000L)
                        .atTime(
                                random.nextInt(24),
                                random.nextInt(60),
                                random.nextInt(60),
                                random.nextInt(1_000_000) * 1000);
    }

    private List<Object> row(int id) {
        List<Object> row = new ArrayList<>();
        row.add(id);
        for (Object value : new Object[] {
            integer(),
            integer(),
            bigint(),
            bigint(),
            random.nextInt(16) - 4,
            random.nextInt(8),
            decimal(),
            floating(),
            floating(),
            text(),
            text(),
            oneOf(PARTS),
            date(),
            date(),
            time(),
            time(),
            random.nextBoolean()
        }) {
            row.add(perhaps(value));
        }
        return row;
    }

    private BigDecimal decimal() {
        return random.nextInt(6) == 0
                ? new BigDecimal("99999999999999.9999")
                : BigDecimal.valueOf(random.nextInt(2_000_000) - 1_000_000L, random.nextInt(5));
    }

    List<List<Object>> rows(int count) {
        List<List<Object>> rows = new ArrayList<>();
        for (int id = 0; id < count; id++) {
            rows.add(row(id));
        }
        return rows;
    }

    /** Puts the rows into a new relation {@code args}. */
    static void load(Connection connection, String kind, List<List<Object>> rows) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE " + kind + " args (id INTEGER NOT NULL, " + COLUMNS + ")");
        }
        String places = "?, ".repeat(rows.get(0).size() - 1) + "?";
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO args VALUES (" + places + ")")) {
            for (List<Object> row : rows) {
                for (int i = 0; i < row.size(); i++) {
                    insert.setObject(i + 1, row.get(i));
                }
                insert.executeUpdate();
            }
        }
    }
}
