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

    /** How many rows a block has. */
    static int rowCount(ByteBuffer payload) {
        return BlockCodec.rowCount(payload.array(), payload.arrayOffset() + payload.position(), payload.remaining());
    }

    /** The numbers that the rows of a block have in their frame; null when they are all there. */
    public static int @Nullable [] rowNumbers(ByteBuffer payload) {
        return BlockCodec.rowNumbers(payload.array(), payload.arrayOffset() + payload.position(), payload.remaining());
    }
}
