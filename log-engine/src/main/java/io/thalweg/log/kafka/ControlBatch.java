package io.thalweg.log.kafka;

import java.nio.ByteBuffer;

/**
 * The batch that stands for the marker of a transaction in a Kafka fetch: one record whose key says commit or abort. The
 * log keeps markers as frames of its own; these bytes are made when they are asked for.
 */
public final class ControlBatch {
    private static final short KEY_VERSION = 0;
    private static final short VALUE_VERSION = 0;
    private static final short ABORT = 0;
    private static final short COMMIT = 1;
    private static final int KEY_BYTES = 4;
    private static final int VALUE_BYTES = 6;
    /** Attributes, timestamp delta, offset delta, key with its length, value with its length, number of headers. */
    private static final int RECORD_BYTES = 3 + 1 + KEY_BYTES + 1 + VALUE_BYTES + 1;
    /** The length of every control batch. */
    public static final int BYTES = RecordBatch.HEADER_BYTES + 1 + RECORD_BYTES;

    private ControlBatch() {}

    /** Where a marker is and when it was written. */
    public record Place(long offset, int leaderEpoch, long timestampMillis) {}

    /**
     * The bytes of a marker.
     *
     * @param coordinatorEpoch which coordinator wrote it
     */
    public static ByteBuffer bytes(
            Place place, long producerId, short producerEpoch, boolean commits, int coordinatorEpoch) {
        ByteBuffer batch = ByteBuffer.allocate(BYTES);
        batch.putLong(place.offset())
                .putInt(BYTES - RecordBatch.LENGTH_OVERHEAD)
                .putInt(place.leaderEpoch())
                .put(RecordBatch.MAGIC)
                .putInt(0)
                .putShort((short) (RecordBatch.TRANSACTIONAL | RecordBatch.CONTROL))
                .putInt(0)
                .putLong(place.timestampMillis())
                .putLong(place.timestampMillis())
                .putLong(producerId)
                .putShort(producerEpoch)
                .putInt(RecordBatch.NONE)
                .putInt(1);
        batch.put(zigzag(RECORD_BYTES)).put((byte) 0).put((byte) 0).put((byte) 0);
        batch.put(zigzag(KEY_BYTES)).putShort(KEY_VERSION).putShort(commits ? COMMIT : ABORT);
        batch.put(zigzag(VALUE_BYTES)).putShort(VALUE_VERSION).putInt(coordinatorEpoch);
        batch.put((byte) 0).flip();
        return batch.putInt(RecordBatch.CHECKSUM_AT, RecordBatch.checksum(batch));
    }

    /** A small positive number as a varint with its sign in the lowest bit. */
    private static byte zigzag(int value) {
        return (byte) (value << 1);
    }
}
