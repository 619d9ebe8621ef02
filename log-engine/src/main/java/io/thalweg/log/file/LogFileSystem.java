package io.thalweg.log.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Every operation the log makes on files and directories. Nothing is durable before the matching force: the content of
 * a file needs {@link LogFile#force()}, its name (after create, move or delete) needs {@link #forceDirectory}.
 * Implementations are thread-safe; one that runs out of space throws {@link DiskFullException}.
 */
public interface LogFileSystem {
    /** Creates an empty file for reading and writing; fails when the name is taken. */
    LogFile create(Path file) throws IOException;

    /** Opens an existing file for reading and writing. */
    LogFile open(Path file) throws IOException;

    /** Opens an existing file for reading by many threads, any of which may be interrupted. */
    LogFile openForReading(Path file) throws IOException;

    /**
     * Opens an existing file so that the system can move its bytes to a socket by itself; empty when the files of this
     * system are none of the operating system's. The caller closes the channel.
     */
    default Optional<FileChannel> openForTransfer(Path file) throws IOException {
        return Optional.empty();
    }

    boolean exists(Path path) throws IOException;

    /** Creates one directory in an existing one; does nothing when it exists. */
    void createDirectory(Path directory) throws IOException;

    /** The names in a directory in ascending order. */
    List<String> list(Path directory) throws IOException;

    /** Renames a file within its directory, replacing the target, in one indivisible step or not at all. */
    void moveAtomically(Path from, Path to) throws IOException;

    /** Deletes a file or an empty directory. */
    void delete(Path path) throws IOException;

    /** Makes every create, move and delete in this directory durable. */
    void forceDirectory(Path directory) throws IOException;

    /** Makes the name of a file or directory durable, whether it has appeared or gone. */
    default void forceName(Path path) throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        if (directory != null) {
            forceDirectory(directory);
        }
    }

    /** Takes the lock that this file stands for, until it is closed or the process ends; empty when it is held. */
    Optional<Closeable> tryLock(Path file) throws IOException;

    /** Bytes that can still be written below this directory. */
    long usableSpace(Path directory) throws IOException;
}
