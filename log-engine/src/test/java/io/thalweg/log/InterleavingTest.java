package io.thalweg.log;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs a few threads through many of their interleavings, chosen by Lincheck: the giving out of offsets, the queue of
 * what waits for the disk, and the visible end. More of them with {@code -Dthalweg.interleavings=n}.
 */
class InterleavingTest {
    private static final int INTERLEAVINGS = Integer.getInteger("thalweg.interleavings", 150);
    private static final int MUTANT_INTERLEAVINGS = 1_000;

    @Test
    void givesEveryAppendItsOwnPlaceAndCommitsIt() {
        Lincheck.runConcurrentTest(INTERLEAVINGS, AppendsAndCommits::run);
    }

    @Test
    void findsTheMutantThatGivesOutOffsetsWithoutALock(@TempDir Path directory) throws Exception {
        assertFound(directory, AppendQueue.class);
    }

    @Test
    void findsTheMutantThatQueuesForTheCommitWithoutALock(@TempDir Path directory) throws Exception {
        assertFound(directory, ReadyPartitions.class);
    }

    private static void assertFound(Path directory, Class<?> mutated) throws Exception {
        String output =
                Unlocked.run(directory, mutated, AppendsAndCommits.class, Integer.toString(MUTANT_INTERLEAVINGS));
        assertTrue(output.contains("LincheckAssertionError"), "survives: " + output);
    }

    @Test
    void wakesAReaderWheneverTheEndMoves() {
        Lincheck.runConcurrentTest(INTERLEAVINGS, () -> {
            LogEnd end = new LogEnd(0, 0);
            Thread reader = new Thread(() -> {
                try {
                    for (long seen = 0; seen < 2; ) {
                        long reached = end.await(seen, Long.MAX_VALUE);
                        assertTrue(reached > seen);
                        seen = reached;
                    }
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            reader.start();
            end.publish(1, 1);
            end.publish(2, 2);
            try {
                reader.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void showsTheEndAndItsEventTimeTogether() {
        options().check(EndAndTime.class);
    }

    @Test
    void findsTheMutantThatShowsThemOneAfterTheOther() {
        assertThrows(LincheckAssertionError.class, () -> options().check(TornEnd.class));
    }

    private static ModelCheckingOptions options() {
        return new ModelCheckingOptions()
                .iterations(5)
                .invocationsPerIteration(INTERLEAVINGS)
                .threads(2)
                .actorsPerThread(3);
    }

    /** The end of a log, as one publishes it and others see it. */
    public static final class EndAndTime {
        private final LogEnd end = new LogEnd(0, 0);

        @Operation(nonParallelGroup = "commit")
        public void publish(int offset) {
            end.publish(offset, 10L * offset);
        }

        @Operation
        public String value() {
            LogEnd.Value value = end.value();
            return value.offset() + " " + value.maxEventTime();
        }
    }

    /** The same with a defect. */
    public static final class TornEnd {
        private volatile long offset;
        private volatile long maxEventTime;

        @Operation(nonParallelGroup = "commit")
        public void publish(int next) {
            offset = next;
            maxEventTime = 10L * next;
        }

        @Operation
        public String value() {
            return offset + " " + maxEventTime;
        }
    }
}
