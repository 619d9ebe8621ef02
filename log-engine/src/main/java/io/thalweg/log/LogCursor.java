package io.thalweg.log;

import io.thalweg.log.frame.FrameRole;
import io.thalweg.log.frame.ProducerSequence;
import java.nio.ByteBuffer;

/**
 * Walks over the frames that overlap an interval of offsets; every frame was checked against its checksum. What the
 * accessors return belongs to the current frame and is good until the next call of {@link #next}. One thread.
 */
public interface LogCursor extends AutoCloseable {
    /**
     * Moves to the next frame; false at the end of the interval.
     *
     * @throws io.thalweg.model.error.ThalwegException DATA_CORRUPTED when the frame is damaged, OFFSET_OUT_OF_RANGE
     *     when the rows were trimmed meanwhile, UNDEFINED_OBJECT when the partition was dropped
     */
    boolean next();

    /** The offset of the frame's first row, which may be below the interval's start. */
    long baseOffset();

    int rowCount();

    PayloadKind payloadKind();

    /** The payload from position to limit, backed by an array so that a decoder can work on that; not to be changed. */
    ByteBuffer payload();

    long minEventTime();

    long maxEventTime();

    /** The greatest event time of all rows of the partition before this frame. */
    long maxEventTimeBefore();

    /** The wall-clock time of the append; never earlier than that of the frame before. */
    long appendedAtMicros();

    /** What the frame says of the rows with its offsets; always that they are there, unless all frames were asked for. */
    FrameRole role();

    /** Who appended the frame. */
    ProducerSequence producer();

    @Override
    void close();
}
