package io.thalweg.runtime.state;

import io.thalweg.model.plan.SortKey;
import io.thalweg.model.type.PhysicalKind;
import io.thalweg.model.type.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The order of rows as an exact {@link RowCodec} encodes them, read in place: by sort keys, then by all columns with NULL
 * last, then by what SQL does not tell apart. So only equal rows have no order.
 */
final class EncodedOrder {
    private final SortKey[] keys;
    /** How many of the keys are those of the query; the others only make the order complete. */
    private final int ownKeys;

    private final PhysicalKind[] kinds;
    private final int[] places;
    private final int fixedBytes;

    EncodedOrder(RowCodec codec, RowType type, List<SortKey> sortKeys) {
        List<SortKey> all = new ArrayList<>(sortKeys);
        for (int column = 0; column < type.size(); column++) {
            all.add(new SortKey(column, false, false));
        }
        this.keys = all.toArray(SortKey[]::new);
        this.ownKeys = sortKeys.size();
        this.kinds = new PhysicalKind[keys.length];
        this.places = new int[keys.length];
        for (int i = 0; i < keys.length; i++) {
            kinds[i] = type.type(keys[i].column()).kind();
            places[i] = codec.place(keys[i].column());
        }
        this.fixedBytes = codec.fixedBytes();
    }

    /** Whether there are sort keys; without them all rows are peers. */
    boolean hasKeys() {
        return ownKeys > 0;
    }

    /** The order of two rows, each of which starts at a place in an array and has a length. */
    int compare(byte[] left, int leftStart, int leftLength, byte[] right, int rightStart, int rightLength) {
        int order = compareBy(keys.length, left, leftStart, right, rightStart);
        return order != 0
                ? order
                : Arrays.compareUnsigned(
                        left, leftStart, leftStart + leftLength, right, rightStart, rightStart + rightLength);
    }

    /** The order of two rows by the sort keys alone. */
    int compareKeys(byte[] left, int leftStart, byte[] right, int rightStart) {
        return compareBy(ownKeys, left, leftStart, right, rightStart);
    }

    private int compareBy(int count, byte[] left, int leftStart, byte[] right, int rightStart) {
        for (int i = 0; i < count; i++) {
            int order = compareKey(i, left, leftStart, right, rightStart);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private int compareKey(int i, byte[] left, int leftStart, byte[] right, int rightStart) {
        SortKey key = keys[i];
        int nulls = key.column() >>> 3;
        int bit = key.column() & 7;
        boolean leftNull = (left[leftStart + nulls] >>> bit & 1) != 0;
        boolean rightNull = (right[rightStart + nulls] >>> bit & 1) != 0;
        if (leftNull || rightNull) {
            return leftNull == rightNull ? 0 : leftNull == key.nullsFirst() ? -1 : 1;
        }
        int order = compareValues(i, left, leftStart, right, rightStart);
        return key.descending() ? -order : order;
    }

    private int compareValues(int i, byte[] left, int leftStart, byte[] right, int rightStart) {
        int place = places[i];
        int l = leftStart + place;
        int r = rightStart + place;
        return switch (kinds[i]) {
            case INT -> Integer.compare(ByteWords.getInt(left, l), ByteWords.getInt(right, r));
            case LONG -> Long.compare(ByteWords.getLong(left, l), ByteWords.getLong(right, r));
            case DOUBLE -> Long.compare(sortableDouble(left, l), sortableDouble(right, r));
            case DECIMAL128 -> {
                int high =
                        Long.compare(ByteWords.getLong(left, l + Long.BYTES), ByteWords.getLong(right, r + Long.BYTES));
                yield high != 0 ? high : Long.compareUnsigned(ByteWords.getLong(left, l), ByteWords.getLong(right, r));
            }
            case BYTES -> compareBytes(place, left, leftStart + fixedBytes, right, rightStart + fixedBytes);
        };
    }

    private static long sortableDouble(byte[] data, int position) {
        return SortableBits.encode(Double.longBitsToDouble(ByteWords.getLong(data, position)));
    }

    private static int compareBytes(int before, byte[] left, int leftStart, byte[] right, int rightStart) {
        int l = leftStart;
        int r = rightStart;
        for (int i = 0; i < before; i++) {
            l += VariableLength.total(left, l);
            r += VariableLength.total(right, r);
        }
        int leftLength = VariableLength.read(left, l);
        int rightLength = VariableLength.read(right, r);
        l += VariableLength.bytes(leftLength);
        r += VariableLength.bytes(rightLength);
        return Arrays.compareUnsigned(left, l, l + leftLength, right, r, r + rightLength);
    }
}
