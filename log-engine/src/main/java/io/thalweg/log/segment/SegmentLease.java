package io.thalweg.log.segment;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;

/**
 * Holds the file of a segment open for a transfer: a segment that is deleted or replaced meanwhile keeps its bytes, in
 * their places, until the last lease is closed. Closing is thread-safe and further calls do nothing.
 */
public interface SegmentLease extends AutoCloseable {
    /** The file, to be read only; empty when it is none of the operating system's. */
    Optional<FileChannel> channel();

    @Override
    void close() throws IOException;
}
