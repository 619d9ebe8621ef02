package io.thalweg.log.frame;

import static io.thalweg.log.frame.FrameFormat.INT;
import static io.thalweg.log.frame.FrameFormat.LONG;
import static io.thalweg.log.frame.FrameFormat.SHORT;

import java.util.zip.CRC32C;

/**
 * A frame that has its payload and waits for its place in the log. The constructor does the long work (copy and
 * checksum of the payload) and belongs outside every lock; {@link #seal} takes constant time and is called once, in
 * the order of the log. One thread at a time.
 */
public final class FrameDraft {
    private final FrameOwner owner;
    private final CRC32C checksum = new CRC32C();
    private final byte[] bytes;

    public FrameDraft(FrameOwner owner, FrameContent content) {
        this.owner = owner;
        int payloadBytes = content.payload().remaining();
        if (content.payloadKind() == FrameFormat.KAFKA_BATCH && payloadBytes < FrameFormat.KAFKA_STAMPED_BYTES) {
            throw new IllegalArgumentException("no Kafka batch has " + payloadBytes + " bytes");
        }
        this.bytes = new byte[FrameFormat.frameBytes(payloadBytes)];
        content.payload().duplicate().get(bytes, FrameFormat.HEADER_BYTES, payloadBytes);
        INT.set(bytes, 0, FrameFormat.MAGIC);
        bytes[FrameFormat.VERSION_AT] = FrameFormat.VERSION;
        bytes[FrameFormat.KIND_AT] = content.payloadKind();
        SHORT.set(bytes, FrameFormat.FLAGS_AT, content.producer().transactional() ? FrameFormat.TRANSACTIONAL : 0);
        INT.set(bytes, FrameFormat.PAYLOAD_LENGTH_AT, payloadBytes);
        INT.set(bytes, FrameFormat.ROW_COUNT_AT, content.rowCount());
        LONG.set(bytes, FrameFormat.STREAM_AT, owner.streamId());
        INT.set(bytes, FrameFormat.PARTITION_AT, owner.partition());
        LONG.set(bytes, FrameFormat.MIN_EVENT_TIME_AT, content.minEventTime());
        LONG.set(bytes, FrameFormat.MAX_EVENT_TIME_AT, content.maxEventTime());
        LONG.set(bytes, FrameFormat.PRODUCER_ID_AT, content.producer().producerId());
        SHORT.set(bytes, FrameFormat.PRODUCER_EPOCH_AT, content.producer().epoch());
        INT.set(bytes, FrameFormat.PRODUCER_SEQUENCE_AT, content.producer().sequence());
        FrameFormat.sumPayload(checksum, bytes, 0, bytes.length);
    }

    /** Writes the leader epoch into the payload, which is a Kafka batch. */
    public void stampLeaderEpoch(int epoch) {
        FrameFormat.KAFKA_INT.set(bytes, FrameFormat.KAFKA_EPOCH_AT, epoch);
    }

    /** The whole length, with header and padding. */
    public int lengthBytes() {
        return bytes.length;
    }

    /** Gives the frame its place and returns its final bytes. */
    public byte[] seal(long baseOffset, long maxEventTimeBefore, long durableUpTo, long appendedAtMicros) {
        LONG.set(bytes, FrameFormat.BASE_OFFSET_AT, baseOffset);
        if (bytes[FrameFormat.KIND_AT] == FrameFormat.KAFKA_BATCH) {
            FrameFormat.KAFKA_LONG.set(bytes, FrameFormat.HEADER_BYTES, baseOffset);
        }
        LONG.set(bytes, FrameFormat.MAX_EVENT_TIME_BEFORE_AT, maxEventTimeBefore);
        LONG.set(bytes, FrameFormat.DURABLE_UP_TO_AT, durableUpTo);
        LONG.set(bytes, FrameFormat.APPENDED_AT_AT, appendedAtMicros);
        INT.set(bytes, FrameFormat.CHECKSUM_AT, FrameFormat.finish(checksum, bytes, 0, owner));
        return bytes;
    }
}
