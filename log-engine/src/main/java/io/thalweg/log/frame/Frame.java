package io.thalweg.log.frame;

import static io.thalweg.log.frame.FrameFormat.INT;
import static io.thalweg.log.frame.FrameFormat.LONG;
import static io.thalweg.log.frame.FrameFormat.SHORT;

import java.nio.ByteBuffer;

/**
 * A view of a checked frame inside a byte array; moved from frame to frame by its reader, so what it shows is good
 * until the reader moves. One thread.
 */
public final class Frame {
    private byte[] bytes = new byte[0];
    private int start;

    /** Points this view to the frame that starts here. */
    public void moveTo(byte[] array, int position) {
        this.bytes = array;
        this.start = position;
    }

    public byte payloadKind() {
        return bytes[start + FrameFormat.KIND_AT];
    }

    public int rowCount() {
        return (int) INT.get(bytes, start + FrameFormat.ROW_COUNT_AT);
    }

    public long baseOffset() {
        return (long) LONG.get(bytes, start + FrameFormat.BASE_OFFSET_AT);
    }

    /** The offset after the last row. */
    public long endOffset() {
        return baseOffset() + rowCount();
    }

    public long minEventTime() {
        return (long) LONG.get(bytes, start + FrameFormat.MIN_EVENT_TIME_AT);
    }

    public long maxEventTime() {
        return (long) LONG.get(bytes, start + FrameFormat.MAX_EVENT_TIME_AT);
    }

    /** The greatest event time of all earlier offsets. */
    public long maxEventTimeBefore() {
        return (long) LONG.get(bytes, start + FrameFormat.MAX_EVENT_TIME_BEFORE_AT);
    }

    /** The greatest event time up to and with this frame. */
    public long maxEventTimeAfter() {
        return Math.max(maxEventTimeBefore(), maxEventTime());
    }

    public long durableUpTo() {
        return (long) LONG.get(bytes, start + FrameFormat.DURABLE_UP_TO_AT);
    }

    public long appendedAtMicros() {
        return (long) LONG.get(bytes, start + FrameFormat.APPENDED_AT_AT);
    }

    public ProducerSequence producer() {
        return new ProducerSequence(
                (long) LONG.get(bytes, start + FrameFormat.PRODUCER_ID_AT),
                (short) SHORT.get(bytes, start + FrameFormat.PRODUCER_EPOCH_AT),
                (int) INT.get(bytes, start + FrameFormat.PRODUCER_SEQUENCE_AT),
                ((short) SHORT.get(bytes, start + FrameFormat.FLAGS_AT) & FrameFormat.TRANSACTIONAL) != 0);
    }

    /** What the frame says of the rows with its offsets. */
    public FrameRole role() {
        return switch (payloadKind()) {
            case FrameFormat.GAP -> FrameRole.GAP;
            case FrameFormat.COMMIT -> FrameRole.COMMIT;
            case FrameFormat.ABORT -> FrameRole.ABORT;
            default -> FrameRole.ROWS;
        };
    }

    /** Whether this is neither a gap nor a marker. */
    public boolean hasRows() {
        return !isGap() && !isMarker();
    }

    /** Whether the rows were removed. */
    public boolean isGap() {
        return payloadKind() == FrameFormat.GAP;
    }

    /** Whether this ends a transaction. */
    public boolean isMarker() {
        return payloadKind() == FrameFormat.COMMIT || payloadKind() == FrameFormat.ABORT;
    }

    /** The whole frame as it is stored, until the reader moves. */
    public ByteBuffer stored() {
        return ByteBuffer.wrap(bytes, start, lengthBytes()).slice();
    }

    /** The whole length, with header and padding. */
    public int lengthBytes() {
        return FrameFormat.frameBytesAt(bytes, start);
    }

    public int payloadBytes() {
        return (int) INT.get(bytes, start + FrameFormat.PAYLOAD_LENGTH_AT);
    }

    /** The beginning of the payload, as far as this view has it. */
    public ByteBuffer payloadPrefix() {
        int available = Math.min(payloadBytes(), bytes.length - start - FrameFormat.HEADER_BYTES);
        return ByteBuffer.wrap(bytes, start + FrameFormat.HEADER_BYTES, available)
                .slice();
    }

    /** The payload, backed by an array that holds other bytes too; not to be written to. */
    public ByteBuffer payload() {
        return ByteBuffer.wrap(bytes, start + FrameFormat.HEADER_BYTES, payloadBytes())
                .slice();
    }
}
