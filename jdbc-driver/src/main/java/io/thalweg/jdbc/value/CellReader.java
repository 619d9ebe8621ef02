package io.thalweg.jdbc.value;

import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.nested.NestedText;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;

/**
 * Reads the cells of one row as Java values. Columns count from 0. Every method but {@link #isNull} wants a cell that is
 * not NULL; what cannot be converted is a {@link ThalwegException} of class 22. Primitive values of matching type are read
 * straight from the column's array. One owner thread.
 */
public final class CellReader {
    private static final BigDecimal LEAST_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal GREATEST_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

    private final RowType rowType;
    private final SqlType[] types;
    private DeltaBatch batch;
    private int row;

    public CellReader(RowType rowType) {
        this.rowType = rowType;
        this.types = rowType.types().toArray(new SqlType[0]);
        this.batch = new DeltaBatchBuilder(rowType).build();
    }

    /** Turns to a row of a batch of this row type. */
    public void moveTo(DeltaBatch newBatch, int newRow) {
        batch = newBatch;
        row = newRow;
    }

    public boolean isNull(int column) {
        return types[column].name() == TypeName.NULL || batch.column(column).isNull(row);
    }

    /** A whole number; fractions are cut off. */
    public long longValue(int column) {
        SqlType type = types[column];
        return switch (type.name()) {
            case BIGINT -> batch.longColumn(column).value(row);
            case BOOLEAN, TINYINT, SMALLINT, INTEGER -> batch.intColumn(column).value(row);
            case REAL, DOUBLE -> longOf(batch.doubleColumn(column).value(row));
            case DECIMAL, CHAR, VARCHAR -> longOf(decimalValue(column));
            default -> throw cannotRead(column, "a number");
        };
    }

    /** A whole number between two bounds. */
    public long longValue(int column, long least, long greatest) {
        long value = longValue(column);
        if (value < least || value > greatest) {
            throw outOfRange(column, String.valueOf(value));
        }
        return value;
    }

    public double doubleValue(int column) {
        return switch (types[column].name()) {
            case REAL, DOUBLE -> batch.doubleColumn(column).value(row);
            case BIGINT -> batch.longColumn(column).value(row);
            case BOOLEAN, TINYINT, SMALLINT, INTEGER -> batch.intColumn(column).value(row);
            case DECIMAL -> decimalValue(column).doubleValue();
            case CHAR, VARCHAR -> TextParser.floating(text(column));
            default -> throw cannotRead(column, "a number");
        };
    }

    public BigDecimal decimalValue(int column) {
        SqlType type = types[column];
        return switch (type.name()) {
            case DECIMAL ->
                type.precision() > SqlType.MAX_LONG_DECIMAL_PRECISION
                        ? new BigDecimal(
                                batch.decimal128Column(column).value(row).toBigInteger(), type.scale())
                        : BigDecimal.valueOf(batch.longColumn(column).value(row), type.scale());
            case BIGINT -> BigDecimal.valueOf(batch.longColumn(column).value(row));
            case BOOLEAN, TINYINT, SMALLINT, INTEGER ->
                BigDecimal.valueOf(batch.intColumn(column).value(row));
            case REAL -> finite(column, Float.toString((float) doubleValue(column)));
            case DOUBLE -> finite(column, Double.toString(doubleValue(column)));
            case CHAR, VARCHAR -> TextParser.decimal(text(column));
            default -> throw cannotRead(column, "a number");
        };
    }

    public BigInteger integerValue(int column) {
        return decimalValue(column).setScale(0, RoundingMode.DOWN).unscaledValue();
    }

    public boolean booleanValue(int column) {
        return switch (types[column].name()) {
            case BOOLEAN, TINYINT, SMALLINT, INTEGER -> batch.intColumn(column).value(row) != 0;
            case BIGINT -> batch.longColumn(column).value(row) != 0;
            case REAL, DOUBLE -> batch.doubleColumn(column).value(row) != 0;
            case DECIMAL -> decimalValue(column).signum() != 0;
            case CHAR, VARCHAR -> TextParser.truth(text(column));
            default -> throw cannotRead(column, "a truth value");
        };
    }

    /** The value as text: that of a literal, and hexadecimal digits for bytes. */
    public String text(int column) {
        SqlType type = types[column];
        return switch (type.name()) {
            case CHAR, VARCHAR -> batch.bytesColumn(column).text(row);
            case BOOLEAN -> batch.intColumn(column).value(row) != 0 ? "true" : "false";
            case TINYINT, SMALLINT, INTEGER ->
                Integer.toString(batch.intColumn(column).value(row));
            case BIGINT -> Long.toString(batch.longColumn(column).value(row));
            case REAL -> Float.toString((float) batch.doubleColumn(column).value(row));
            case DOUBLE -> Double.toString(batch.doubleColumn(column).value(row));
            case DECIMAL -> decimalValue(column).toPlainString();
            case VARBINARY -> ValueText.hexadecimal(bytes(column));
            case DATE -> ValueText.date(batch.intColumn(column).value(row));
            case TIME -> ValueText.time(batch.longColumn(column).value(row), type.precision());
            case TIMESTAMP -> ValueText.timestamp(batch.longColumn(column).value(row), type.precision());
            case TIMESTAMP_LTZ -> ValueText.instant(batch.longColumn(column).value(row), type.precision());
            case INTERVAL_MONTHS -> ValueText.months(batch.intColumn(column).value(row));
            case INTERVAL_MICROS -> ValueText.interval(batch.longColumn(column).value(row));
            case ARRAY, MAP, ROW -> {
                BytesColumn bytes = batch.bytesColumn(column);
                yield NestedText.format(type, bytes.data(), bytes.start(row));
            }
            case NULL -> throw cannotRead(column, "text");
        };
    }

