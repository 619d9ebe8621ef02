package io.thalweg.log;

import io.thalweg.log.segment.SegmentHeader;
import java.util.BitSet;

/** Decides which frames of a segment compaction removes, in the order of the frames. One thread. */
final class SegmentReview {
    private final NewestRows newest;
    private final SegmentHeader header;
    private final CompactionPolicy policy;
    private final long nowMicros;

    private final BitSet removed = new BitSet();
    private int frames;
    private boolean keepsTombstones;
    private boolean metOlderRows;

    SegmentReview(NewestRows newest, SegmentHeader header, CompactionPolicy policy, long nowMicros) {
        this.newest = newest;
        this.header = header;
        this.policy = policy;
        this.nowMicros = nowMicros;
    }

    /** Looks at the next frame. */
    void add(FrameCursor cursor) {
        if (cursor.frame().hasRows() && mayGo(cursor)) {
            removed.set(frames);
        }
        frames++;
    }

    private boolean mayGo(FrameCursor cursor) {
        long baseOffset = cursor.baseOffset();
        int[] going = new int[1];
        policy.keys().visit(cursor, (index, key, tombstone) -> {
            if (newest.supersedes(key, baseOffset + index) || isExpired(key, baseOffset + index)) {
                going[0]++;
            }
        });
        return going[0] == cursor.rowCount();
    }

    private boolean isExpired(byte[] key, long offset) {
        if (!newest.isNewestTombstone(key, offset)) {
            return false;
        }
        boolean metOlder = newest.metOlder(key);
        boolean expired = !metOlder && header.compactedAtMicros() != 0 && nowMicros >= expiryMicros();
        metOlderRows |= metOlder;
        keepsTombstones |= !expired;
        return expired;
    }

    private long expiryMicros() {
        return header.compactedAtMicros() + policy.tombstoneMicros();
    }

    /** Whether a frame, by its number in the segment, is removed. */
    boolean removes(int frame) {
        return removed.get(frame);
    }

    /** Whether the segment has to be written anew. */
    boolean changesAnything() {
        return !removed.isEmpty() || compactedAt() != header.compactedAtMicros();
    }

    /** The time from which the tombstones in the segment wait: when rows that they supersede were last met. */
    long compactedAt() {
        boolean startsToWait = keepsTombstones && (metOlderRows || header.compactedAtMicros() == 0);
        return startsToWait ? nowMicros : header.compactedAtMicros();
    }

    /** When it makes sense to look at the tombstones again. */
    long nextTombstoneMicros() {
        return keepsTombstones ? Math.max(compactedAt() + policy.tombstoneMicros(), nowMicros + 1) : Long.MAX_VALUE;
    }
}
