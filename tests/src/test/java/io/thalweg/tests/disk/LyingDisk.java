package io.thalweg.tests.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A library that makes a process believe that everything it forces is on disk: what a program does that forgets to force.
 * Needs a C compiler; a test that asks for it where there is none is skipped.
 */
public final class LyingDisk {
    private static final String SOURCE = """
            int fsync(int file) { return 0; }
            int fdatasync(int file) { return 0; }
            """;

    private LyingDisk() {}

    /** The environment of a process that is lied to. */
    public static Map<String, String> environment(Path directory) throws IOException {
        PrivateDisk.requireTool("cc", "--version");
        Path source = Files.writeString(directory.resolve("lie.c"), SOURCE);
        Path library = directory.resolve("lie.so");
        PrivateDisk.run("cc", "-shared", "-fPIC", "-w", "-o", library.toString(), source.toString());
        return Map.of("LD_PRELOAD", library.toString());
    }
}
