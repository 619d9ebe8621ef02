package io.thalweg.server.query;

import io.thalweg.log.LogCursor;
import io.thalweg.log.PartitionLog;
import io.thalweg.log.PayloadKind;
import io.thalweg.log.TimeKind;
import io.thalweg.model.catalog.WatermarkDefinition;
import io.thalweg.model.delta.BlockCodec;
import io.thalweg.model.delta.BlockStatistics;
import io.thalweg.model.delta.OrderKey;
import io.thalweg.model.plan.BlockCondition;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SourceKind;
import io.thalweg.model.type.Int128;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Tells which frames of a log a scan may leave out, since no row of them meets the condition above the scan: by the event
 * times of a frame's header, and by the statistics of its block. Where a condition bounds the event time, the scan starts
 * where the log's index finds the first such time, and ends where lateness excludes any more. Nobody misses the rows, for
 * the condition itself is still evaluated; which rows are late is not changed, for the greatest time so far is in the
 * header of every frame.
 */
final class FrameSkipping {
    /** A search in the log for a first time is worth it before this many rows. */
    private static final long MIN_SEARCHED_ROWS = 65_536;

    private final Optional<BlockCondition> condition;
    private final ScanCounters counters;
    private final boolean inTimeOnly;
    private final boolean hasTimes;
    private final long delayMicros;
    /** The event times that a wanted row can have. */
    private final long firstTime;

    private final long lastTime;

    private FrameSkipping(
            Optional<BlockCondition> condition,
            Optional<WatermarkDefinition> watermark,
            boolean inTimeOnly,
            ScanCounters counters) {
        this.condition = condition;
        this.counters = counters;
        this.inTimeOnly = inTimeOnly;
        this.hasTimes = watermark.isPresent();
        this.delayMicros = watermark.map(WatermarkDefinition::delayMicros).orElse(0L);
        this.firstTime = watermark
                .flatMap(w -> condition.map(c -> clamped(c.least(w.column()))))
                .orElse(Long.MIN_VALUE);
        this.lastTime = watermark
                .flatMap(w -> condition.map(c -> clamped(c.greatest(w.column()))))
                .orElse(Long.MAX_VALUE);
    }

    /** What a scan of a relation may leave out. */
    static FrameSkipping of(
            StoredRelation relation, ScanNode scan, Optional<BlockCondition> condition, ScanCounters counters) {
        return new FrameSkipping(condition, relation.watermark(), scan.kind() == SourceKind.STREAM, counters);
    }

    private static long clamped(Int128 key) {
        if (key.fitsLong()) {
            return key.low();
        }
        return key.compareTo(OrderKey.of(0)) < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }

    /**
     * An offset below which no row is wanted. It is below the end, so that the frame with the last row is read, from
     * whose header the greatest time is known.
     */
    long firstOffset(PartitionLog log, long from, long end) {
        if (!hasTimes || firstTime == Long.MIN_VALUE || end - from < MIN_SEARCHED_ROWS) {
            return from;
        }
        return Math.min(end - 1, log.offsetForTime(TimeKind.EVENT, firstTime).orElse(end));
    }

    /** Whether no row from this frame on is wanted because all that are not late are too new; not for the last frame. */
    boolean isRestUnwanted(LogCursor cursor, long end) {
        long max = cursor.maxEventTimeBefore();
        return inTimeOnly
                && hasTimes
                && lastTime != Long.MAX_VALUE
                && max != Long.MIN_VALUE
                && max - delayMicros > lastTime
                && cursor.baseOffset() + cursor.rowCount() < end;
    }

    /** Whether no row of the cursor's frame is wanted. */
    boolean skips(LogCursor cursor) {
        boolean skips = condition.isPresent()
                && cursor.payloadKind() == PayloadKind.COLUMNAR_BLOCK
                && (isOutside(cursor) || !mayHold(cursor, condition.get()));
        if (skips) {
            counters.skipped();
        } else {
            counters.read();
        }
        return skips;
    }

    private boolean isOutside(LogCursor cursor) {
        return hasTimes && (cursor.minEventTime() > lastTime || cursor.maxEventTime() < firstTime);
    }

    private static boolean mayHold(LogCursor cursor, BlockCondition condition) {
        return statistics(cursor).map(condition::mayHold).orElse(true);
    }

    /** What the block in the cursor's frame tells of its columns. */
    static Optional<BlockStatistics> statistics(LogCursor cursor) {
        ByteBuffer payload = cursor.payload();
        return BlockCodec.statistics(payload.array(), payload.arrayOffset() + payload.position(), payload.remaining());
    }
}
