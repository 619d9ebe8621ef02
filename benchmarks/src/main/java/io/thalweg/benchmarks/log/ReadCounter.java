package io.thalweg.benchmarks.log;

import io.thalweg.log.file.LogFile;
import io.thalweg.log.file.LogFileSystem;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes that are read through a file system. Thread-safe. */
final class ReadCounter implements LogFileSystem {
    private final LogFileSystem files;
    private final AtomicLong bytesRead = new AtomicLong();

    ReadCounter(LogFileSystem files) {
        this.files = files;
    }

    long bytesRead() {
        return bytesRead.get();
    }

    private record CountedFile(LogFile file, AtomicLong bytesRead) implements LogFile {
        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            int read = file.read(target, position);
            bytesRead.addAndGet(Math.max(0, read));
            return read;
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            return file.write(source, position);
        }

        @Override
        public void force() throws IOException {
            file.force();
        }

        @Override
        public void forceAll() throws IOException {
            file.forceAll();
        }

        @Override
        public void truncate(long sizeBytes) throws IOException {
            file.truncate(sizeBytes);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    @Override
    public LogFile create(Path file) throws IOException {
        return new CountedFile(files.create(file), bytesRead);
    }

    @Override
    public LogFile open(Path file) throws IOException {
        return new CountedFile(files.open(file), bytesRead);
    }

    @Override
    public LogFile openForReading(Path file) throws IOException {
        return new CountedFile(files.openForReading(file), bytesRead);
    }

    @Override
    public boolean exists(Path path) throws IOException {
        return files.exists(path);
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        files.createDirectory(directory);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        return files.list(directory);
    }

    @Override
    public void moveAtomically(Path from, Path to) throws IOException {
        files.moveAtomically(from, to);
    }

    @Override
    public void delete(Path path) throws IOException {
        files.delete(path);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        files.forceDirectory(directory);
    }

    @Override
    public Optional<Closeable> tryLock(Path file) throws IOException {
        return files.tryLock(file);
    }

    @Override
    public long usableSpace(Path directory) throws IOException {
        return files.usableSpace(directory);
    }
}
