package io.thalweg.tests.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A file system of its own, mounted for a test: a real kernel, real files, and a fault that no other test notices. Needs
 * the right to mount; a test that asks for one where that is missing is skipped, and says why.
 */
public final class PrivateDisk implements AutoCloseable {
    /** EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH, in the languages that may be there to say it. */
    private static final List<List<String>> POWER_SWITCHES = List.of(
            List.of(
                    "perl",
                    "-e",
                    "open(my $d, '<', $ARGV[0]) or die $!; my $flag = pack('L', 2);"
                            + " ioctl($d, 0x8004587d, $flag) or die $!"),
            List.of(
                    "python3",
                    "-c",
                    "import fcntl, os, struct, sys;"
                            + " fcntl.ioctl(os.open(sys.argv[1], 0), 0x8004587d, struct.pack('I', 2))"));

    /** Which programs are there, as far as anybody has asked. */
    private static final Map<String, Boolean> ON_PATH = new ConcurrentHashMap<>();

    private final Path root;
    private final List<String> mount;
    private boolean mounted;

    private PrivateDisk(Path root, List<String> mount) throws IOException {
        this.root = root;
        this.mount = mount;
        Files.createDirectories(root);
        mountAgain();
    }

    /** An ext4 file system in a file below a directory; it can lose power. */
    public static PrivateDisk ext4(Path directory, int mebibytes) throws IOException {
        requireTool("mkfs.ext4", "-V");
        Assumptions.assumeTrue(powerSwitch().isPresent(), "neither perl nor python3 is there");
        Path image = directory.resolve("disk.image");
        run("mkfs.ext4", "-q", "-F", "-m", "0", image.toString(), mebibytes + "M");
        return mounted(directory, List.of("-o", "loop", image.toString()));
    }

    /** A file system in memory that has room for so much. */
    public static PrivateDisk inMemory(Path directory, int mebibytes) throws IOException {
        return mounted(directory, List.of("-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs"));
    }

    private static PrivateDisk mounted(Path directory, List<String> mount) throws IOException {
        requireTool("mount", "--version");
        try {
            return new PrivateDisk(directory.resolve("mounted"), mount);
        } catch (IOException notPermitted) {
            Assumptions.abort("file systems cannot be mounted here: " + notPermitted.getMessage());
            throw notPermitted;
        }
    }

    /** Where it is mounted. */
    public Path root() {
        return root;
    }

    /**
     * Everything that was not forced is gone, and every operation fails until {@link #comeBack}. The process that uses the
     * disk is halted first, as its processor would be. It must be: the kernel lets a force that is under way at this
     * moment return as if it had succeeded, and a plain program that writes and forces then loses rows in one of 40 tries.
     */
    public void losePower(ProcessHandle user) throws IOException {
        halt(user);
        List<String> command = new ArrayList<>(
                powerSwitch().orElseThrow(() -> new IOException("this file system cannot lose its power")));
        command.add(root.toString());
        run(command.toArray(String[]::new));
    }

    private static void halt(ProcessHandle process) throws IOException {
        run("kill", "-STOP", Long.toString(process.pid()));
        Path threads = Path.of("/proc", Long.toString(process.pid()), "task");
        while (Files.isDirectory(threads)) {
            try (Stream<Path> all = Files.list(threads)) {
                if (all.allMatch(PrivateDisk::isHalted)) {
                    return;
                }
            }
        }
    }

    /** Whether a thread can do no more than end the call to the kernel that it is in. */
    private static boolean isHalted(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            return "TDZX".indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) >= 0;
        } catch (IOException ended) {
            return true;
        }
    }

    private static Optional<List<String>> powerSwitch() {
        return POWER_SWITCHES.stream()
                .filter(words -> ON_PATH.computeIfAbsent(words.get(0), program -> isThere(program, "--version")))
                .findFirst();
    }

    /** Power is back. No process may have a file open. */
    public void comeBack() throws IOException {
        unmount();
        mountAgain();
    }

    private void mountAgain() throws IOException {
        List<String> command = new ArrayList<>(List.of("mount"));
        command.addAll(mount);
        command.add(root.toString());
        run(command.toArray(String[]::new));
        mounted = true;
    }

    private void unmount() throws IOException {
        run("umount", root.toString());
        mounted = false;
    }

    @Override
    public void close() throws IOException {
        if (mounted) {
            run("umount", "-l", root.toString());
            mounted = false;
        }
    }

    /** Skips the test when a program is missing. */
    static void requireTool(String... command) {
        Assumptions.assumeTrue(isThere(command), command[0] + " is not there");
    }

    private static boolean isThere(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.onExit().join().exitValue() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    /** Runs a program to its end; fails with what it says. */
    static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
    }
}
