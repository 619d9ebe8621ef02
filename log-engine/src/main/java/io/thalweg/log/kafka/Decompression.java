package io.thalweg.log.kafka;

import java.io.IOException;
import java.io.InputStream;

/**
 * Opens the records of compressed batches, since the log has no codecs of its own; supplied by the owner of the
 * partition. Thread-safe. What comes out is counted by the reader, so an implementation needs no bound but must not
 * decompress ahead by more than a block, and must not throw an {@link Error} at bytes that are not what they should be.
 */
@FunctionalInterface
public interface Decompression {
    /** Knows no codec: compressed batches are refused. */
    Decompression NOTHING = (compression, compressed) -> {
        throw new UnsupportedOperationException("no codec for " + compression);
    };

    /**
     * A stream of the decompressed records.
     *
     * @throws UnsupportedOperationException when there is no codec for this compression
     * @throws IOException when they are not compressed so; reading may throw it too
     */
    InputStream open(BatchCompression compression, InputStream compressed) throws IOException;
}
