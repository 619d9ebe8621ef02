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
        ProducerSequence producer) {}
