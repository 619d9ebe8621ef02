package io.thalweg.server;

import io.thalweg.log.file.DiskFullException;
import io.thalweg.log.file.LogFile;
import io.thalweg.log.file.LogFileSystem;
import io.thalweg.log.file.MemoryFileSystem;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Files in memory whose disk fills up, or whose process is killed after so many changes: then nothing works any more. */
final class FaultyFiles implements LogFileSystem {
    private final MemoryFileSystem memory;
    /** Guarded by this. */
    private long changesLeft;
    /** Guarded by this. */
    private boolean full;

    FaultyFiles(MemoryFileSystem memory, long changesLeft) {
        this.memory = memory;
        this.changesLeft = changesLeft;
    }

    synchronized void setFull(boolean isFull) {
        full = isFull;
    }

    synchronized boolean isKilled() {
        return changesLeft < 0;
    }

    private synchronized void look() throws IOException {
        if (changesLeft < 0) {
            throw new IOException("the process was killed");
        }
    }

    private synchronized void change() throws IOException {
        changesLeft = Math.max(-1, changesLeft - 1);
        look();
    }

    private synchronized void grow() throws IOException {
        if (full) {
            throw new DiskFullException("no space left");
        }
        change();
    }

    @Override
    public LogFile create(Path file) throws IOException {
        grow();
        return new FaultyFile(memory.create(file));
    }

    @Override
    public LogFile open(Path file) throws IOException {
        look();
        return new FaultyFile(memory.open(file));
    }

    @Override
    public LogFile openForReading(Path file) throws IOException {
        look();
        return new FaultyFile(memory.openForReading(file));
    }

    @Override
    public boolean exists(Path path) throws IOException {
        look();
        return memory.exists(path);
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        grow();
        memory.createDirectory(directory);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        look();
        return memory.list(directory);
    }

    @Override
    public void moveAtomically(Path from, Path to) throws IOException {
        change();
        memory.moveAtomically(from, to);
    }

    @Override
    public void delete(Path path) throws IOException {
        change();
        memory.delete(path);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        look();
    }

    /** A killed process holds no lock. */
    @Override
    public Optional<Closeable> tryLock(Path file) {
        return Optional.of(() -> {});
    }

    @Override
    public long usableSpace(Path directory) {
        return Long.MAX_VALUE;
    }

    private final class FaultyFile implements LogFile {
        private final LogFile file;

        FaultyFile(LogFile file) {
            this.file = file;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            look();
            return file.read(target, position);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            grow();
            return file.write(source, position);
        }

        @Override
        public void force() throws IOException {
            look();
        }

        @Override
        public void forceAll() throws IOException {
            look();
        }

        @Override
        public void truncate(long sizeBytes) throws IOException {
            change();
            file.truncate(sizeBytes);
        }

        @Override
        public long size() throws IOException {
            look();
            return file.size();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
