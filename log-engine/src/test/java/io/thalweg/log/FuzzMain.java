package io.thalweg.log;

/** What Jazzer calls with its inputs; the system property {@code thalweg.fuzz.target} names the parser. */
public final class FuzzMain {
    private static final FuzzTarget TARGET = FuzzTarget.valueOf(System.getProperty("thalweg.fuzz.target", "FRAMES"));

    private FuzzMain() {}

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.run(input);
    }
}
