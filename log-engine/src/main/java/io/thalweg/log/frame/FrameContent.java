package io.thalweg.log.frame;

import java.nio.ByteBuffer;

/**
 * What the writer of a frame decides: the payload (from position to limit, which are left alone), how to read it, how
 * many rows it holds, and the bounds of their event times ({@link FrameFormat#NO_EVENT_TIME} when they have none).
 */
public record FrameContent(
        byte payloadKind,
        ByteBuffer payload,
        int rowCount,
        long minEventTime,
        long maxEventTime,
        ProducerSequence producer) {
    /** A marker that ends the transaction of a producer. */
    public static FrameContent marker(boolean aborts, ProducerSequence producer) {
        return new FrameContent(
                aborts ? FrameFormat.ABORT : FrameFormat.COMMIT,
                ByteBuffer.allocate(0),
                1,
                FrameFormat.NO_EVENT_TIME,
                FrameFormat.NO_EVENT_TIME,
                producer);
    }

    /** Stands for removed rows; the producer is kept when retries of them must still be recognised. */
    public static FrameContent gap(int rowCount, long maxEventTime, ProducerSequence producer) {
        return new FrameContent(
                FrameFormat.GAP, ByteBuffer.allocate(0), rowCount, maxEventTime, maxEventTime, producer);
    }
}
