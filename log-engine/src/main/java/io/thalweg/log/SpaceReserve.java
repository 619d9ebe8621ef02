package io.thalweg.log;

import io.thalweg.log.file.DiskFullException;
import io.thalweg.log.file.LogFile;
import io.thalweg.log.file.LogFileSystem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A file that only takes space, to be given up when the disk is full, so that the partitions that run the system (its
 * catalog above all) can still write. While it is given up, ordinary partitions take no appends; it is taken back when
 * there is room for it twice. Thread-safe.
 */
final class SpaceReserve {
    private static final int CHUNK_BYTES = 1024 * 1024;

    private final LogFileSystem files;
    private final Path directory;
    private final Path path;
    private final int sizeBytes;
    /** Written under this; volatile because every append reads it. */
    private volatile boolean givenUp;

    SpaceReserve(LogFileSystem files, Path directory, Path path, int sizeBytes) {
        this.files = files;
        this.directory = directory;
        this.path = path;
        this.sizeBytes = sizeBytes;
    }

    /** Takes the space, unless it is there or the disk has no bound; with too little room it counts as given up. */
    synchronized void open() throws IOException {
        if (sizeBytes == 0 || files.usableSpace(directory) == Long.MAX_VALUE) {
            return;
        }
        if (files.exists(path)) {
            try (LogFile file = files.openForReading(path)) {
                if (file.size() == sizeBytes) {
                    return;
                }
            }
        }
        givenUp = true;
        restoreIfRoom();
    }

    boolean isGivenUp() {
        return givenUp;
    }

    /** Frees the space; false when there is none to free. */
    synchronized boolean giveUp() {
        try {
            givenUp = sizeBytes > 0;
            if (sizeBytes == 0 || !files.exists(path)) {
                return false;
            }
            files.delete(path);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Takes the space again if there is enough; called from time to time. */
    synchronized void restoreIfRoom() throws IOException {
        if (!givenUp || files.usableSpace(directory) < 2L * sizeBytes) {
            return;
        }
        if (files.exists(path)) {
            files.delete(path);
        }
        try (LogFile file = files.create(path)) {
            ByteBuffer zeros = ByteBuffer.allocateDirect(Math.min(sizeBytes, CHUNK_BYTES));
            for (int done = 0; done < sizeBytes; done += zeros.limit()) {
                zeros.clear().limit(Math.min(zeros.capacity(), sizeBytes - done));
                file.writeFully(zeros, done);
            }
            file.forceAll();
        } catch (DiskFullException e) {
            files.delete(path);
            return;
        }
        givenUp = false;
    }
}
