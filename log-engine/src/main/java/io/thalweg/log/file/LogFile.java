package io.thalweg.log.file;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One open file. Reads and writes name their position, so threads share it without a cursor; a write and a force may
 * run at the same time, and the force then covers what was written before it began.
 */
public interface LogFile extends Closeable {
    /** Reads once at a position; may read less than asked for. Returns -1 at the end of the file. */
    int read(ByteBuffer target, long position) throws IOException;

    /** Writes once at a position; may write less than asked for, and part of it before an exception. */
    int write(ByteBuffer source, long position) throws IOException;

    /** Makes the content durable, and of the metadata what is needed to read it (fdatasync). Never to be retried. */
    void force() throws IOException;

    /** Makes the content and all metadata durable (fsync); needed after the file became shorter. Never to be retried. */
    void forceAll() throws IOException;

    /** Cuts the file; has no effect when it is shorter. */
    void truncate(long sizeBytes) throws IOException;

    long size() throws IOException;

    /** Writes all that remains in the source. After an exception an unknown part of it is in the file. */
    default void writeFully(ByteBuffer source, long position) throws IOException {
        long at = position;
        while (source.hasRemaining()) {
            int written = write(source, at);
            if (written <= 0) {
                throw new EOFException("write made no progress at position " + at);
            }
            at += written;
        }
    }

    /** Reads until the target is full or the file ends; returns the number of bytes read. */
    default int readFully(ByteBuffer target, long position) throws IOException {
        int total = 0;
        while (target.hasRemaining()) {
            int count = read(target, position + total);
            if (count < 0) {
                break;
            }
            total += count;
        }
        return total;
    }
}
