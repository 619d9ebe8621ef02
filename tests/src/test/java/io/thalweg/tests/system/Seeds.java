package io.thalweg.tests.system;

/** Seeds of random tests: printed, and given back by {@code -Dthalweg.seed=…} to repeat a run. */
public final class Seeds {
    private Seeds() {}

    /** The seed for a test of this name. */
    public static long of(String test) {
        long seed = Long.getLong("thalweg.seed", System.nanoTime() & 0xFFFF_FFFFL);
        System.out.println(test + ": seed " + seed + ", repeat with -Dthalweg.seed=" + seed);
        return seed;
    }
}
