package io.thalweg.log.simulation;

import io.thalweg.log.file.DiskFullException;
import io.thalweg.log.file.LogFile;
import io.thalweg.log.file.LogFileSystem;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A file system that knows what it has not written yet, and loses it on demand. Everything is decided by the seed and
 * the sequence of operations. Thread-safe, though only one thread gives a repeatable run.
 */
public final class SimulatedDisk implements LogFileSystem {
    /** Stands for a directory in the name tables. */
    private static final SimulatedFile DIRECTORY = new SimulatedFile();

    /** A change of names that is not durable before its directory is forced; it happens as a whole or not at all. */
    private record NameChange(Path directory, Map<Path, Optional<SimulatedFile>> names) {}

    private final Random random;
    private final TreeMap<Path, SimulatedFile> seen = new TreeMap<>();
    private final TreeMap<Path, SimulatedFile> durable = new TreeMap<>();
    private final List<NameChange> unforcedChanges = new ArrayList<>();
    private final Set<Path> locks = new HashSet<>();

    private final Faults faults = new Faults();
    private long operations;
    private long forces;
    private boolean crashed;

    /** What goes wrong, and when. Change it through {@link SimulatedDisk#faults()} between operations. */
    public static final class Faults {
        /** The operation at which the power goes. */
        public long crashAtOperation = Long.MAX_VALUE;
        /** The force that fails, counted from 1. */
        public long failAtForce = Long.MAX_VALUE;
        /** The operation from which on there is no room for anything new. */
        public long fullFromOperation = Long.MAX_VALUE;
        /** Bytes that all files together can have. */
        public long capacityBytes = Long.MAX_VALUE;
        /** Whether writes may write less than asked for. */
        public boolean shortWrites;
        /** A broken disk, or a program that forgot to force files. */
        public boolean ignoreFileForces;
        /** A program that forgot to force directories. */
        public boolean ignoreDirectoryForces;
    }

    public SimulatedDisk(long seed) {
        this.random = new Random(seed);
    }

    public Faults faults() {
        return faults;
    }

    public synchronized long operations() {
        return operations;
    }

    public synchronized long forces() {
        return forces;
    }

    /** A new disk with what a power loss now may leave; this disk is not changed. */
    public synchronized SimulatedDisk afterPowerLoss(long seed) {
        Random fate = new Random(seed);
        SimulatedDisk survivor = new SimulatedDisk(fate.nextLong());
        Map<Path, SimulatedFile> names = survivingNames(fate);
        Map<SimulatedFile, SimulatedFile> contents = new HashMap<>();
        for (Map.Entry<Path, SimulatedFile> entry : names.entrySet()) {
            SimulatedFile file = entry.getValue() == DIRECTORY
                    ? DIRECTORY
                    : contents.computeIfAbsent(entry.getValue(), lost -> lost.afterPowerLoss(fate));
            survivor.seen.put(entry.getKey(), file);
            survivor.durable.put(entry.getKey(), file);
        }
        return survivor;
    }

    /** The process is killed, the machine goes on: what it wrote stays, what it held is free. */
    public synchronized void killProcess() {
        locks.clear();
        crashed = false;
    }

    /** All files, for tests that damage one. */
    public synchronized List<Path> allFiles() {
        return seen.entrySet().stream()
                .filter(entry -> entry.getValue() != DIRECTORY)
                .map(Map.Entry::getKey)
                .toList();
    }

    public synchronized byte[] content(Path file) {
        return seen.get(file).content();
    }

    /** Replaces the content of a file behind everybody's back. */
    public synchronized void setContent(Path file, byte[] content) {
        SimulatedFile replaced = SimulatedFile.of(content);
        seen.put(file, replaced);
        durable.put(file, replaced);
    }

