package io.thalweg.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.CrashSimulation.Setup;
import io.thalweg.log.frame.FrameForgery;
import io.thalweg.log.simulation.SimulatedDisk;
import io.thalweg.model.time.Clock;
import io.thalweg.model.time.SystemClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Crash states by the thousand, and mutants that must not survive them. More states with {@code -Dthalweg.crashStates=n},
 * another start with {@code -Dthalweg.seed=n}.
 */
class CrashSimulatorTest {
    private static final int STATES_PER_LIFE = 20;
    private static final int STATES = Integer.getInteger("thalweg.crashStates", 100_000);
    private static final boolean STATES_ASKED_FOR = Integer.getInteger("thalweg.crashStates") != null;
    private static final long LONGEST_RUN_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final Clock CLOCK = new SystemClock();
    private static final int MUTANT_STATES = 2_000;
    private static final long SEED = Long.getLong("thalweg.seed", new Random().nextLong());

    @Test
    void losesNothingAcknowledgedAndServesNothingWrong() {
        assertEquals(List.of(), violations(Setup.CORRECT, STATES));
    }

    @Test
    void findsTheMutantThatForgetsToForceFiles() {
        assertFound(
                "lost acknowledged rows",
                violations(withFaults(faults -> faults.ignoreFileForces = true), MUTANT_STATES));
    }

    @Test
    void findsTheMutantThatForgetsToForceDirectories() {
        assertFound(
                "is missing from the data directory",
                violations(withFaults(faults -> faults.ignoreDirectoryForces = true), MUTANT_STATES));
    }

    @Test
    void findsTheMutantThatAcknowledgesBeforeTheForce() {
        Setup early = new Setup(faults -> {}, Durability.OS, disk -> {});
        assertFound("lost acknowledged rows", violations(early, MUTANT_STATES));
    }

    @Test
    void findsTheMutantThatChecksNoChecksum() {
        Setup blind = new Setup(faults -> {}, Durability.SYNC, FrameForgery::makeChecksumsMatch);
        assertFound("wrong bytes", violations(blind, MUTANT_STATES));
    }

    private static void assertFound(String expected, List<String> violations) {
        assertTrue(violations.stream().anyMatch(violation -> violation.contains(expected)), violations::toString);
    }

    private static Setup withFaults(Consumer<SimulatedDisk.Faults> faults) {
        return new Setup(faults, Durability.SYNC, disk -> {});
    }

    /** On a busy machine fewer states have to do, unless their number was asked for. */
    private static boolean isTooLong(long startNanos) {
        return !STATES_ASKED_FOR && CLOCK.monotonicNanos() - startNanos > LONGEST_RUN_NANOS;
    }

    private static List<String> violations(Setup setup, int states) {
        System.out.println("seed " + SEED);
        List<String> found = new ArrayList<>();
        long start = CLOCK.monotonicNanos();
        for (int life = 0; life < states / STATES_PER_LIFE && !isTooLong(start); life++) {
            long seed = SEED + life;
            for (String violation : new CrashSimulation(seed, setup).run(STATES_PER_LIFE)) {
                found.add("seed " + seed + ": " + violation);
            }
        }
        return found;
    }
}
