package io.thalweg.log.segment;

import io.thalweg.log.file.AtomicFile;
import io.thalweg.log.file.DiskFullException;
import io.thalweg.log.file.LogFile;
import io.thalweg.log.file.LogFileSystem;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * The writing side of the last segment of a partition. {@link #write} belongs to one thread; {@link #force} may run
 * beside it on another.
 */
public final class SegmentWriter implements Closeable {
    private final LogFile file;

    private SegmentWriter(LogFile file) {
        this.file = file;
    }

    /**
     * Creates a segment file that holds its header and these frames. It is durable, name and content, when this
     * returns; before that only a temporary file exists, which a restart deletes. After a {@link DiskFullException}
     * nothing is left of it; after any other exception the directory must not be written to again.
     */
    public static void createFile(LogFileSystem files, Path directory, SegmentHeader header, SegmentFill fill)
            throws IOException {
        Path path = SegmentName.segment(directory, header.baseOffset());
        Path temporary = AtomicFile.temporary(path);
        if (files.exists(temporary)) {
            files.delete(temporary);
        }
        try (LogFile file = files.create(temporary)) {
            file.writeFully(header.encode(), 0);
            fill.writeTo(file, SegmentHeader.BYTES);
            file.forceAll();
        } catch (DiskFullException e) {
            files.delete(temporary);
            throw e;
        }
        try {
            files.moveAtomically(temporary, path);
            files.forceDirectory(directory);
        } catch (DiskFullException e) {
            throw new IOException("the name of " + path + " may or may not be on disk", e);
        }
    }

    /** Opens a segment for appending. */
    public static SegmentWriter open(LogFileSystem files, Path directory, long baseOffset) throws IOException {
        return new SegmentWriter(files.open(SegmentName.segment(directory, baseOffset)));
    }

    /** Writes frames one after another, through a buffer that the caller lends. */
    public void write(List<byte[]> frames, long position, ByteBuffer buffer) throws IOException {
        buffer.clear();
        long at = position;
        for (byte[] frame : frames) {
            int done = 0;
            while (done < frame.length) {
                if (!buffer.hasRemaining()) {
                    at += flush(buffer, at);
                }
                int step = Math.min(buffer.remaining(), frame.length - done);
                buffer.put(frame, done, step);
                done += step;
            }
        }
        flush(buffer, at);
    }

    /** Makes all writes that have returned durable. Must not be called again after it failed. */
    public void force() throws IOException {
        file.force();
    }

    /** Takes back everything behind a position, so that it does not return after a crash either. */
    public void truncate(long position) throws IOException {
        file.truncate(position);
        file.forceAll();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private int flush(ByteBuffer buffer, long position) throws IOException {
        buffer.flip();
        int length = buffer.remaining();
        file.writeFully(buffer, position);
        buffer.clear();
        return length;
    }

    /** Writes the first frames of a new segment. */
    @FunctionalInterface
    public interface SegmentFill {
        /** A segment that starts without frames. */
        SegmentFill NOTHING = (file, position) -> {};

        /** Writes all frames, the first at this position. */
        void writeTo(LogFile file, long position) throws IOException;
    }
}
