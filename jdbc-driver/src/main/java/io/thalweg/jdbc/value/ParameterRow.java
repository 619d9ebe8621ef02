package io.thalweg.jdbc.value;

import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.Int128;
import io.thalweg.model.type.SqlType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;

/**
 * The values of a statement's parameters, each converted when it is set to the type that the server told, so that a batch
 * costs no object a number. Values stay until they are set anew. Parameters count from 0. One owner thread.
 */
public final class ParameterRow {
    private static final byte UNSET = 0;
    private static final byte NULL = 1;
    private static final byte VALUE = 2;

    private final SqlType[] types;
    private final byte[] states;
    private final long[] longs;
    private final long[] highs;
    private final double[] doubles;
    private final byte[][] bytes;

    public ParameterRow(List<SqlType> types) {
        this.types = types.toArray(new SqlType[0]);
        this.states = new byte[this.types.length];
        this.longs = new long[this.types.length];
        this.highs = new long[this.types.length];
        this.doubles = new double[this.types.length];
        this.bytes = new byte[this.types.length][];
        Arrays.fill(bytes, new byte[0]);
    }

    public int size() {
        return types.length;
    }

    public SqlType type(int parameter) {
        return types[parameter];
    }

    /** Forgets all values. */
    public void clear() {
        Arrays.fill(states, UNSET);
        Arrays.fill(bytes, new byte[0]);
    }

    public void setNull(int parameter) {
        states[parameter] = NULL;
    }

