package io.thalweg.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Power losses of the memory of consumer groups. More lives with {@code -Dthalweg.offsets.lives=n}, another start with
 * {@code -Dthalweg.seed=n}.
 */
class CommittedOffsetsCrashTest {
    private static final long SEED = Long.getLong("thalweg.seed", new Random().nextLong());
    private static final int LIVES = Integer.getInteger("thalweg.offsets.lives", 150);

    @Test
    void forgetsNothingThatWasAcknowledged() {
        assertEquals(List.of(), violations(LIVES, true));
    }

    @Test
    void findsTheMutantThatForgetsToForceFiles() {
        assertTrue(!violations(LIVES, false).isEmpty());
    }

    private static List<String> violations(int lives, boolean forcesFiles) {
        System.out.println("seed " + SEED);
        List<String> violations = new ArrayList<>();
        int steps = 0;
        for (int life = 0; life < lives; life++) {
            CommittedOffsetsSimulation simulation = new CommittedOffsetsSimulation(SEED + life, forcesFiles);
            steps += simulation.run();
            for (String violation : simulation.violations()) {
                violations.add("seed " + (SEED + life) + ": " + violation);
            }
        }
        assertTrue(steps > lives, "nothing was done");
        return violations;
    }
}
