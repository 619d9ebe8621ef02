package io.thalweg.log.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine's own file system. Stateless and thread-safe. */
public final class DiskFileSystem implements LogFileSystem {
    @Override
    public LogFile create(Path file) throws IOException {
        return new DiskFile(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public LogFile open(Path file) throws IOException {
        return new DiskFile(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public LogFile openForReading(Path file) throws IOException {
        return new DiskFile(file, StandardOpenOption.READ);
    }

    @Override
    public Optional<FileChannel> openForTransfer(Path file) throws IOException {
        return Optional.of(FileChannel.open(file, StandardOpenOption.READ));
    }

    @Override
    public boolean exists(Path path) {
        return Files.exists(path);
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            DiskFile.translatingDiskFull(directory, () -> Files.createDirectory(directory));
        }
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void moveAtomically(Path from, Path to) throws IOException {
        DiskFile.translatingDiskFull(to, () -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE));
    }

    @Override
    public void delete(Path path) throws IOException {
        Files.delete(path);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        try (DiskFile handle = new DiskFile(directory, StandardOpenOption.READ)) {
            handle.forceAll();
        }
    }

    @Override
    public Optional<Closeable> tryLock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            FileLock lock = channel.tryLock();
            locked = lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return Optional.empty();
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        return locked ? Optional.of(channel) : Optional.empty();
    }

    @Override
    public long usableSpace(Path directory) throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }
}