    public void setLong(int parameter, long value) {
        switch (types[parameter].name()) {
            case TINYINT -> putLong(parameter, checked(parameter, value, Byte.MIN_VALUE, Byte.MAX_VALUE));
            case SMALLINT -> putLong(parameter, checked(parameter, value, Short.MIN_VALUE, Short.MAX_VALUE));
            case INTEGER -> putLong(parameter, checked(parameter, value, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case BIGINT -> putLong(parameter, value);
            case BOOLEAN -> putLong(parameter, value != 0 ? 1 : 0);
            case REAL -> putDouble(parameter, (float) value);
            case DOUBLE -> putDouble(parameter, value);
            case DECIMAL -> setDecimal(parameter, BigDecimal.valueOf(value));
            case CHAR, VARCHAR -> putText(parameter, Long.toString(value));
            default -> throw cannotSet(parameter, "a whole number");
        }
    }

    public void setDouble(int parameter, double value) {
        switch (types[parameter].name()) {
            case REAL -> putDouble(parameter, (float) value);
            case DOUBLE -> putDouble(parameter, value);
            case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL -> setDecimal(parameter, decimalOf(parameter, value));
            case BOOLEAN -> putLong(parameter, value != 0 ? 1 : 0);
            case CHAR, VARCHAR -> putText(parameter, Double.toString(value));
            default -> throw cannotSet(parameter, "a floating-point number");
        }
    }

    /** A number; digits beyond the scale of the parameter are rounded half up, as CAST does. */
    public void setDecimal(int parameter, BigDecimal value) {
        SqlType type = types[parameter];
        switch (type.name()) {
            case DECIMAL -> putDecimal(parameter, type, value);
            case TINYINT, SMALLINT, INTEGER, BIGINT -> setLong(parameter, wholeOf(parameter, value));
            case REAL, DOUBLE -> setDouble(parameter, value.doubleValue());
            case BOOLEAN -> putLong(parameter, value.signum() != 0 ? 1 : 0);
            case CHAR, VARCHAR -> putText(parameter, value.toPlainString());
            default -> throw cannotSet(parameter, "a number");
        }
    }

    public void setBoolean(int parameter, boolean value) {
        if (types[parameter].name().isText()) {
            putText(parameter, Boolean.toString(value));
        } else {
            setLong(parameter, value ? 1 : 0);
        }
    }

    public void setText(int parameter, String value) {
        switch (types[parameter].name()) {
            case CHAR, VARCHAR, VARBINARY -> putText(parameter, value);
            case BOOLEAN -> setBoolean(parameter, TextParser.truth(value));
            case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL -> setDecimal(parameter, TextParser.decimal(value));
            case REAL, DOUBLE -> setDouble(parameter, TextParser.floating(value));
            case DATE -> setDate(parameter, TextParser.date(value));
            case TIME -> setTime(parameter, TextParser.time(value));
            case TIMESTAMP -> setTimestamp(parameter, TextParser.timestamp(value));
            case TIMESTAMP_LTZ -> setInstant(parameter, TextParser.instant(value));
            default -> throw cannotSet(parameter, "text");
        }
    }

    /** Binary data, of which the array must not be written any more. */
    public void setBytes(int parameter, byte[] value) {
        switch (types[parameter].name()) {
            case VARBINARY, CHAR, VARCHAR -> {
                bytes[parameter] = value;
                states[parameter] = VALUE;
            }
            default -> throw cannotSet(parameter, "bytes");
        }
    }

    /** An ARRAY, MAP or ROW as an object: a JDBC array or struct, a collection, an array or a map. */
    public void setNested(int parameter, Object value) {
        byte[] nested = types[parameter].name().isNested() ? NestedParameters.bytes(types[parameter], value) : null;
        if (nested == null) {
            throw cannotSet(parameter, "an object of class " + value.getClass().getName());
        }
        bytes[parameter] = nested;
        states[parameter] = VALUE;
    }

    public void setDate(int parameter, LocalDate value) {
        switch (types[parameter].name()) {
            case DATE ->
                putLong(parameter, checked(parameter, value.toEpochDay(), Integer.MIN_VALUE, Integer.MAX_VALUE));
            case TIMESTAMP, TIMESTAMP_LTZ -> setTimestamp(parameter, value.atStartOfDay());
            case CHAR, VARCHAR -> putText(parameter, value.toString());
            default -> throw cannotSet(parameter, "a date");
        }
    }

    public void setTime(int parameter, LocalTime value) {
        SqlType type = types[parameter];
        switch (type.name()) {
            case TIME -> putLong(parameter, Micros.truncate(Micros.of(value), type.precision()));
            case CHAR, VARCHAR -> putText(parameter, value.toString());
            default -> throw cannotSet(parameter, "a time");
        }
    }

    /** A date and time without time zone; for a point in time it is taken in UTC. */
    public void setTimestamp(int parameter, LocalDateTime value) {
        SqlType type = types[parameter];
        switch (type.name()) {
            case TIMESTAMP, TIMESTAMP_LTZ -> putLong(parameter, Micros.truncate(Micros.of(value), type.precision()));
            case DATE -> setDate(parameter, value.toLocalDate());
            case TIME -> setTime(parameter, value.toLocalTime());
            case CHAR, VARCHAR -> putText(parameter, ValueText.timestamp(Micros.of(value), 6));
            default -> throw cannotSet(parameter, "a timestamp");
        }
    }

    /** A point in time; for a date and time without time zone it is told in UTC. */
    public void setInstant(int parameter, Instant value) {
        SqlType type = types[parameter];
        switch (type.name()) {
            case TIMESTAMP_LTZ -> putLong(parameter, Micros.truncate(Micros.of(value), type.precision()));
            case CHAR, VARCHAR -> putText(parameter, value.toString());
            default -> setTimestamp(parameter, LocalDateTime.ofInstant(value, ZoneOffset.UTC));
        }
    }

    /** Appends the values as one row; throws PARAMETER_MISMATCH if a parameter has none. */
    public void appendTo(DeltaBatchBuilder builder) {
        for (int i = 0; i < types.length; i++) {
            if (states[i] == UNSET) {
                throw new ThalwegException(ErrorCode.PARAMETER_MISMATCH, "no value was set for parameter " + (i + 1));
            }
        }
        for (int i = 0; i < types.length; i++) {
            append(builder.column(i), i);
        }
        builder.endRow();
    }

    private void append(ColumnBuilder column, int parameter) {
        if (states[parameter] == NULL) {
            column.appendNull();
            return;
        }
        switch (column.kind()) {
            case INT -> column.appendInt((int) longs[parameter]);
            case LONG -> column.appendLong(longs[parameter]);
            case DOUBLE -> column.appendDouble(doubles[parameter]);
            case DECIMAL128 -> column.appendDecimal128(highs[parameter], longs[parameter]);
            case BYTES -> column.appendBytes(bytes[parameter], 0, bytes[parameter].length);
        }
    }

    private void putLong(int parameter, long value) {
        longs[parameter] = value;
        states[parameter] = VALUE;
    }

    private void putDouble(int parameter, double value) {
        doubles[parameter] = value;
        states[parameter] = VALUE;
    }

    private void putText(int parameter, String value) {
        bytes[parameter] = value.getBytes(StandardCharsets.UTF_8);
        states[parameter] = VALUE;
    }

    private void putDecimal(int parameter, SqlType type, BigDecimal value) {
        if ((long) value.precision() - value.scale() > type.precision() - type.scale()) {
            throw outOfRange(parameter, value.toString());
        }
        BigDecimal scaled = value.setScale(type.scale(), RoundingMode.HALF_UP);
        if (scaled.precision() > type.precision()) {
            throw outOfRange(parameter, value.toPlainString());
        }
        Int128 unscaled = Int128.of(scaled.unscaledValue());
        highs[parameter] = unscaled.high();
        putLong(parameter, unscaled.low());
    }

    private BigDecimal decimalOf(int parameter, double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw outOfRange(parameter, Double.toString(value));
        }
        return BigDecimal.valueOf(value);
    }

    private long wholeOf(int parameter, BigDecimal value) {
        try {
            return value.setScale(0, RoundingMode.HALF_UP).longValueExact();
        } catch (ArithmeticException e) {
            throw outOfRange(parameter, value.toPlainString());
        }
    }

    private long checked(int parameter, long value, long least, long greatest) {
        if (value < least || value > greatest) {
            throw outOfRange(parameter, Long.toString(value));
        }
        return value;
    }

    private ThalwegException outOfRange(int parameter, String value) {
        return new ThalwegException(
                ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                "value " + value + " is out of range for parameter " + (parameter + 1) + " of type "
                        + types[parameter].sqlText());
    }

    private ThalwegException cannotSet(int parameter, String given) {
        return new ThalwegException(
                ErrorCode.DATATYPE_MISMATCH,
                "parameter " + (parameter + 1) + " of type " + types[parameter].sqlText() + " cannot be set to "
                        + given);
    }
}
