package io.thalweg.server.query;

import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.Decimal128Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.delta.DoubleColumn;
import io.thalweg.model.delta.IntColumn;
import io.thalweg.model.delta.LongColumn;
import io.thalweg.model.delta.NestedCells;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.Int128;
import io.thalweg.model.type.PhysicalKind;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Checks that every value of a column is one of its type before it is stored: what a client binds to a parameter is only
 * known to have the type's storage. Afterwards nobody has to ask again.
 */
final class ColumnDomain {
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    /** A few bytes from a client must not become gigabytes of spaces. */
    private static final long MAX_PADDED_BYTES = 64 << 20;
    /** 0001-01-01 and 9999-12-31 in days since 1970-01-01. */
    private static final int FIRST_DAY = -719_162;

    private static final int LAST_DAY = 2_932_896;

    private final Field field;
    private final String owner;

    /** @param owner the kind and name of the relation, for messages */
    ColumnDomain(Field field, String owner) {
        this.field = field;
        this.owner = owner;
    }

    /** The column as it is to be stored: itself, but for CHAR, which is filled up with spaces. */
    Column checked(Column column) {
        SqlType type = field.type();
        if (!type.nullable()) {
            checkNotNull(column);
        }
        switch (column.kind()) {
            case INT -> checkInts((IntColumn) column, type);
            case LONG -> checkLongs((LongColumn) column, type);
            case DOUBLE -> checkDoubles((DoubleColumn) column, type);
            case DECIMAL128 -> checkDecimals((Decimal128Column) column, type);
            case BYTES -> {
                BytesColumn bytes = (BytesColumn) column;
                if (type.name().isNested()) {
                    checkNested(bytes, type);
                    return bytes;
                }
                checkBytes(bytes, type);
                return type.name() == TypeName.CHAR ? padded(bytes) : bytes;
            }
        }
        return column;
    }

    private void checkNotNull(Column column) {
        if (column.nulls() == null) {
            return;
        }
        for (int row = 0; row < column.rowCount(); row++) {
            if (column.isNull(row)) {
                throw new ThalwegException(
                        ErrorCode.NULL_NOT_ALLOWED,
                        "column " + field.name() + " of " + owner + " does not take NULL, row " + (row + 1)
                                + " has it");
            }
        }
    }

    private void checkInts(IntColumn column, SqlType type) {
        int min = Integer.MIN_VALUE;
        int max = Integer.MAX_VALUE;
        switch (type.name()) {
            case BOOLEAN -> {
                min = 0;
                max = 1;
            }
            case TINYINT -> {
                min = Byte.MIN_VALUE;
                max = Byte.MAX_VALUE;
            }
            case SMALLINT -> {
                min = Short.MIN_VALUE;
                max = Short.MAX_VALUE;
            }
            case DATE -> {
                min = FIRST_DAY;
                max = LAST_DAY;
            }
            default -> {
                return;
            }
        }
        int[] values = column.values();
        for (int row = 0; row < column.rowCount(); row++) {
            if ((values[row] < min || values[row] > max) && !column.isNull(row)) {
                throw outside(row);
            }
        }
    }

    private void checkLongs(LongColumn column, SqlType type) {
        long min;
        long max;
        long unit = 1;
        switch (type.name()) {
            case DECIMAL -> {
                max = powerOfTen(type.precision()) - 1;
                min = -max;
            }
            case TIME -> {
                min = 0;
                max = MICROS_PER_DAY - 1;
                unit = powerOfTen(SqlType.MAX_TIME_PRECISION - type.precision());
            }
            case TIMESTAMP, TIMESTAMP_LTZ -> {
                min = FIRST_DAY * MICROS_PER_DAY;
                max = (LAST_DAY + 1) * MICROS_PER_DAY - 1;
                unit = powerOfTen(SqlType.MAX_TIME_PRECISION - type.precision());
            }
            default -> {
                return;
            }
        }
        long[] values = column.values();
        for (int row = 0; row < column.rowCount(); row++) {
            long value = values[row];
            if ((value < min || value > max || unit != 1 && value % unit != 0) && !column.isNull(row)) {
                throw outside(row);
            }
        }
    }

    private static long powerOfTen(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }

    private void checkDoubles(DoubleColumn column, SqlType type) {
        if (type.name() != TypeName.REAL) {
            return;
        }
        double[] values = column.values();
        for (int row = 0; row < column.rowCount(); row++) {
            if ((float) values[row] != values[row] && !Double.isNaN(values[row]) && !column.isNull(row)) {
                throw outside(row);
            }
        }
    }

