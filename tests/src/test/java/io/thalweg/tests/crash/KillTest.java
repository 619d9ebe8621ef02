package io.thalweg.tests.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.tests.system.ArchivedClasses;
import io.thalweg.tests.system.Seeds;
import io.thalweg.tests.system.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a server while clients insert and change the catalog, starts it again, and looks for what it had acknowledged.
 * {@code -Dthalweg.kill.cycles=…} says how often; five times unless told otherwise.
 */
class KillTest {
    private static final int CYCLES = Integer.getInteger("thalweg.kill.cycles", 5);
    private static final int CLIENTS = 8;
    /** From then on a start would mostly be about the many rows. */
    private static final int CYCLES_PER_DIRECTORY = 50;

    private static final int CYCLES_PER_THOROUGH_CHECK = 10;
    private static final int CYCLES_WORTH_AN_ARCHIVE = 20;

    @TempDir
    Path directory;

    @Test
    void whatWasAcknowledgedIsThereAfterAKill() throws Exception {
        Random random = new Random(Seeds.of("KillTest"));
        String[] flags = CYCLES < CYCLES_WORTH_AN_ARCHIVE ? new String[0] : archive(random);
        long rows = 0;
        long changes = 0;
        for (int first = 0; first < CYCLES; first += CYCLES_PER_DIRECTORY) {
            Path data = directory.resolve("data-" + first);
            ServerCrashes crashes = new ServerCrashes(random.nextLong(), CLIENTS, 1);
            for (int cycle = first; cycle < Math.min(CYCLES, first + CYCLES_PER_DIRECTORY); cycle++) {
                boolean thoroughly = cycle % CYCLES_PER_THOROUGH_CHECK == 0;
                crashes.cycle(() -> ServerProcess.start(data, flags), ServerProcess::kill, thoroughly);
            }
            crashes.end(() -> ServerProcess.start(data, flags));
            rows += crashes.rows();
            changes += crashes.changes();
        }
        System.out.println("KillTest: " + CYCLES + " kills, " + rows + " acknowledged rows, " + changes
                + " acknowledged changes of the catalog");
        assertTrue(rows > 0, "no client ever got through");
    }

    /** Flags for a server that starts faster, since an earlier one showed which classes it needs. */
    private String[] archive(Random random) throws Exception {
        ArchivedClasses classes = new ArchivedClasses(Files.createDirectory(directory.resolve("classes")));
        Path data = directory.resolve("training");
        ServerCrashes training = new ServerCrashes(random.nextLong(), CLIENTS, 1);
        training.cycle(() -> ServerProcess.start(data), ServerProcess::kill, true);
        training.end(() -> ServerProcess.start(data, classes.makingFlags()));
        return classes.usingFlags();
    }
}
