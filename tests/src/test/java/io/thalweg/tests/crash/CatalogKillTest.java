package io.thalweg.tests.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.tests.system.Seeds;
import io.thalweg.tests.system.ServerProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a server while three clients make, replace and drop objects over each other: none that was acknowledged is lost
 * or comes back, and no view is without its source. {@code -Dthalweg.catalog.cycles=…} says how often.
 */
@Timeout(7_200)
class CatalogKillTest {
    private static final int CYCLES = Integer.getInteger("thalweg.catalog.cycles", 3);
    private static final int CYCLES_PER_DIRECTORY = 50;

    @TempDir
    private Path directory;

    @Test
    void everyAcknowledgedChangeIsThereAfterAKill() throws Exception {
        long seed = Seeds.of("CatalogKillTest");
        long changes = 0;
        for (int first = 0; first < CYCLES; first += CYCLES_PER_DIRECTORY) {
            Path data = directory.resolve("data-" + first);
            ServerCrashes crashes = new ServerCrashes(seed + first, 1, 3);
            for (int cycle = first; cycle < Math.min(CYCLES, first + CYCLES_PER_DIRECTORY); cycle++) {
                crashes.cycle(() -> ServerProcess.start(data), ServerProcess::kill, cycle % 5 == 0);
            }
            crashes.end(() -> ServerProcess.start(data));
            changes += crashes.changes();
        }
        System.out.println("CatalogKillTest: " + CYCLES + " kills, " + changes + " acknowledged changes");
        assertTrue(changes > 0, "no client ever got through");
    }
}
