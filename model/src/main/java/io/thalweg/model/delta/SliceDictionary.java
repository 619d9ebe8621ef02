package io.thalweg.model.delta;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The distinct values of a column of slices and the number of each row's value among them. */
final class SliceDictionary {
    /** Below this many rows the dictionary itself would cost more than it saves. */
    private static final int MIN_ROWS = 16;
    /** From so many rows on, a sample tells whether it is worth looking at all of them. */
    private static final int MIN_SAMPLED_ROWS = 4096;
    /** The sample: runs of so many rows, since repetitions may be neighbours or far apart. */
    private static final int SAMPLE_RUN = 64;
    /** The distance from the beginning of one run to that of the next. */
    private static final int SAMPLE_STRIDE = 512;

    private final BytesColumn entries;
    private final long[] codes;

    private SliceDictionary(BytesColumn entries, long[] codes) {
        this.entries = entries;
        this.codes = codes;
    }

    int size() {
        return entries.rowCount();
    }

    BytesColumn entries() {
        return entries;
    }

    long[] codes() {
        return codes;
    }

    /** The dictionary of a column, or null if more than half of its rows would be entries of it. */
    static @Nullable SliceDictionary of(BytesColumn column) {
        int rows = column.rowCount();
        if (rows < MIN_ROWS || rows >= MIN_SAMPLED_ROWS && seemsDistinct(column)) {
            return null;
        }
        int maxEntries = rows / 2;
        // Twice as many slots as entries, a power of two: a slot holds an entry's number plus one.
        int[] slots = new int[Integer.highestOneBit(maxEntries) * 4];
        int shift = Integer.numberOfLeadingZeros(slots.length) + 1;
        int[] starts = new int[Math.min(maxEntries, 64)];
        int[] lengths = new int[starts.length];
        long[] codes = new long[rows];
        byte[] data = column.data();
        int entries = 0;
        for (int row = 0; row < rows; row++) {
            if (column.isNull(row)) {
                continue;
            }
            int start = column.start(row);
            int length = column.length(row);
            int slot = hash(data, start, length) >>> shift;
            int found = slots[slot];
            while (found != 0 && !equal(data, starts[found - 1], lengths[found - 1], start, length)) {
                slot = slot + 1 & slots.length - 1;
                found = slots[slot];
            }
            if (found == 0) {
                if (entries == maxEntries) {
                    return null;
                }
                if (entries == starts.length) {
                    starts = Arrays.copyOf(starts, entries * 2);
                    lengths = Arrays.copyOf(lengths, entries * 2);
                }
                starts[entries] = start;
                lengths[entries] = length;
                found = ++entries;
                slots[slot] = found;
            }
            codes[row] = found - 1L;
        }
        return new SliceDictionary(new BytesColumn(entries, data, starts, lengths, null), codes);
    }

    /**
     * Whether the values of a sample of an eighth hardly repeat. If every value was there twice, anywhere, a 128th of the
     * rows would meet its like in the sample, and more the more often values repeat. Without any repetition at most a
     * 256th seems to, by its hash alone.
     */
    private static boolean seemsDistinct(BytesColumn column) {
        int rows = column.rowCount();
        int bits = Integer.highestOneBit(rows) / SAMPLE_STRIDE * SAMPLE_RUN * Integer.SIZE;
        int shift = Integer.numberOfLeadingZeros(bits) + 1;
        long[] seen = new long[bits / Long.SIZE];
        byte[] data = column.data();
        int repetitions = 0;
        for (int run = 0; run < rows; run += SAMPLE_STRIDE) {
            int runEnd = Math.min(rows, run + SAMPLE_RUN);
            for (int row = run; row < runEnd; row++) {
                int bit = hash(data, column.start(row), column.length(row)) >>> shift;
                long mask = 1L << bit;
                if ((seen[bit >>> 6] & mask) != 0) {
                    repetitions++;
                }
                seen[bit >>> 6] |= mask;
            }
        }
        return repetitions < rows / 128;
    }

    private static boolean equal(byte[] data, int start, int length, int otherStart, int otherLength) {
        return length == otherLength
                && Arrays.equals(data, start, start + length, data, otherStart, otherStart + length);
    }

    private static int hash(byte[] data, int start, int length) {
        long hash = length;
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            hash = (hash ^ (long) BlockWriter.LONGS.get(data, start + i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        for (; i < length; i++) {
            hash = (hash ^ data[start + i]) * 0x9E3779B97F4A7C15L;
        }
        return (int) (hash >>> 32);
    }
}
