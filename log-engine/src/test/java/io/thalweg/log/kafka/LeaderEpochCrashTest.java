package io.thalweg.log.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.LeaderEpochSimulation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A client that knows offset and epoch of a batch can find out that the batch is gone. More lives with
 * {@code -Dthalweg.epochs.lives=n}, another start with {@code -Dthalweg.seed=n}.
 */
class LeaderEpochCrashTest {
    private static final long SEED = Long.getLong("thalweg.seed", new Random().nextLong());
    private static final int LIVES = Integer.getInteger("thalweg.epochs.lives", 400);

    @Test
    void givesNoOffsetTwiceInOneEpoch() {
        System.out.println("seed " + SEED);
        List<String> violations = new ArrayList<>();
        int lost = 0;
        for (int life = 0; life < LIVES; life++) {
            LeaderEpochSimulation simulation = new LeaderEpochSimulation(SEED + life, Batches::batch);
            lost += simulation.run();
            for (String violation : simulation.violations()) {
                violations.add("seed " + (SEED + life) + ": " + violation);
            }
        }
        assertEquals(List.of(), violations);
        assertTrue(lost > LIVES / 10, "only " + lost + " power losses took anything");
    }
}