    /** A copy of binary values, and the UTF-8 bytes of text. */
    public byte[] bytes(int column) {
        if (batch.column(column) instanceof BytesColumn bytes) {
            return bytes.bytes(row);
        }
        throw cannotRead(column, "bytes");
    }

    public LocalDate date(int column) {
        return switch (types[column].name()) {
            case DATE -> LocalDate.ofEpochDay(batch.intColumn(column).value(row));
            case TIMESTAMP, TIMESTAMP_LTZ -> timestamp(column).toLocalDate();
            case CHAR, VARCHAR -> TextParser.date(text(column));
            default -> throw cannotRead(column, "a date");
        };
    }

    public LocalTime time(int column) {
        return switch (types[column].name()) {
            case TIME -> Micros.toTime(batch.longColumn(column).value(row));
            case TIMESTAMP, TIMESTAMP_LTZ -> timestamp(column).toLocalTime();
            case CHAR, VARCHAR -> TextParser.time(text(column));
            default -> throw cannotRead(column, "a time");
        };
    }

    /** A date and time without time zone; a point in time is taken in UTC. */
    public LocalDateTime timestamp(int column) {
        return switch (types[column].name()) {
            case TIMESTAMP, TIMESTAMP_LTZ ->
                Micros.toTimestamp(batch.longColumn(column).value(row));
            case DATE -> date(column).atStartOfDay();
            case TIME -> time(column).atDate(LocalDate.EPOCH);
            case CHAR, VARCHAR -> TextParser.timestamp(text(column));
            default -> throw cannotRead(column, "a timestamp");
        };
    }

    /** Whether the cell is a point in time, which needs no time zone to be told. */
    public boolean isPointInTime(int column) {
        return types[column].name() == TypeName.TIMESTAMP_LTZ;
    }

    /** A point in time; a date and time without time zone is taken in UTC. */
    public Instant instant(int column) {
        return switch (types[column].name()) {
            case TIMESTAMP_LTZ -> Micros.toInstant(batch.longColumn(column).value(row));
            case CHAR, VARCHAR -> TextParser.instant(text(column));
            default -> timestamp(column).toInstant(ZoneOffset.UTC);
        };
    }

    public Period months(int column) {
        if (types[column].name() != TypeName.INTERVAL_MONTHS) {
            throw cannotRead(column, "an interval of months");
        }
        return Period.ofMonths(batch.intColumn(column).value(row)).normalized();
    }

    public Duration duration(int column) {
        if (types[column].name() != TypeName.INTERVAL_MICROS) {
            throw cannotRead(column, "an interval of days and seconds");
        }
        long micros = batch.longColumn(column).value(row);
        return Duration.ofSeconds(
                Math.floorDiv(micros, Micros.PER_SECOND), Math.floorMod(micros, Micros.PER_SECOND) * 1_000);
    }

    /** The UTF-8 bytes of a value as text, for a stream of characters. */
    public byte[] textBytes(int column) {
        return types[column].name().isText() ? bytes(column) : text(column).getBytes(StandardCharsets.UTF_8);
    }

    private BigDecimal finite(int column, String number) {
        try {
            return new BigDecimal(number);
        } catch (NumberFormatException e) {
            throw outOfRange(column, number);
        }
    }

    private static long longOf(double value) {
        // The upper bound is 2^63, the first double that is too large.
        if (!(value >= -0x1p63 && value < 0x1p63)) {
            throw new ThalwegException(
                    ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "value " + value + " is out of range for a whole number");
        }
        return (long) value;
    }

    private static long longOf(BigDecimal value) {
        BigDecimal whole = value.setScale(0, RoundingMode.DOWN);
        if (whole.compareTo(LEAST_LONG) < 0 || whole.compareTo(GREATEST_LONG) > 0) {
            throw new ThalwegException(
                    ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                    "value " + value.toPlainString() + " is out of range for a whole number");
        }
        return whole.longValue();
    }

    private ThalwegException outOfRange(int column, String value) {
        return new ThalwegException(
                ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                "value " + value + " of column '" + rowType.name(column) + "' is out of range for what was asked for");
    }

    private ThalwegException cannotRead(int column, String wanted) {
        return new ThalwegException(
                ErrorCode.CAST_FAILURE,
                "column '" + rowType.name(column) + "' of type " + types[column].sqlText() + " cannot be read as "
                        + wanted);
    }
}