    @Override
    public synchronized LogFile create(Path file) throws IOException {
        operate();
        requireRoom();
        requireDirectory(file.getParent());
        if (seen.containsKey(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        SimulatedFile created = new SimulatedFile();
        change(file.getParent(), Map.of(file, Optional.of(created)));
        return new Handle(created);
    }

    @Override
    public synchronized LogFile open(Path file) throws IOException {
        SimulatedFile found = seen.get(file);
        if (found == null || found == DIRECTORY) {
            throw new NoSuchFileException(file.toString());
        }
        return new Handle(found);
    }

    @Override
    public LogFile openForReading(Path file) throws IOException {
        return open(file);
    }

    @Override
    public synchronized boolean exists(Path path) {
        return path.getParent() == null || seen.containsKey(path);
    }

    @Override
    public synchronized void createDirectory(Path directory) throws IOException {
        operate();
        requireRoom();
        requireDirectory(directory.getParent());
        if (!seen.containsKey(directory)) {
            change(directory.getParent(), Map.of(directory, Optional.of(DIRECTORY)));
        }
    }

    @Override
    public synchronized List<String> list(Path directory) throws IOException {
        requireDirectory(directory);
        return seen.tailMap(directory, false).keySet().stream()
                .filter(path -> directory.equals(path.getParent()))
                .map(path -> path.getFileName().toString())
                .sorted()
                .toList();
    }

    @Override
    public synchronized void moveAtomically(Path from, Path to) throws IOException {
        operate();
        SimulatedFile moved = seen.get(from);
        if (moved == null) {
            throw new NoSuchFileException(from.toString());
        }
        change(to.getParent(), Map.of(from, Optional.empty(), to, Optional.of(moved)));
    }

    @Override
    public synchronized void delete(Path path) throws IOException {
        operate();
        if (!seen.containsKey(path)) {
            throw new NoSuchFileException(path.toString());
        }
        change(path.getParent(), Map.of(path, Optional.empty()));
    }

    @Override
    public synchronized void forceDirectory(Path directory) throws IOException {
        operate();
        if (faults.ignoreDirectoryForces) {
            return;
        }
        for (Iterator<NameChange> changes = unforcedChanges.iterator(); changes.hasNext(); ) {
            NameChange change = changes.next();
            if (change.directory().equals(directory)) {
                apply(change, durable);
                changes.remove();
            }
        }
    }

    @Override
    public synchronized Optional<Closeable> tryLock(Path file) {
        if (!locks.add(file)) {
            return Optional.empty();
        }
        return Optional.of(() -> {
            synchronized (this) {
                locks.remove(file);
            }
        });
    }

    @Override
    public synchronized long usableSpace(Path directory) {
        return faults.capacityBytes == Long.MAX_VALUE
                ? Long.MAX_VALUE
                : Math.max(0, faults.capacityBytes - usedBytes());
    }

    private long usedBytes() {
        return seen.values().stream().distinct().mapToLong(SimulatedFile::size).sum();
    }

    private void operate() {
        operations++;
        if (crashed || operations >= faults.crashAtOperation) {
            crashed = true;
            throw new SimulatedCrash(operations);
        }
    }

    private void requireRoom() throws DiskFullException {
        if (operations >= faults.fullFromOperation) {
            throw new DiskFullException("simulated disk is full");
        }
    }

    private void change(Path directory, Map<Path, Optional<SimulatedFile>> names) {
        NameChange change = new NameChange(directory, names);
        apply(change, seen);
        unforcedChanges.add(change);
    }

    private static void apply(NameChange change, Map<Path, SimulatedFile> names) {
        change.names().forEach((path, file) -> {
            if (file.isPresent()) {
                names.put(path, file.get());
            } else {
                names.remove(path);
            }
        });
    }

    /** The durable names with some of the unforced changes: the first few, or any. */
    private Map<Path, SimulatedFile> survivingNames(Random fate) {
        Map<Path, SimulatedFile> names = new TreeMap<>(durable);
        boolean inOrder = fate.nextBoolean();
        int kept = fate.nextInt(unforcedChanges.size() + 1);
        for (int i = 0; i < unforcedChanges.size(); i++) {
            if (inOrder ? i < kept : fate.nextBoolean()) {
                apply(unforcedChanges.get(i), names);
            }
        }
        names.keySet().removeIf(path -> !isReachable(path, names));
        return names;
    }

    private static boolean isReachable(Path path, Map<Path, SimulatedFile> names) {
        for (Path parent = path.getParent(); parent.getParent() != null; parent = parent.getParent()) {
            if (names.get(parent) != DIRECTORY) {
                return false;
            }
        }
        return true;
    }

    private void requireDirectory(Path directory) throws NoSuchFileException {
        if (directory.getParent() != null && seen.get(directory) != DIRECTORY) {
            throw new NoSuchFileException(directory.toString());
        }
    }

    /** An open file. */
    private final class Handle implements LogFile {
        private final SimulatedFile file;
        private boolean closed;

        Handle(SimulatedFile file) {
            this.file = file;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            synchronized (SimulatedDisk.this) {
                requireOpen();
                byte[] bytes = new byte[target.remaining()];
                int count = file.read(bytes, 0, bytes.length, position);
                if (count > 0) {
                    target.put(bytes, 0, count);
                }
                return count;
            }
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            synchronized (SimulatedDisk.this) {
                requireOpen();
                byte[] bytes = new byte[source.remaining()];
                source.duplicate().get(bytes);
                int wanted = bytes.length;
                if (operations + 1 >= faults.crashAtOperation && !crashed) {
                    file.write(bytes, random.nextInt(wanted + 1), position);
                }
                operate();
                requireRoom();
                if (faults.shortWrites && wanted > 1 && random.nextInt(4) == 0) {
                    wanted = 1 + random.nextInt(wanted - 1);
                }
                long room = faults.capacityBytes - usedBytes() + Math.max(0, file.size() - position);
                int count = (int) Math.min(wanted, Math.max(0, room));
                file.write(bytes, count, position);
                if (count < wanted) {
                    throw new DiskFullException("simulated disk is full");
                }
                source.position(source.position() + count);
                return count;
            }
        }

        @Override
        public void force() throws IOException {
            synchronized (SimulatedDisk.this) {
                requireOpen();
                operate();
                forces++;
                if (forces == faults.failAtForce) {
                    file.failForce();
                    throw new IOException("simulated input/output error");
                }
                if (!faults.ignoreFileForces) {
                    file.force();
                }
            }
        }

        @Override
        public void forceAll() throws IOException {
            force();
        }

        @Override
        public void truncate(long sizeBytes) throws IOException {
            synchronized (SimulatedDisk.this) {
                requireOpen();
                operate();
                file.truncate(Math.toIntExact(sizeBytes));
            }
        }

        @Override
        public long size() throws IOException {
            synchronized (SimulatedDisk.this) {
                requireOpen();
                return file.size();
            }
        }

        @Override
        public void close() {
            closed = true;
        }

        private void requireOpen() throws ClosedChannelException {
            if (closed) {
                throw new ClosedChannelException();
            }
        }
    }
}
