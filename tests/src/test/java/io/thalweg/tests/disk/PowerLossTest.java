package io.thalweg.tests.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.tests.system.Seeds;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Takes the power from an ext4 file system while a process appends to a log in it, mounts it again, and looks for what
 * had been acknowledged. {@code -Dthalweg.power.losses=…} says how often, and now and
 * then the process is killed only. Needs the right to mount.
 */
@Timeout(3_600)
class PowerLossTest {
    private static final int LOSSES = Integer.getInteger("thalweg.power.losses", 12);
    private static final int DISK_MEBIBYTES = 128;

    @TempDir
    private Path directory;

    @Test
    void whatWasAcknowledgedIsThereAfterALossOfPower() throws Exception {
        try (PrivateDisk disk = PrivateDisk.ext4(directory, DISK_MEBIBYTES)) {
            LogCrashes crashes = new LogCrashes(disk, Seeds.of("PowerLossTest"), Map.of());
            while (crashes.powerLosses() < LOSSES) {
                crashes.cycle();
                assertEquals(List.of(), crashes.violations(), "after " + crashes.powerLosses() + " losses of power");
            }
            System.out.println("PowerLossTest: " + crashes.powerLosses() + " losses of power, " + crashes.kills()
                    + " kills, " + crashes.acknowledgedRows() + " acknowledged rows");
            assertTrue(crashes.acknowledgedRows() > 0, "no writer ever got through");
        }
    }

    @Test
    void findsTheMutantThatForgetsToForce() throws Exception {
        Map<String, String> lie = LyingDisk.environment(directory);
        try (PrivateDisk disk = PrivateDisk.ext4(directory, DISK_MEBIBYTES)) {
            LogCrashes crashes = new LogCrashes(disk, Seeds.of("PowerLossTest"), lie);
            for (int cycle = 0; cycle < 20 && crashes.violations().isEmpty(); cycle++) {
                crashes.cycle();
            }
            assertTrue(
                    crashes.violations().stream().anyMatch(one -> one.matches(".*(lost|gone|twice|corrupted).*")),
                    crashes.violations()::toString);
        }
    }
}
