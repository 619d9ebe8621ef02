package io.thalweg.model.delta;

/** How the numbers of one section are written; chosen by how many bits it takes. */
final class NumberEncoding {
    /** Fewer numbers are packed without a search for something smaller. */
    private static final int MIN_SEARCHED = 32;

    private final long[] values;
    private final int count;
    private long least;
    private int width;
    private int encoding = ColumnEncoder.PACKED;
    private long factor = 1;
    /** What is packed, if it is not the values. */
    private long[] packed = {};

    private int packedCount;
    private long packedBase;

    private NumberEncoding(long[] values, int count) {
        this.values = values;
        this.count = count;
        least = count == 0 ? 0 : Long.MAX_VALUE;
        long greatest = count == 0 ? 0 : Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            least = Math.min(least, values[i]);
            greatest = Math.max(greatest, values[i]);
        }
        // A span that overflows is negative as a signed number, so it has 64 significant bits, which is right.
        width = width(greatest - least);
        packed = values;
        packedCount = count;
        packedBase = least;
    }

    /** The values packed as they are. */
    static NumberEncoding plain(long[] values, int count) {
        return new NumberEncoding(values, count);
    }

    /** The smallest form that is worth the time that reading it takes. */
    static NumberEncoding smallest(long[] values, int count) {
        NumberEncoding choice = new NumberEncoding(values, count);
        if (count >= MIN_SEARCHED && choice.width > 0 && choice.width < Long.SIZE) {
            choice.search();
        }
        return choice;
    }

    int encoding() {
        return encoding;
    }

    /** The bits of a packed value. */
    int width() {
        return width;
    }

    void write(BlockWriter writer) {
        if (encoding != ColumnEncoder.PACKED) {
            writer.putLong(encoding == ColumnEncoder.SCALED ? least : values[0]);
            writer.putLong(factor);
        }
        writer.putPacked(packed, packedCount, packedBase, width);
    }

    private static int width(long span) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(span);
        return bits > 56 ? Long.SIZE : bits;
    }

    private void search() {
        long common = commonFactor();
        long[] differences = new long[count - 1];
        long leastDifference = Long.MAX_VALUE;
        long greatestDifference = Long.MIN_VALUE;
        for (int i = 1; i < count; i++) {
            // The span is not negative, so no difference overflows.
            long difference = (values[i] - values[i - 1]) / common;
            differences[i - 1] = difference;
            leastDifference = Math.min(leastDifference, difference);
            greatestDifference = Math.max(greatestDifference, difference);
        }
        int differenceWidth = width(greatestDifference - leastDifference);
        int scaledWidth = common == 1 ? width : scaledWidth(common);
        // A multiplication costs the reader next to nothing, a running sum as much as unpacking.
        boolean scales = 8 * scaledWidth <= 7 * width;
        if (4 * differenceWidth <= 3 * (scales ? scaledWidth : width)) {
            encoding = ColumnEncoder.DELTA;
            factor = common;
            packed = differences;
            packedCount = count - 1;
            packedBase = leastDifference;
            width = differenceWidth;
        } else if (scales) {
            encoding = ColumnEncoder.SCALED;
            factor = common;
            packed = quotients(common);
            packedBase = 0;
            width = scaledWidth;
        }
    }

    /** The greatest number that divides the distance of every value from the least. */
    private long commonFactor() {
        long common = 0;
        for (int i = 0; i < count && common != 1; i++) {
            long distance = values[i] - least;
            if (common == 0) {
                common = distance;
            } else if (distance % common != 0) {
                common = greatestCommonDivisor(common, distance % common);
            }
        }
        return common;
    }

    private static long greatestCommonDivisor(long one, long other) {
        long a = one;
        long b = other;
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    }

    private int scaledWidth(long common) {
        long greatest = 0;
        for (int i = 0; i < count; i++) {
            greatest = Math.max(greatest, values[i] - least);
        }
        return width(greatest / common);
    }

    private long[] quotients(long common) {
        long[] quotients = new long[count];
        for (int i = 0; i < count; i++) {
            quotients[i] = (values[i] - least) / common;
        }
        return quotients;
    }
}
