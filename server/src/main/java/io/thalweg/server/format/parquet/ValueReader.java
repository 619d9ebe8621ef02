package io.thalweg.server.format.parquet;

import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.runtime.expression.function.DateTimeText;
import io.thalweg.runtime.expression.function.NumberText;
import io.thalweg.runtime.expression.function.Slice;
import io.thalweg.server.format.CellDecoder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Appends the values of one column of a file to a column of ours. Where both are stored in the same way a value is taken as
 * it is, otherwise by way of its text, as a cast would. One owner thread.
 */
final class ValueReader {
    private static final long MIN_DAY = -719_162;
    private static final long MAX_DAY = 2_932_896;
    private static final long MICROS_PER_DAY = TimeUnit.DAYS.toMicros(1);
    private static final long JULIAN_EPOCH_DAY = 2_440_588;

    private final FileColumn source;
    private final PrimitiveTypeName stored;
    private final SqlType target;
    private final CellDecoder decoder;
    private final long targetUnit;
    private final Slice text = new Slice();

    ValueReader(FileColumn source, SqlType target) {
        this.source = source;
        this.stored = source.type().orElseThrow().getPrimitiveTypeName();
        this.target = target;
        this.decoder = new CellDecoder(target);
        this.targetUnit = target.name().isTimestamp() || target.name() == TypeName.TIME
                ? (long) Math.pow(10, SqlType.MAX_TIME_PRECISION - target.precision())
                : 1;
    }

    /** Appends the value at which the reader stands, which is not NULL. */
    void append(ColumnReader reader, ColumnBuilder column) {
        switch (source.meaning()) {
            case NUMBER -> appendNumber(reader, column);
            case UNSIGNED ->
                appendText(
                        stored == PrimitiveTypeName.INT32
                                ? Integer.toUnsignedString(reader.getInteger())
                                : Long.toUnsignedString(reader.getLong()),
                        column);
            case DECIMAL -> appendText(new BigDecimal(unscaled(reader), source.scale()).toPlainString(), column);
            case DATE -> appendDate(reader.getInteger(), column);
            case TIME -> appendTime(micros(integer(reader)), column);
            case TIMESTAMP ->
                appendTimestamp(
                        stored == PrimitiveTypeName.INT96 ? legacyMicros(reader) : micros(integer(reader)), column);
            case TEXT, BYTES -> appendBytes(reader.getBinary().toByteBuffer(), column);
        }
    }

    private long integer(ColumnReader reader) {
        return stored == PrimitiveTypeName.INT32 ? reader.getInteger() : reader.getLong();
    }

    private void appendNumber(ColumnReader reader, ColumnBuilder column) {
        switch (stored) {
            case BOOLEAN -> {
                if (target.name() == TypeName.BOOLEAN) {
                    column.appendBoolean(reader.getBoolean());
                } else {
                    appendText(String.valueOf(reader.getBoolean()), column);
                }
            }
            case FLOAT, DOUBLE ->
                appendFloating(stored == PrimitiveTypeName.FLOAT ? reader.getFloat() : reader.getDouble(), column);
            default -> appendInteger(integer(reader), column);
        }
    }

    private void appendInteger(long value, ColumnBuilder column) {
        if (target.name() == TypeName.BIGINT) {
            column.appendLong(value);
        } else if (target.name() == TypeName.INTEGER && value == (int) value) {
            column.appendInt((int) value);
        } else {
            NumberText.print(value, text);
            decoder.append(text, column);
        }
    }

    private void appendFloating(double value, ColumnBuilder column) {
        if (target.name() == TypeName.DOUBLE || target.name() == TypeName.REAL && stored == PrimitiveTypeName.FLOAT) {
            column.appendDouble(value);
        } else {
            appendText(
                    stored == PrimitiveTypeName.FLOAT ? Float.toString((float) value) : Double.toString(value), column);
        }
    }

    private BigInteger unscaled(ColumnReader reader) {
        return stored == PrimitiveTypeName.INT32 || stored == PrimitiveTypeName.INT64
                ? BigInteger.valueOf(integer(reader))
                : new BigInteger(reader.getBinary().getBytes());
    }

    private void appendText(String value, ColumnBuilder column) {
        text.setText(value);
        decoder.append(text, column);
    }

    private void appendDate(int day, ColumnBuilder column) {
        requireYear(day);
        if (target.name() == TypeName.DATE) {
            column.appendInt(day);
        } else {
            DateTimeText.printDate(day, text);
            decoder.append(text, column);
        }
    }

    private static void requireYear(long day) {
        if (day < MIN_DAY || day > MAX_DAY) {
            throw new ThalwegException(ErrorCode.DATETIME_OVERFLOW, "the date is outside the years 0001 to 9999");
        }
    }

    private long micros(long value) {
        return source.nanosPerUnit() == 1
                ? Math.floorDiv(value, 1_000L)
                : saturated(value, source.nanosPerUnit() / 1_000);
    }

    /** A product that stays beyond every date if it is too large. */
    private static long saturated(long value, int factor) {
        long high = Math.multiplyHigh(value, factor);
        long low = value * factor;
        return high == low >> 63 ? low : value < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    /** Nanoseconds of a day and the number of the day: how files were written before there were types of time. */
    private static long legacyMicros(ColumnReader reader) {
        ByteBuffer bytes = reader.getBinary().toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        int at = bytes.position();
        long nanos = bytes.getLong(at);
        long day = (bytes.getInt(at + Long.BYTES) & 0xFFFF_FFFFL) - JULIAN_EPOCH_DAY;
        return saturated(day, 1) * MICROS_PER_DAY + Math.floorDiv(nanos, 1_000L);
    }

    private void appendTime(long micros, ColumnBuilder column) {
        if (micros < 0 || micros >= MICROS_PER_DAY) {
            throw new ThalwegException(ErrorCode.DATETIME_OVERFLOW, "the time is none of a day");
        }
        if (target.name() == TypeName.TIME) {
            column.appendLong(micros - micros % targetUnit);
        } else {
            DateTimeText.printTime(micros, SqlType.MAX_TIME_PRECISION, text);
            decoder.append(text, column);
        }
    }

    private void appendTimestamp(long micros, ColumnBuilder column) {
        requireYear(Math.floorDiv(micros, MICROS_PER_DAY));
        if (target.name().isTimestamp()) {
            column.appendLong(micros - Math.floorMod(micros, targetUnit));
        } else {
            DateTimeText.printTimestamp(micros, SqlType.MAX_TIME_PRECISION, text);
            decoder.append(text, column);
        }
    }

    private void appendBytes(ByteBuffer bytes, ColumnBuilder column) {
        if (bytes.hasArray()) {
            text.set(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        } else {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            text.set(copy, 0, copy.length);
        }
        if (target.name() != TypeName.VARBINARY) {
            decoder.append(text, column);
        } else if (target.precision() != SqlType.UNLIMITED && text.length > target.precision()) {
            throw new ThalwegException(
                    ErrorCode.STRING_TOO_LONG,
                    "the value has " + text.length + " bytes, too many for " + target.sqlText());
        } else {
            column.appendBytes(text.data, text.start, text.length);
        }
    }
}
