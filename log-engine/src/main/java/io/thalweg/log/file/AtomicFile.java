package io.thalweg.log.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A small file that is always replaced as a whole: after a crash its name shows either the old content or the new one,
 * never a mixture. It is written under a name that ends in {@link #TEMPORARY_SUFFIX}; recovery deletes such leftovers.
 */
public final class AtomicFile {
    /** Ends the names of files that are not finished. */
    public static final String TEMPORARY_SUFFIX = ".tmp";

    private final LogFileSystem files;
    private final Path path;

    public AtomicFile(LogFileSystem files, Path path) {
        this.files = files;
        this.path = path;
    }

    /** The unfinished twin of a file. */
    public static Path temporary(Path path) {
        return path.resolveSibling(path.getFileName() + TEMPORARY_SUFFIX);
    }

    /** Durable when it returns; on an exception the old content is still there. */
    public void replace(ByteBuffer content) throws IOException {
        Path temporary = temporary(path);
        deleteIfExists(temporary);
        try (LogFile file = files.create(temporary)) {
            file.writeFully(content, 0);
            file.forceAll();
        }
        files.moveAtomically(temporary, path);
        files.forceName(path);
    }

    /** The whole content, in a buffer ready to be read. */
    public ByteBuffer read() throws IOException {
        try (LogFile file = files.openForReading(path)) {
            ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(file.size()));
            file.readFully(content, 0);
            return content.flip();
        }
    }

    public boolean exists() throws IOException {
        return files.exists(path);
    }

    private void deleteIfExists(Path file) throws IOException {
        if (files.exists(file)) {
            files.delete(file);
        }
    }
}
