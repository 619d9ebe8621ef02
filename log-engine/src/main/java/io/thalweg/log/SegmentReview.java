package io.thalweg.log;

import io.thalweg.log.frame.Frame;
import io.thalweg.log.segment.SegmentHeader;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Decides which frames of a segment compaction removes, in the order of the frames. One thread. */
final class SegmentReview implements CompactedFrames.Choice {
    private final NewestRows newest;
    private final SegmentHeader header;
    private final CompactionPolicy policy;
    private final long nowMicros;

    private final AbortedRows aborted;
    private final SurvivingTransactions transactions;

    private final BitSet removed = new BitSet();
    /** By frame: the rows that go of those that do not go as a whole. */
    private final Map<Integer, BitSet> thinned = new HashMap<>();

    private int frames;
    private boolean keepsTombstones;
    private boolean metOlderRows;

    /** What a turn knows of rows and transactions. */
    record Knowledge(NewestRows newest, AbortedRows aborted, SurvivingTransactions transactions) {}

    SegmentReview(Knowledge knowledge, SegmentHeader header, CompactionPolicy policy, long nowMicros) {
        this.newest = knowledge.newest();
        this.aborted = knowledge.aborted();
        this.transactions = knowledge.transactions();
        this.header = header;
        this.policy = policy;
        this.nowMicros = nowMicros;
    }

    /** Looks at the next frame. */
    void add(FrameCursor cursor) {
        Frame frame = cursor.frame();
        if (frame.isMarker()) {
            removed.set(frames, transactions.mayGo(frame));
        } else {
            boolean goes = frame.isGap() ? losesProducer(frame) : mayGo(cursor);
            removed.set(frames, goes);
            if (!goes || !transactions.isForgotten(frame)) {
                transactions.meet(frame);
            }
        }
        frames++;
    }

    /** Whether a gap still names a producer that is forgotten; it stays, but the file is written anew. */
    private boolean losesProducer(Frame gap) {
        return gap.producer().isKnown() && transactions.isForgotten(gap);
    }

    private boolean mayGo(FrameCursor cursor) {
        if (aborted.contains(cursor.frame())) {
            return true;
        }
        long baseOffset = cursor.baseOffset();
        BitSet going = new BitSet();
        policy.keys().visit(cursor, (index, key, tombstone) -> {
            if (newest.supersedes(key, baseOffset + index) || isExpired(key, baseOffset + index)) {
                going.set(index);
            }
        });
        boolean all = going.cardinality() == policy.keys().presentRows(cursor);
        if (!all && !going.isEmpty() && policy.keys().isDivisible(cursor)) {
            thinned.put(frames, going);
        }
        return all;
    }

    @Override
    public Optional<ByteBuffer> thinned(int frame, FrameCursor cursor) {
        return Optional.ofNullable(thinned.get(frame))
                .map(going -> policy.keys().without(cursor, going));
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

    @Override
    public boolean removes(int frame) {
        return removed.get(frame);
    }

    /** Whether the segment has to be written anew. */
    boolean changesAnything() {
        return !removed.isEmpty() || !thinned.isEmpty() || compactedAt() != header.compactedAtMicros();
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
