package io.thalweg.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.jdbc.client.Deadline;
import io.thalweg.jdbc.client.FixedRows;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.time.Clock;
import io.thalweg.model.time.SystemClock;
import io.thalweg.model.type.Int128;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.util.Calendar;
import java.util.HexFormat;
import java.util.TimeZone;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConversionTest {
    private static final RowType TYPE = RowType.of(
            "flag", SqlType.BOOLEAN,
            "tiny", SqlType.TINYINT,
            "number", SqlType.INTEGER.notNull(),
            "big", SqlType.BIGINT,
            "ratio", SqlType.REAL,
            "weight", SqlType.DOUBLE,
            "price", SqlType.decimal(12, 2),
            "wide", SqlType.decimal(38, 10),
            "text", SqlType.VARCHAR,
            "bytes", SqlType.VARBINARY,
            "day", SqlType.DATE,
            "clock", SqlType.time(3),
            "local", SqlType.timestamp(6),
            "point", SqlType.timestampLtz(3),
            "months", SqlType.INTERVAL_MONTHS,
            "span", SqlType.INTERVAL_MICROS,
            "nothing", SqlType.NULL,
            "Big", SqlType.VARCHAR);

    private ResultSet rows;

    @BeforeEach
    void oneRowOfEachType() throws SQLException {
        long micros = LocalDateTime.parse("2026-03-29T02:30:00").toEpochSecond(java.time.ZoneOffset.UTC) * 1_000_000;
        DeltaBatchBuilder builder = new DeltaBatchBuilder(TYPE);
        builder.column(0).appendBoolean(true);
        builder.column(1).appendInt(-5);
        builder.column(2).appendInt(300);
        builder.column(3).appendLong(5_000_000_000L);
        builder.column(4).appendDouble(0.1f);
        builder.column(5).appendDouble(2.75);
        builder.column(6).appendLong(-12345);
        builder.column(7).appendDecimal128(Int128.of(new BigInteger("-123456789012345678901234567890")));
        builder.column(8).appendText("42");
        builder.column(9).appendBytes(new byte[] {1, (byte) 0xAB}, 0, 2);
        builder.column(10).appendInt(-1);
        builder.column(11).appendLong(86_399_999_000L);
        builder.column(12).appendLong(micros + 1);
        builder.column(13).appendLong(micros);
        builder.column(14).appendInt(-14);
        builder.column(15).appendLong(-90_061_000_001L);
        builder.column(16).appendNull();
        builder.column(17).appendText("upper");
        builder.endRow();
        Clock clock = new SystemClock();
        rows = new ThalwegResultSet(
                null,
                new FixedRows(TYPE, builder.build()),
                clock,
                new ThalwegResultSet.RowLimits(0, 0, Deadline.after(clock, 0), 0, 0));
        assertTrue(rows.next());
    }

    @Test
    void everyTypeIsReadAsText() throws SQLException {
        String[] expected = {
            "true",
            "-5",
            "300",
            "5000000000",
            "0.1",
            "2.75",
            "-123.45",
            "-12345678901234567890.1234567890",
            "42",
            "01ab",
            "1969-12-31",
            "23:59:59.999",
            "2026-03-29 02:30:00.000001",
            "2026-03-29 02:30:00.000Z",
            "-1-2",
            "-1 01:01:01.000001",
            null,
            "upper",
        };
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], rows.getString(i + 1));
        }
    }

    @Test
    void everyTypeIsReadAsTheObjectThatItsMetaDataTell() throws SQLException {
        ResultSetMetaData metaData = rows.getMetaData();
        for (int i = 1; i <= metaData.getColumnCount(); i++) {
            Object value = rows.getObject(i);
            if (value != null) {
                assertEquals(metaData.getColumnClassName(i), value.getClass().getName());
            }
        }
    }

    @Test
    void numbersAreReadAsNumbers() throws SQLException {
        assertEquals(1, rows.getInt("flag"));
        assertEquals(-5, rows.getByte("tiny"));
        assertEquals(300, rows.getShort("number"));
        assertEquals(5_000_000_000L, rows.getLong("big"));
        assertEquals(0.1f, rows.getFloat("ratio"));
        assertEquals(0.1f, rows.getDouble("ratio"));
        assertEquals(2, rows.getLong("weight"));
        assertEquals(-123, rows.getInt("price"));
        assertEquals(-123.45, rows.getDouble("price"));
        assertEquals(new BigDecimal("-123.45"), rows.getBigDecimal("price"));
        assertEquals(new BigDecimal("0.1"), rows.getBigDecimal("ratio"));
        assertEquals(42, rows.getInt("text"));
        assertEquals(42.0, rows.getDouble("text"));
        assertEquals(new BigInteger("-12345678901234567890"), rows.getObject("wide", BigInteger.class));
        assertTrue(rows.getBoolean("number"));
    }

    @Test
    void numbersOutOfRangeAreErrors() {
        assertFailure(
                "22003",
                "value 300 of column 'number' is out of range for what was asked for",
                () -> rows.getByte("number"));
        assertFailure(
                "22003",
                "value 5000000000 of column 'big' is out of range for what was asked for",
                () -> rows.getInt("big"));
        assertFailure(
                "22003",
                "value -12345678901234567890.1234567890 is out of range for a whole number",
                () -> rows.getLong("wide"));
    }

    @Test
    void senselessConversionsAreErrors() {
        assertFailure("22018", "column 'day' of type DATE cannot be read as a number", () -> rows.getInt("day"));
        assertFailure("22018", "column 'big' of type BIGINT cannot be read as a date", () -> rows.getDate("big"));
        assertFailure("22018", "column 'big' of type BIGINT cannot be read as bytes", () -> rows.getBytes("big"));
        assertFailure("22018", "text 'upper' is not a number", () -> rows.getLong("Big"));
        assertFailure("0A000", null, () -> rows.getObject("text", Thread.class));
        assertFailure("0A000", null, () -> rows.getBlob("bytes"));
    }

    @Test
    void nullIsNullOrZero() throws SQLException {
        assertNull(rows.getString("nothing"));
        assertTrue(rows.wasNull());
        assertEquals(0, rows.getInt("nothing"));
        assertFalse(rows.getBoolean("nothing"));
        assertNull(rows.getTimestamp("nothing"));
        assertNull(rows.getObject("nothing", LocalDate.class));
        rows.getInt("number");
        assertFalse(rows.wasNull());
    }

    @Test
    void timesAreReadAsJavaTime() throws SQLException {
        assertEquals(LocalDate.parse("1969-12-31"), rows.getObject("day", LocalDate.class));
        assertEquals(LocalDateTime.parse("2026-03-29T02:30:00.000001"), rows.getObject("local", LocalDateTime.class));
        assertEquals(Instant.parse("2026-03-29T02:30:00Z"), rows.getObject("point", Instant.class));
        assertEquals(OffsetDateTime.parse("2026-03-29T02:30:00Z"), rows.getObject("point"));
        assertEquals(Period.of(-1, -2, 0), rows.getObject("months"));
        assertEquals(Duration.parse("PT-25H-1M-1.000001S"), rows.getObject("span"));
        assertEquals(Timestamp.from(Instant.parse("2026-03-29T02:30:00Z")), rows.getTimestamp("point"));
    }

    @Test
    void javaSqlTimesAreInTheZoneOfTheCalendar() throws SQLException {
        Calendar tokyo = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"));
        long before = tokyo.getTimeInMillis();
        Timestamp local = rows.getTimestamp("local", tokyo);
        assertEquals(Instant.parse("2026-03-28T17:30:00.000001Z"), local.toInstant());
        assertEquals(
                Instant.parse("2026-03-29T02:30:00Z"),
                rows.getTimestamp("point", tokyo).toInstant());
        assertEquals(
                Instant.parse("1969-12-30T15:00:00Z").toEpochMilli(),
                rows.getDate("day", tokyo).getTime());
        assertEquals(53_999_999, rows.getTime("clock", tokyo).getTime());
        assertEquals(before, tokyo.getTimeInMillis());
    }

    @Test
    void bytesAndStreams() throws Exception {
        assertEquals("01ab", HexFormat.of().formatHex(rows.getBytes("bytes")));
        assertEquals("3432", HexFormat.of().formatHex(rows.getBytes("text")));
        assertEquals(2, rows.getBinaryStream("bytes").readAllBytes().length);
        assertEquals('4', rows.getCharacterStream("text").read());
        assertEquals("2", new String(rows.getAsciiStream("text").readAllBytes(), 1, 1, "US-ASCII"));
        assertFailure("22018", "text '42' is not a UUID", () -> rows.getObject("text", UUID.class));
    }

    @Test
    void columnsAreFoundWithoutRegardToCase() throws SQLException {
        assertEquals(4, rows.findColumn("big"));
        assertEquals(18, rows.findColumn("Big"));
        assertEquals(4, rows.findColumn("BIG"));
        assertFailure("42703", "result has no column 'none'", () -> rows.findColumn("none"));
        assertFailure("22023", "column 19 does not exist; there are 18", () -> rows.getInt(19));
    }

    @Test
    void metaDataTellTheTypes() throws SQLException {
        ResultSetMetaData metaData = rows.getMetaData();
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= metaData.getColumnCount(); i++) {
            text.append(metaData.getColumnLabel(i))
                    .append(' ')
                    .append(metaData.getColumnTypeName(i))
                    .append(' ')
                    .append(metaData.getColumnType(i))
                    .append(' ')
                    .append(metaData.getPrecision(i))
                    .append(' ')
                    .append(metaData.getScale(i))
                    .append(' ')
                    .append(metaData.getColumnDisplaySize(i))
                    .append(metaData.isNullable(i) == ResultSetMetaData.columnNoNulls ? " not null\n" : "\n");
        }
        assertEquals("""
                flag BOOLEAN 16 1 0 5
                tiny TINYINT -6 3 0 4
                number INTEGER 4 10 0 11 not null
                big BIGINT -5 19 0 20
                ratio REAL 7 7 0 15
                weight DOUBLE 8 15 0 25
                price DECIMAL 3 12 2 15
                wide DECIMAL 3 38 10 41
                text VARCHAR 12 2147483647 0 2147483647
                bytes VARBINARY -3 2147483647 0 2147483647
                day DATE 91 10 0 10
                clock TIME 92 12 3 12
                local TIMESTAMP 93 26 6 26
                point TIMESTAMP WITH LOCAL TIME ZONE 2014 24 3 24
                months INTERVAL YEAR TO MONTH 1111 12 0 12
                span INTERVAL DAY TO SECOND 1111 26 6 26
                nothing NULL 0 4 0 4
                Big VARCHAR 12 2147483647 0 2147483647
                """, text.toString());
    }

    private static void assertFailure(String state, String message, org.junit.jupiter.api.function.Executable action) {
        SQLException error = assertThrows(SQLException.class, action);
        assertEquals(state, error.getSQLState());
        if (message != null) {
            assertEquals(message, error.getMessage());
        }
    }
}
