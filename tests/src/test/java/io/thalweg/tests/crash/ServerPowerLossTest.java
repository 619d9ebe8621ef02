package io.thalweg.tests.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.tests.disk.LyingDisk;
import io.thalweg.tests.disk.PrivateDisk;
import io.thalweg.tests.system.Seeds;
import io.thalweg.tests.system.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Takes the power from the file system of a whole server while clients insert rows, and make and drop objects.
 * {@code -Dthalweg.serverPower.cycles=…} says how often. Needs the right to mount.
 */
@Timeout(7_200)
class ServerPowerLossTest {
    private static final int CYCLES = Integer.getInteger("thalweg.serverPower.cycles", 2);
    private static final int CYCLES_PER_DISK = 50;
    private static final int CYCLES_PER_THOROUGH_CHECK = 10;
    private static final int DISK_MEBIBYTES = 512;

    @TempDir
    private Path directory;

    @Test
    void whatWasAcknowledgedIsThereAfterALossOfPower() throws Exception {
        long seed = Seeds.of("ServerPowerLossTest");
        long rows = 0;
        long changes = 0;
        for (int first = 0; first < CYCLES; first += CYCLES_PER_DISK) {
            ServerCrashes crashes = new ServerCrashes(seed + first, 4, 2);
            Path below = Files.createDirectory(directory.resolve("disk-" + first));
            crash(crashes, below, Math.min(CYCLES - first, CYCLES_PER_DISK), Map.of());
            rows += crashes.rows();
            changes += crashes.changes();
        }
        System.out.println("ServerPowerLossTest: " + CYCLES + " losses of power, " + rows + " acknowledged rows, "
                + changes + " acknowledged changes of the catalog");
    }

    private static void crash(ServerCrashes crashes, Path directory, int cycles, Map<String, String> environment)
            throws Exception {
        try (PrivateDisk disk = PrivateDisk.ext4(directory, DISK_MEBIBYTES)) {
            Path data = disk.root().resolve("data");
            for (int cycle = 0; cycle < cycles; cycle++) {
                crashes.cycle(
                        () -> ServerProcess.start(data, environment),
                        server -> {
                            disk.losePower(server.handle());
                            server.kill();
                            disk.comeBack();
                        },
                        cycle % CYCLES_PER_THOROUGH_CHECK == 0);
            }
            crashes.end(() -> ServerProcess.start(data));
        }
    }

    @Test
    void findsTheMutantThatForgetsToForce() throws Exception {
        Map<String, String> lie = LyingDisk.environment(directory);
        try {
            crash(new ServerCrashes(1, 2, 1), directory, 2, lie);
        } catch (AssertionError lost) {
            return;
        } catch (SQLException lost) {
            assertTrue(lost.getMessage().contains("does not exist"), lost::toString);
            return;
        } catch (IOException didNotStart) {
            assertTrue(didNotStart.getMessage().contains("did not start"), didNotStart::toString);
            return;
        }
        throw new AssertionError("the mutant survives");
    }
}
