package io.thalweg.log.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.UUID;

/**
 * The partition a frame belongs to. The incarnation is drawn anew whenever a partition is created and goes into every
 * checksum, so bytes of another partition, or of a dropped one with the same number, never pass for frames of this one.
 * Immutable.
 */
public final class FrameOwner {
    private final long streamId;
    private final int partition;
    private final UUID incarnation;
    private final byte[] checksumSeed;

    public FrameOwner(long streamId, int partition, UUID incarnation) {
        this.streamId = streamId;
        this.partition = partition;
        this.incarnation = incarnation;
        this.checksumSeed = ByteBuffer.allocate(2 * Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(incarnation.getMostSignificantBits())
                .putLong(incarnation.getLeastSignificantBits())
                .array();
    }

    public long streamId() {
        return streamId;
    }

    public int partition() {
        return partition;
    }

    public UUID incarnation() {
        return incarnation;
    }

    /** The bytes that enter a checksum without being stored in the frame; not to be changed. */
    byte[] checksumSeed() {
        return checksumSeed;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FrameOwner that
                && streamId == that.streamId
                && partition == that.partition
                && incarnation.equals(that.incarnation);
    }

    @Override
    public int hashCode() {
        return Objects.hash(streamId, partition, incarnation);
    }

    @Override
    public String toString() {
        return "partition " + partition + " of stream " + streamId;
    }
}
