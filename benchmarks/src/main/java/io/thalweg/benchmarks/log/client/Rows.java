package io.thalweg.benchmarks.log.client;

import java.util.SplittableRandom;

/**
 * Rows of random bytes, made before anything is measured. They repeat only after many more rows than any batch has, so
 * that nobody gains by coding repetitions.
 */
public final class Rows {
    /** The bytes of a row. */
    public static final int ROW_BYTES = 100;

    private static final int COUNT = 1 << 16;

    private final byte[][] rows = new byte[COUNT][ROW_BYTES];
    private int next;

    public Rows(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (byte[] row : rows) {
            random.nextBytes(row);
        }
    }

    /** The next row; not to be changed. */
    public byte[] next() {
        return rows[next++ & (COUNT - 1)];
    }
}
