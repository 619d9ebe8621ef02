package io.thalweg.runtime.state;

import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.Decimal128Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DoubleColumn;
import io.thalweg.model.delta.IntColumn;
import io.thalweg.model.delta.LongColumn;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.PhysicalKind;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows, or some columns of them, as byte strings that are equal exactly if the rows are.
 *
 * <p>Format: one bit a column, set where it is NULL, filled up to whole bytes; then the columns of fixed width, each at the
 * same place in every row, little endian, 0 for NULL; then the columns of {@link PhysicalKind#BYTES}, each as its
 * length (one byte, or 255 and four bytes) and its bytes.
 *
 * <p>A canonical codec is for keys: values that SQL calls equal become equal bytes (-0.0 and 0.0, every NaN, CHAR with
 * and without trailing spaces). An exact one gives back every bit it was given.
 */
public final class RowCodec {
    private final int[] columns;
    private final SqlType[] types;
    private final int[] fixedOffsets;
    private final int fixedBytes;
    private final int variableColumns;
    private final boolean canonical;

    private RowCodec(RowType type, int[] columns, boolean canonical) {
        this.columns = columns.clone();
        this.canonical = canonical;
        this.types = new SqlType[columns.length];
        this.fixedOffsets = new int[columns.length];
        int offset = (columns.length + 7) / 8;
        int variable = 0;
        for (int i = 0; i < columns.length; i++) {
            types[i] = type.type(columns[i]);
            fixedOffsets[i] = offset;
            offset += width(types[i].kind());
            variable += types[i].kind() == PhysicalKind.BYTES ? 1 : 0;
        }
        this.fixedBytes = offset;
        this.variableColumns = variable;
    }

    /** A codec for keys: the chosen columns, equal as SQL calls them equal. */
    public static RowCodec canonical(RowType type, List<Integer> columns) {
        return new RowCodec(type, columns.stream().mapToInt(Integer::intValue).toArray(), true);
    }

    /** A codec for whole rows that keeps every bit. */
    public static RowCodec exact(RowType type) {
        int[] all = new int[type.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = i;
        }
        return new RowCodec(type, all, false);
    }

    private static int width(PhysicalKind kind) {
        return switch (kind) {
            case INT -> Integer.BYTES;
            case LONG, DOUBLE -> Long.BYTES;
            case DECIMAL128 -> 2 * Long.BYTES;
            case BYTES -> 0;
        };
    }

    /** Where a column of fixed width is in an encoded row, or how many columns of bytes are before a column of bytes. */
    int place(int column) {
        if (types[column].kind() != PhysicalKind.BYTES) {
            return fixedOffsets[column];
        }
        int before = 0;
        for (int i = 0; i < column; i++) {
            before += types[i].kind() == PhysicalKind.BYTES ? 1 : 0;
        }
        return before;
    }

    /** How many bytes of an encoded row are before its columns of bytes. */
    int fixedBytes() {
        return fixedBytes;
    }

    /** Encodes all rows of a batch. */
    public void encode(DeltaBatch batch, EncodedRows out) {
        int rows = batch.rowCount();
        out.prepare(rows);
        layOut(batch, out);
        int[] starts = out.starts();
        byte[] data = out.data();
        encodeNulls(batch, data, starts);
        for (int i = 0; i < columns.length; i++) {
            Column column = batch.column(columns[i]);
            int offset = fixedOffsets[i];
            switch (types[i].kind()) {
                case INT -> encodeInts((IntColumn) column, data, starts, offset);
                case LONG -> encodeLongs((LongColumn) column, data, starts, offset);
                case DOUBLE -> encodeDoubles((DoubleColumn) column, data, starts, offset);
                case DECIMAL128 -> encodeDecimals((Decimal128Column) column, data, starts, offset);
                case BYTES -> {}
            }
        }
        if (variableColumns > 0) {
            encodeVariable(batch, data, starts);
        }
    }

    private void layOut(DeltaBatch batch, EncodedRows out) {
        int rows = batch.rowCount();
        int[] starts = out.starts();
        long position = 0;
        for (int row = 0; row < rows; row++) {
            starts[row] = (int) position;
            position += fixedBytes;
            if (variableColumns > 0) {
                position += variableBytes(batch, row);
            }
            if (position > Integer.MAX_VALUE - Long.BYTES) {
                throw new ThalwegException(ErrorCode.VALUE_TOO_LARGE, "the rows of one batch take more than 2 GB");
            }
        }
        starts[rows] = (int) position;
        out.ensureBytes((int) position);
    }

    private long variableBytes(DeltaBatch batch, int row) {
        long bytes = 0;
        for (int i = 0; i < columns.length; i++) {
            if (types[i].kind() == PhysicalKind.BYTES) {
                int length = storedLength(batch.bytesColumn(columns[i]), row, types[i]);
                bytes += VariableLength.bytes(length) + length;
            }
        }
        return bytes;
    }

    private int storedLength(BytesColumn column, int row, SqlType type) {
        if (column.isNull(row)) {
            return 0;
        }
        int length = column.length(row);
        if (canonical && type.name() == TypeName.CHAR) {
            byte[] data = column.data();
            int start = column.start(row);
            while (length > 0 && data[start + length - 1] == ' ') {
                length--;
            }
        }
        return length;
    }

    private void encodeNulls(DeltaBatch batch, byte[] data, int[] starts) {
        int rows = batch.rowCount();
        int bitmapBytes = (columns.length + 7) / 8;
        for (int b = 0; b < bitmapBytes; b++) {
            for (int row = 0; row < rows; row++) {
                data[starts[row] + b] = 0;
            }
        }
        for (int i = 0; i < columns.length; i++) {
            Column column = batch.column(columns[i]);
            if (column.nulls() != null) {
                for (int row = 0; row < rows; row++) {
                    if (column.isNull(row)) {
                        data[starts[row] + (i >>> 3)] |= (byte) (1 << (i & 7));
                    }
                }
            }
        }
    }

    /** Whether an encoded row has a NULL in it. */
    boolean hasNull(byte[] data, int start) {
        int bits = 0;
        for (int b = 0; b < (columns.length + 7) / 8; b++) {
            bits |= data[start + b];
        }
        return bits != 0;
    }

    private static void encodeInts(IntColumn column, byte[] data, int[] starts, int offset) {
        int[] values = column.values();
        boolean nulls = column.nulls() != null;
        for (int row = 0; row < column.rowCount(); row++) {
            ByteWords.setInt(data, starts[row] + offset, nulls && column.isNull(row) ? 0 : values[row]);
        }
    }

    private static void encodeLongs(LongColumn column, byte[] data, int[] starts, int offset) {
        long[] values = column.values();
        boolean nulls = column.nulls() != null;
        for (int row = 0; row < column.rowCount(); row++) {
            ByteWords.setLong(data, starts[row] + offset, nulls && column.isNull(row) ? 0 : values[row]);
        }
    }

    private void encodeDoubles(DoubleColumn column, byte[] data, int[] starts, int offset) {
        double[] values = column.values();
        for (int row = 0; row < column.rowCount(); row++) {
            long bits = 0;
            if (!column.isNull(row)) {
                bits = canonical ? SortableBits.canonicalBits(values[row]) : Double.doubleToRawLongBits(values[row]);
            }
            ByteWords.setLong(data, starts[row] + offset, bits);
        }
    }

    private static void encodeDecimals(Decimal128Column column, byte[] data, int[] starts, int offset) {
        for (int row = 0; row < column.rowCount(); row++) {
            boolean isNull = column.isNull(row);
            ByteWords.setLong(data, starts[row] + offset, isNull ? 0 : column.low()[row]);
            ByteWords.setLong(data, starts[row] + offset + Long.BYTES, isNull ? 0 : column.high()[row]);
        }
    }

    private void encodeVariable(DeltaBatch batch, byte[] data, int[] starts) {
        for (int row = 0; row < batch.rowCount(); row++) {
            int position = starts[row] + fixedBytes;
            for (int i = 0; i < columns.length; i++) {
                if (types[i].kind() == PhysicalKind.BYTES) {
                    BytesColumn column = batch.bytesColumn(columns[i]);
                    int length = storedLength(column, row, types[i]);
                    position = VariableLength.write(data, position, length);
                    System.arraycopy(column.data(), column.start(row), data, position, length);
                    position += length;
                }
            }
        }
    }

    /** The columns of the given rows, in the order the codec was made for. */
    public Column[] decode(RowReferences rows) {
        Column[] decoded = new Column[columns.length];
        int[] cursors = cursors(rows);
        for (int i = 0; i < columns.length; i++) {
            decoded[i] = decode(rows, i, cursors);
        }
        return decoded;
    }

    /** Some of the columns of the given rows, by their places in ascending order. */
    public Column[] decode(RowReferences rows, int[] wanted) {
        Column[] decoded = new Column[wanted.length];
        int[] cursors = cursors(rows);
        int column = 0;
        for (int i = 0; i < wanted.length; i++) {
            for (; column < wanted[i]; column++) {
                if (types[column].kind() == PhysicalKind.BYTES) {
                    skip(rows, cursors);
                }
            }
            decoded[i] = decode(rows, column++, cursors);
        }
        return decoded;
    }

    private int[] cursors(RowReferences rows) {
        return variableColumns == 0 ? new int[0] : rows.startsPlus(fixedBytes);
    }

    private static void skip(RowReferences rows, int[] cursors) {
        for (int row = 0; row < rows.count(); row++) {
            cursors[row] += VariableLength.total(rows.data(row), cursors[row]);
        }
    }

    private Column decode(RowReferences rows, int i, int[] cursors) {
        long @Nullable [] nulls = decodeNulls(rows, i);
        return switch (types[i].kind()) {
            case INT -> new IntColumn(rows.count(), decodeInts(rows, fixedOffsets[i]), nulls);
            case LONG -> new LongColumn(rows.count(), decodeLongs(rows, fixedOffsets[i]), nulls);
            case DOUBLE -> new DoubleColumn(rows.count(), decodeDoubles(rows, fixedOffsets[i]), nulls);
            case DECIMAL128 ->
                new Decimal128Column(
                        rows.count(),
                        decodeLongs(rows, fixedOffsets[i] + Long.BYTES),
                        decodeLongs(rows, fixedOffsets[i]),
                        nulls);
            case BYTES -> decodeBytes(rows, cursors, types[i], nulls);
        };
    }

    private static long @Nullable [] decodeNulls(RowReferences rows, int column) {
        long @Nullable [] nulls = null;
        int place = column >>> 3;
        int bit = column & 7;
        for (int row = 0; row < rows.count(); row++) {
            if ((rows.data(row)[rows.start(row) + place] >>> bit & 1) != 0) {
                if (nulls == null) {
                    nulls = new long[Column.nullWords(rows.count())];
                }
                nulls[row >>> 6] |= 1L << row;
            }
        }
        return nulls;
    }

    private static int[] decodeInts(RowReferences rows, int offset) {
        int[] values = new int[rows.count()];
        for (int row = 0; row < values.length; row++) {
            values[row] = ByteWords.getInt(rows.data(row), rows.start(row) + offset);
        }
        return values;
    }

    private static long[] decodeLongs(RowReferences rows, int offset) {
        long[] values = new long[rows.count()];
        for (int row = 0; row < values.length; row++) {
            values[row] = ByteWords.getLong(rows.data(row), rows.start(row) + offset);
        }
        return values;
    }

    private static double[] decodeDoubles(RowReferences rows, int offset) {
        double[] values = new double[rows.count()];
        for (int row = 0; row < values.length; row++) {
            values[row] = Double.longBitsToDouble(ByteWords.getLong(rows.data(row), rows.start(row) + offset));
        }
        return values;
    }

    private BytesColumn decodeBytes(RowReferences rows, int[] cursors, SqlType type, long @Nullable [] nulls) {
        int count = rows.count();
        int[] starts = new int[count];
        int[] lengths = new int[count];
        int[] stored = new int[count];
        boolean pad = canonical && type.name() == TypeName.CHAR && type.precision() != SqlType.UNLIMITED;
        long total = 0;
        for (int row = 0; row < count; row++) {
            byte[] source = rows.data(row);
            int length = VariableLength.read(source, cursors[row]);
            cursors[row] += VariableLength.bytes(length);
            stored[row] = length;
            starts[row] = (int) total;
            lengths[row] = length + (pad ? missingSpaces(source, cursors[row], length, type.precision()) : 0);
            total += lengths[row];
            if (total > Integer.MAX_VALUE - Long.BYTES) {
                throw new ThalwegException(ErrorCode.VALUE_TOO_LARGE, "the rows of one batch take more than 2 GB");
            }
        }
        byte[] data = new byte[(int) total];
        for (int row = 0; row < count; row++) {
            System.arraycopy(rows.data(row), cursors[row], data, starts[row], stored[row]);
            Arrays.fill(data, starts[row] + stored[row], starts[row] + lengths[row], (byte) ' ');
            cursors[row] += stored[row];
        }
        return new BytesColumn(count, data, starts, lengths, nulls);
    }

    /** How many spaces a stripped CHAR lacks to its declared length, which counts code points. */
    private static int missingSpaces(byte[] data, int start, int length, int precision) {
        int codePoints = 0;
        for (int i = 0; i < length; i++) {
            codePoints += (data[start + i] & 0xC0) == 0x80 ? 0 : 1;
        }
        return Math.max(0, precision - codePoints);
    }
}