    private void checkDecimals(Decimal128Column column, SqlType type) {
        Int128 bound = Int128.of(BigInteger.TEN.pow(type.precision()));
        Int128 negative = bound.negate();
        for (int row = 0; row < column.rowCount(); row++) {
            Int128 value = column.value(row);
            if ((value.compareTo(bound) >= 0 || value.compareTo(negative) <= 0) && !column.isNull(row)) {
                throw outside(row);
            }
        }
    }

    private ThalwegException outside(int row) {
        return new ThalwegException(
                ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                "the value of row " + (row + 1) + " is outside " + field.type().sqlText() + ", the type of column "
                        + field.name() + " of " + owner);
    }

    private void checkBytes(BytesColumn column, SqlType type) {
        boolean text = type.name().isText();
        int limit = type.precision() == SqlType.UNLIMITED ? Integer.MAX_VALUE : type.precision();
        byte[] data = column.data();
        for (int row = 0; row < column.rowCount(); row++) {
            if (column.isNull(row)) {
                continue;
            }
            int start = column.start(row);
            int length = column.length(row);
            if (text && !isUtf8(data, start, length)) {
                throw new ThalwegException(
                        ErrorCode.CHARACTER_ENCODING,
                        "the value of row " + (row + 1) + " for column " + field.name() + " of " + owner
                                + " is not UTF-8");
            }
            if (length > limit && (!text || codePoints(data, start, length) > limit)) {
                throw new ThalwegException(
                        ErrorCode.STRING_TOO_LONG,
                        "the value of row " + (row + 1) + " is longer than " + type.sqlText() + ", the type of column "
                                + field.name() + " of " + owner);
            }
        }
    }

    /** Checks that the bytes are the one form of a value, and then what is in it as if it were columns. */
    private void checkNested(BytesColumn column, SqlType type) {
        RowType components = NestedCells.rowType(type);
        DeltaBatchBuilder all = new DeltaBatchBuilder(components);
        for (int row = 0; row < column.rowCount(); row++) {
            if (!column.isNull(row)) {
                byte[] value = column.bytes(row);
                DeltaBatchBuilder own = new DeltaBatchBuilder(components);
                DeltaBatch parts = readNested(value, row, own);
                if (!Arrays.equals(value, NestedCells.value(type, parts))) {
                    throw outside(row);
                }
                for (int part = 0; part < parts.rowCount(); part++) {
                    all.appendRow(parts, part, 1);
                }
            }
        }
        DeltaBatch parts = all.build();
        for (int i = 0; i < components.size(); i++) {
            new ColumnDomain(new Field(field.name(), components.type(i)), owner).checked(parts.column(i));
        }
    }

    private DeltaBatch readNested(byte[] value, int row, DeltaBatchBuilder builder) {
        try {
            NestedCells.append(field.type(), value, 0, builder);
        } catch (IndexOutOfBoundsException e) {
            throw outside(row);
        }
        return builder.build();
    }

    private static boolean isUtf8(byte[] data, int start, int length) {
        int sign = 0;
        for (int i = start; i < start + length; i++) {
            sign |= data[i];
        }
        if (sign >= 0) {
            return true;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data, start, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static int codePoints(byte[] data, int start, int length) {
        int count = 0;
        for (int i = start; i < start + length; i++) {
            // Every byte but the continuations 10xxxxxx begins a code point.
            count += (data[i] & 0xC0) == 0x80 ? 0 : 1;
        }
        return count;
    }

    private Column padded(BytesColumn column) {
        int characters = field.type().precision();
        if ((long) characters * column.rowCount() > MAX_PADDED_BYTES) {
            throw new ThalwegException(
                            ErrorCode.VALUE_TOO_LARGE,
                            column.rowCount() + " rows at once are too many for "
                                    + field.type().sqlText() + ", the type of column " + field.name() + " of " + owner)
                    .withHint("Insert fewer rows at once, or make it a VARCHAR, which is not filled up with spaces.");
        }
        ColumnBuilder builder = new ColumnBuilder(PhysicalKind.BYTES);
        for (int row = 0; row < column.rowCount(); row++) {
            if (column.isNull(row)) {
                builder.appendNull();
                continue;
            }
            int length = column.length(row);
            int missing = characters - codePoints(column.data(), column.start(row), length);
            byte[] value = Arrays.copyOf(column.bytes(row), length + missing);
            Arrays.fill(value, length, value.length, (byte) ' ');
            builder.appendBytes(value, 0, value.length);
        }
        return builder.build();
    }
}
