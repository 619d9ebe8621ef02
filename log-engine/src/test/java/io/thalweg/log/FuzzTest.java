package io.thalweg.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.Jazzer;
import io.thalweg.log.frame.FrameForgery;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Gives every parser the inputs that once were trouble, and random changes of what the log writes. With
 * {@code -Dthalweg.fuzz.seconds=n} Jazzer looks for inputs that reach more of the code, so long for each parser; what it
 * finds belongs into the directory {@code fuzz} of the test resources.
 */
class FuzzTest {
    private static final int SECONDS = Integer.getInteger("thalweg.fuzz.seconds", 0);
    private static final int CHANGES = Integer.getInteger("thalweg.fuzz.changes", 1_500);
    private static final int SLOWEST_SECONDS = 60;
    private static final int LONGEST_INPUT_BYTES = 4_096;

    @ParameterizedTest
    @EnumSource
    void takesWhatOnceWasTrouble(FuzzTarget target) throws Exception {
        target.parse(target.seed());
        URL corpus = FuzzTest.class.getResource("/fuzz/" + target);
        if (corpus != null) {
            try (Stream<Path> inputs = Files.list(Path.of(corpus.toURI()))) {
                for (Path input : inputs.toList()) {
                    target.run(Files.readAllBytes(input));
                }
            }
        }
    }

    @Test
    void servesWhatWasNotChanged() throws IOException {
        byte[] segment = FuzzStore.seed(FuzzStore.SEGMENT);
        assertEquals(FuzzStore.FRAMES, FuzzStore.read(FuzzStore.with(FuzzStore.SEGMENT, segment)));
        FrameForgery.makeChecksumsMatch(segment);
        assertEquals(FuzzStore.FRAMES, FuzzStore.read(FuzzStore.with(FuzzStore.SEGMENT, segment)));
    }

    @ParameterizedTest
    @EnumSource
    void takesRandomChangesOfItsOwnFiles(FuzzTarget target) {
        long seed = Long.getLong("thalweg.seed", new Random().nextLong());
        Random random = new Random(seed);
        byte[] written = target.seed();
        for (int i = 0; i < CHANGES; i++) {
            byte[] input = changed(written, random);
            try {
                target.run(input);
            } catch (RuntimeException | Error e) {
                throw new AssertionError(
                        target + ", seed " + seed + ", input " + HexFormat.of().formatHex(input), e);
            }
        }
    }

    private static byte[] changed(byte[] written, Random random) {
        byte[] input =
                random.nextInt(4) == 0 ? Arrays.copyOf(written, random.nextInt(written.length + 50)) : written.clone();
        int[] extremes = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, input.length, 0x7f, 0xff};
        for (int changes = random.nextInt(4); changes >= 0 && input.length > 4; changes--) {
            int at = random.nextInt(input.length - 3);
            if (random.nextBoolean()) {
                input[at] = (byte) random.nextInt();
            } else {
                int value = extremes[random.nextInt(extremes.length)];
                for (int i = 0; i < 4; i++) {
                    input[at + i] = (byte) (value >> 8 * i);
                }
            }
        }
        return input;
    }

    @ParameterizedTest
    @EnumSource
    void takesWhatJazzerThinksOf(FuzzTarget target, @TempDir Path directory) throws Exception {
        Assumptions.assumeTrue(SECONDS > 0, "thalweg.fuzz.seconds says for how long");
        Path corpus = Files.createDirectory(directory.resolve("corpus"));
        Files.write(corpus.resolve("seed"), target.seed());
        String output = fuzz(target, directory, corpus);
        long inputs;
        try (Stream<Path> found = Files.list(corpus)) {
            inputs = found.count();
        }
        System.out.println(target + ": " + inputs + " inputs that reach something new");
        assertEquals("", output);
    }

    /** Runs Jazzer in a process of its own; returns nothing, or what it says about an input that is trouble. */
    private static String fuzz(FuzzTarget target, Path directory, Path corpus)
            throws IOException, InterruptedException, URISyntaxException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Dthalweg.fuzz.target=" + target,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Jazzer.class.getName(),
                        "--target_class=" + FuzzMain.class.getName(),
                        "--instrumentation_includes=io.thalweg.**",
                        // They look for what only matters where strangers send the input, such as paths.
                        "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.*",
                        "--reproducer_path=" + directory,
                        "-max_total_time=" + SECONDS,
                        "-max_len=" + LONGEST_INPUT_BYTES,
                        "-timeout=" + SLOWEST_SECONDS,
                        "-artifact_prefix=" + directory + "/",
                        corpus.toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        List<String> output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        int code = process.waitFor();
        assertTrue(output.stream().anyMatch(line -> line.contains("INITED")), () -> String.join("\n", output));
        return code == 0 ? "" : String.join("\n", output);
    }
}
