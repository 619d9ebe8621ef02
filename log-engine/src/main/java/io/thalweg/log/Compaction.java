package io.thalweg.log;

import io.thalweg.log.segment.Segment;
import io.thalweg.log.segment.SegmentHeader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Compacts the closed segments of a partition, one after another from the oldest. Each is written anew beside the old
 * file and takes its name in one step, so a crash leaves either; both are right, since a row goes only when a newer one
 * with its key is in a closed, and so durable, segment. One thread.
 */
final class Compaction {
    /** How often a long turn looks whether the store is being closed. */
    private static final int FRAMES_PER_LOOK = 1_024;
    /** When a turn that failed, for want of space for one, is tried again. */
    private static final long RETRY_MICROS = TimeUnit.MINUTES.toMicros(1);

    private final PartitionLog log;
    private final PartitionContext context;
    private final SegmentSet segments;
    private final SegmentReplacement replacement;
    private final CompactionPolicy policy;

    /** Where the next turn begins to collect keys: at the start, or where the memory for keys was full. */
    private long collectFrom;
    /** The closed bytes after the last turn that reached the end; -1 before the first. */
    private long cleanBytes = -1;
    /** When the first tombstone of the last turn may go. */
    private long nextTombstoneMicros = Long.MAX_VALUE;

    Compaction(
            PartitionLog log, PartitionContext context, SegmentSet segments, LogStart start, CompactionPolicy policy) {
        this.log = log;
        this.context = context;
        this.segments = segments;
        this.replacement = new SegmentReplacement(log, context, segments, start);
        this.policy = policy;
    }

    CompactionPolicy policy() {
        return policy;
    }

    /** Does one turn if there is enough to do: as many bytes not compacted as compacted, or tombstones to remove. */
    void runIfWorthwhile() throws IOException {
        List<Segment> all = segments.all();
        List<Segment> closed = all.subList(0, all.size() - 1);
        long now = context.clock().epochMicros();
        long bytes = sizeBytes(closed);
        boolean dirty = bytes > 0 && bytes >= 2 * cleanBytes && bytes != cleanBytes;
        long from = collectFrom;
        if (closed.isEmpty() || !(dirty || collectFrom > 0 || now >= nextTombstoneMicros)) {
            return;
        }
        // Until this turn has come to its end: one that fails is not tried again at once.
        cleanBytes = bytes;
        collectFrom = 0;
        nextTombstoneMicros = now + RETRY_MICROS;
        run(all, now, from);
    }

    private static long sizeBytes(List<Segment> closed) throws IOException {
        long bytes = 0;
        for (Segment segment : closed) {
            bytes += segment.sizeBytes();
        }
        return bytes;
    }

    private void run(List<Segment> all, long now, long from) throws IOException {
        long activeBase = all.get(all.size() - 1).baseOffset();
        long closedEnd = Math.min(activeBase, log.transactions().lastStableOffset());
        NewestRows newest = new NewestRows();
        long collectedTo = collect(newest, Math.max(from, log.startOffset()), closedEnd);
        long producersKeptAfter =
                now - TimeUnit.MILLISECONDS.toMicros(context.config().producerExpiryMillis());
        SegmentReview.Knowledge knowledge = new SegmentReview.Knowledge(
                newest,
                log.transactions().abortedRows(log.startOffset(), activeBase).endedBelow(activeBase),
                new SurvivingTransactions(producersKeptAfter));
        long nextTombstone = Long.MAX_VALUE;
        for (int i = 0; i < all.size() - 1 && all.get(i).baseOffset() < collectedTo; i++) {
            if (!log.takesUpkeep()) {
                return;
            }
            SegmentReview review = review(all.get(i), all.get(i + 1).header(), knowledge, now);
            nextTombstone = Math.min(nextTombstone, review.nextTombstoneMicros());
            if (review.changesAnything()) {
                rewrite(all.get(i), all.get(i + 1).header(), review, producersKeptAfter);
            }
        }
        nextTombstoneMicros = nextTombstone;
        new SegmentJoin(log, context, segments, replacement).run(activeBase, producersKeptAfter);
        boolean reachedEnd = collectedTo == closedEnd;
        collectFrom = reachedEnd ? 0 : collectedTo;
        if (reachedEnd) {
            List<Segment> left = segments.all();
            cleanBytes = sizeBytes(left.stream()
                    .filter(segment -> segment.baseOffset() < activeBase)
                    .toList());
        }
    }

    /** Collects the newest rows of a range, as far as the memory for keys goes; returns where that ends. */
    private long collect(NewestRows newest, long from, long to) {
        AbortedRows aborted = log.transactions().abortedRows(from, to);
        int frames = 0;
        try (FrameCursor cursor = log.frames(from, to)) {
            while (cursor.next()) {
                long baseOffset = cursor.baseOffset();
                if (!cursor.frame().hasRows() || aborted.contains(cursor.frame())) {
                    continue;
                }
                if (++frames % FRAMES_PER_LOOK == 0 && !log.takesUpkeep()) {
                    return from;
                }
                if (newest.keyBytes() > policy.maxKeyBytes()) {
                    return baseOffset;
                }
                policy.keys().visit(cursor, (index, key, tombstone) -> newest.add(key, baseOffset + index, tombstone));
            }
        }
        return to;
    }

    private SegmentReview review(Segment segment, SegmentHeader next, SegmentReview.Knowledge knowledge, long now) {
        SegmentReview review = new SegmentReview(knowledge, segment.header(), policy, now);
        try (FrameCursor cursor = log.frames(segment.baseOffset(), next.baseOffset())) {
            while (cursor.next()) {
                review.add(cursor);
            }
        }
        return review;
    }

    private void rewrite(Segment segment, SegmentHeader next, SegmentReview review, long producersKeptAfter)
            throws IOException {
        SegmentHeader header = segment.header().withCompactedAt(review.compactedAt());
        replacement.replace(List.of(segment), header, next, review, producersKeptAfter);
    }
}
