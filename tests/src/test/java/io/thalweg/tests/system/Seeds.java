package io.thalweg.tests.system;

/** Seeds of random tests: printed, and given back by {@code -Dthalweg.seed=…} to repeat a run. */
public final class Seeds {
    private Seeds() {}

    /** The seed for a test of this name, another one at each run. */
    public static long of(String test) {
        return given(test, System.nanoTime() & 0xFFFF_FFFFL);
    }

    /** The seed for a test that takes the same choices in every build, and others when run by hand. */
    public static long fixed(String test) {
        return given(test, 1);
    }

    private static long given(String test, long otherwise) {
        long seed = Long.getLong("thalweg.seed", otherwise);
        System.out.println(test + ": seed " + seed + ", repeat with -Dthalweg.seed=" + seed);
        return seed;
    }
}
