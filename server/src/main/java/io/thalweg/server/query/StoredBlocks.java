package io.thalweg.server.query;

import io.thalweg.model.delta.BlockCodec;
import io.thalweg.model.delta.DeltaBatch;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads the blocks of rows that are in the log. */
public final class StoredBlocks {
    private StoredBlocks() {}

    /**
     * The chosen columns of a block, or all of them.
     *
     * @param payload backed by an array
     */
    public static DeltaBatch decode(ByteBuffer payload, int @Nullable [] columns) {
        return BlockCodec.decodeStored(
                payload.array(),
                payload.arrayOffset() + payload.position(),
                payload.remaining(),
                columns,
                Lz4Compression.INSTANCE);
    }
}
