package io.thalweg.log.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Files that live as long as this object, for databases that need no disk and for tests. The heap is the only limit;
 * forcing does nothing. Thread-safe.
 */
public final class MemoryFileSystem implements LogFileSystem {
    /** Guarded by this. */
    private final Map<Path, MemoryFile> content = new HashMap<>();
    /** Guarded by this. */
    private final Set<Path> directories = new HashSet<>();
    /** Guarded by this. */
    private final Set<Path> locks = new HashSet<>();

    @Override
    public synchronized LogFile create(Path file) throws IOException {
        requireDirectory(parent(file));
        MemoryFile created = new MemoryFile();
        if (content.putIfAbsent(key(file), created) != null) {
            throw new FileAlreadyExistsException(file.toString());
        }
        return created;
    }

    @Override
    public synchronized LogFile open(Path file) throws IOException {
        MemoryFile found = content.get(key(file));
        if (found == null) {
            throw new NoSuchFileException(file.toString());
        }
        return found;
    }

    @Override
    public LogFile openForReading(Path file) throws IOException {
        return open(file);
    }

    @Override
    public synchronized boolean exists(Path path) {
        return content.containsKey(key(path)) || isDirectory(key(path));
    }

    @Override
    public synchronized void createDirectory(Path directory) throws IOException {
        requireDirectory(parent(directory));
        directories.add(key(directory));
    }

    @Override
    public synchronized List<String> list(Path directory) throws IOException {
        requireDirectory(directory);
        Set<String> names = new HashSet<>();
        content.keySet().forEach(path -> addChild(names, path, key(directory)));
        directories.forEach(path -> addChild(names, path, key(directory)));
        return names.stream().sorted().toList();
    }

    @Override
    public synchronized void moveAtomically(Path from, Path to) throws IOException {
        MemoryFile moved = content.remove(key(from));
        if (moved == null) {
            throw new NoSuchFileException(from.toString());
        }
        content.put(key(to), moved);
    }

    @Override
    public synchronized void delete(Path path) throws IOException {
        if (content.remove(key(path)) != null) {
            return;
        }
        if (!directories.contains(key(path))) {
            throw new NoSuchFileException(path.toString());
        }
        if (!list(path).isEmpty()) {
            throw new DirectoryNotEmptyException(path.toString());
        }
        directories.remove(key(path));
    }

    @Override
    public void forceDirectory(Path directory) {
        // Memory has nothing below it that could be made durable.
    }

    @Override
    public synchronized Optional<Closeable> tryLock(Path file) {
        Path lock = key(file);
        if (!locks.add(lock)) {
            return Optional.empty();
        }
        return Optional.of(() -> {
            synchronized (this) {
                locks.remove(lock);
            }
        });
    }

    @Override
    public long usableSpace(Path directory) {
        return Long.MAX_VALUE;
    }

    private void requireDirectory(Path directory) throws NoSuchFileException {
        if (!isDirectory(key(directory))) {
            throw new NoSuchFileException(directory.toString());
        }
    }

    private boolean isDirectory(Path key) {
        return key.getParent() == null || directories.contains(key);
    }

    private static void addChild(Set<String> names, Path path, Path directory) {
        if (directory.equals(path.getParent())) {
            names.add(path.getFileName().toString());
        }
    }

    private static Path parent(Path path) {
        Path parent = key(path).getParent();
        return parent == null ? key(path) : parent;
    }

    private static Path key(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
