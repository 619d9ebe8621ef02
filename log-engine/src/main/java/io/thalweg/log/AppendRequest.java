package io.thalweg.log;

import io.thalweg.log.frame.FrameContent;
import io.thalweg.log.frame.FrameFormat;
import io.thalweg.log.frame.ProducerSequence;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.nio.ByteBuffer;

/**
 * Rows to append as one frame: they become visible together or not at all. The payload is taken from position to
 * limit and copied before {@link PartitionLog#append} returns.
 *
 * @param minEventTime the smallest event time of the rows, {@link #NO_EVENT_TIME} when they have none
 * @param maxEventTime the greatest event time of the rows, {@link #NO_EVENT_TIME} when they have none
 * @param producer lets the log tell a retry, which it answers with the original place, from a new append
 */
public record AppendRequest(
        PayloadKind kind,
        ByteBuffer payload,
        int rowCount,
        long minEventTime,
        long maxEventTime,
        Durability durability,
        ProducerSequence producer) {
    /** Stands for the event time of rows that have none. */
    public static final long NO_EVENT_TIME = FrameFormat.NO_EVENT_TIME;

    public AppendRequest {
        if (rowCount < 1) {
            throw new IllegalArgumentException("an append needs at least one row, got " + rowCount);
        }
        if (minEventTime > maxEventTime) {
            throw new IllegalArgumentException("event times out of order: " + minEventTime + " to " + maxEventTime);
        }
    }

    /** Rows of an anonymous producer that are acknowledged when they are on disk. */
    public static AppendRequest of(
            PayloadKind kind, ByteBuffer payload, int rowCount, long minEventTime, long maxEventTime) {
        return new AppendRequest(
                kind, payload, rowCount, minEventTime, maxEventTime, Durability.SYNC, ProducerSequence.NONE);
    }

    /** Rows without event times of an anonymous producer that are acknowledged when they are on disk. */
    public static AppendRequest of(PayloadKind kind, ByteBuffer payload, int rowCount) {
        return of(kind, payload, rowCount, NO_EVENT_TIME, NO_EVENT_TIME);
    }

    /** The same rows with another promise. */
    public AppendRequest with(Durability other) {
        return new AppendRequest(kind, payload, rowCount, minEventTime, maxEventTime, other, producer);
    }

    /** The same rows of a producer that wants each append exactly once, whatever it has to retry. */
    public AppendRequest with(ProducerSequence other) {
        return new AppendRequest(kind, payload, rowCount, minEventTime, maxEventTime, durability, other);
    }

    /** Throws VALUE_TOO_LARGE when the payload is longer than a partition takes. */
    void requireFits(int maxPayloadBytes, PartitionId partition) {
        if (payload.remaining() > maxPayloadBytes) {
            throw new ThalwegException(
                    ErrorCode.VALUE_TOO_LARGE,
                    "append of " + payload.remaining() + " bytes to " + partition + " exceeds the limit of "
                            + maxPayloadBytes);
        }
    }

    FrameContent content() {
        return new FrameContent(kind.code(), payload, rowCount, minEventTime, maxEventTime, producer);
    }
}
