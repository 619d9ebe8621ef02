package io.thalweg.wire.message;

import io.thalweg.model.delta.BlockCodec;
import io.thalweg.model.delta.DeltaBatch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A batch in the encoded form of {@link BlockCodec}: a slice of an array that nobody writes any more. It is decoded where
 * it is used, so that the thread that reads frames does not.
 *
 * @param bytes shared, and often the frame that brought it
 */
public record RowBlock(byte[] bytes, int offset, int length) {
    public RowBlock {
        if (offset < 0 || length < 0 || length > bytes.length - offset) {
            throw new IllegalArgumentException(
                    "slice " + offset + " + " + length + " of an array of " + bytes.length + " bytes");
        }
    }

    public static RowBlock of(DeltaBatch batch) {
        byte[] encoded = BlockCodec.encode(batch);
        return new RowBlock(encoded, 0, encoded.length);
    }

    /** All columns of the batch; throws {@link io.thalweg.model.error.ThalwegException} if the bytes are not a block. */
    public DeltaBatch decode() {
        return BlockCodec.decode(bytes, offset, length, null);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RowBlock block
                && Arrays.equals(
                        bytes, offset, offset + length, block.bytes, block.offset, block.offset + block.length);
    }

    @Override
    public int hashCode() {
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + bytes[offset + i];
        }
        return hash;
    }

    @Override
    public String toString() {
        return length + " bytes of rows";
    }
}
