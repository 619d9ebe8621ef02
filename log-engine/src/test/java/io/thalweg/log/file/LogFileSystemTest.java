package io.thalweg.log.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.simulation.SimulatedDisk;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every file system must do; the simulated one too, or its crashes would prove nothing. */
class LogFileSystemTest {
    @TempDir
    private Path directory;

    /** The implementations. */
    enum Kind {
        DISK,
        MEMORY,
        SIMULATED
    }

    private LogFileSystem files(Kind kind) throws IOException {
        if (kind == Kind.DISK) {
            return new DiskFileSystem();
        }
        LogFileSystem files = kind == Kind.MEMORY ? new MemoryFileSystem() : new SimulatedDisk(1);
        for (int depth = 1; depth <= directory.getNameCount(); depth++) {
            files.createDirectory(directory.getRoot().resolve(directory.subpath(0, depth)));
        }
        return files;
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatWasWritten(Kind kind) throws IOException {
        LogFileSystem files = files(kind);
        Random random = new Random(7);
        byte[] expected = new byte[300_000];
        int size = 0;
        try (LogFile file = files.create(directory.resolve("file"))) {
            for (int i = 0; i < 200; i++) {
                int position = random.nextInt(200_000);
                byte[] bytes = new byte[random.nextInt(100_000)];
                random.nextBytes(bytes);
                file.writeFully(ByteBuffer.wrap(bytes), position);
                System.arraycopy(bytes, 0, expected, position, bytes.length);
                size = bytes.length == 0 ? size : Math.max(size, position + bytes.length);
                if (random.nextInt(5) == 0) {
                    int cut = random.nextInt(250_000);
                    file.truncate(cut);
                    Arrays.fill(expected, Math.min(cut, size), expected.length, (byte) 0);
                    size = Math.min(cut, size);
                }
                assertEquals(size, file.size());
            }
            file.force();
            file.forceAll();
        }
        try (LogFile file = files.openForReading(directory.resolve("file"))) {
            ByteBuffer target = ByteBuffer.allocate(300_000);
            assertEquals(size, file.readFully(target, 0));
            assertArrayEquals(Arrays.copyOf(expected, size), Arrays.copyOf(target.array(), size));
            assertEquals(-1, file.read(ByteBuffer.allocate(1), size));
        }
    }

    @ParameterizedTest
    @EnumSource
    void knowsNames(Kind kind) throws IOException {
        LogFileSystem files = files(kind);
        Path parent = directory.resolve("parent");
        assertFalse(files.exists(parent));
        files.createDirectory(parent);
        files.createDirectory(parent);
        assertTrue(files.exists(parent));
        files.create(parent.resolve("b")).close();
        files.create(parent.resolve("a")).close();
        files.createDirectory(parent.resolve("c"));
        assertEquals(List.of("a", "b", "c"), files.list(parent));
        assertThrows(IOException.class, () -> files.create(parent.resolve("a")));
        assertThrows(IOException.class, () -> files.open(parent.resolve("d")));
        assertThrows(
                IOException.class,
                () -> files.create(directory.resolve("nowhere").resolve("e")));
        files.moveAtomically(parent.resolve("a"), parent.resolve("b"));
        files.delete(parent.resolve("c"));
        assertEquals(List.of("b"), files.list(parent));
        assertThrows(IOException.class, () -> files.delete(parent.resolve("a")));
        files.delete(parent.resolve("b"));
        files.forceDirectory(parent);
        files.delete(parent);
        assertFalse(files.exists(parent));
        assertTrue(files.usableSpace(directory) > 0);
    }

    @ParameterizedTest
    @EnumSource
    void locksOnce(Kind kind) throws IOException {
        LogFileSystem files = files(kind);
        Path lock = directory.resolve("lock");
        Optional<Closeable> first = files.tryLock(lock);
        assertTrue(first.isPresent());
        assertTrue(files.tryLock(lock).isEmpty());
        first.get().close();
        Optional<Closeable> second = files.tryLock(lock);
        assertTrue(second.isPresent());
        second.get().close();
    }
}
