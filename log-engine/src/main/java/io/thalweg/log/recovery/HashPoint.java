package io.thalweg.log.recovery;

import java.util.HexFormat;

/** A hash of 128 bits, ordered without sign. */
public record HashPoint(long high, long low) implements Comparable<HashPoint> {
    /** The smallest hash. */
    public static final HashPoint FIRST = new HashPoint(0, 0);
    /** The greatest hash. */
    public static final HashPoint LAST = new HashPoint(-1, -1);

    /** The hash before this one; the greatest one before the smallest. */
    public HashPoint previous() {
        return new HashPoint(low == 0 ? high - 1 : high, low - 1);
    }

    @Override
    public int compareTo(HashPoint that) {
        int byHigh = Long.compareUnsigned(high, that.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, that.low);
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
