package io.thalweg.log.producer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/**
 * The open transactions of a partition, and those that ended: aborted ones for good, since readers of committed rows
 * need them, committed ones until their marker is durable, since it may have to be taken back. Not thread-safe.
 */
public final class TransactionTable {
    /** By producer. */
    private final Map<Long, Begun> open = new HashMap<>();
    /** In the order of the markers. */
    private final List<Past> ended = new ArrayList<>();

    /** Where and when a transaction began. */
    record Begun(long firstOffset, long atMicros) {}

    /** A transaction with the offset of its first row and that of its marker. */
    public record Ended(long producerId, long firstOffset, long markerOffset, boolean aborted) {}

    /** An ended transaction and when it began, in case that its marker has to be taken back. */
    record Past(Ended transaction, long begunAtMicros) {
        private boolean aborted() {
            return transaction.aborted();
        }

        private long markerOffset() {
            return transaction.markerOffset();
        }

        private long firstOffset() {
            return transaction.firstOffset();
        }
    }

    /** Notes rows of a transaction; the first ones open it. */
    public void append(long producerId, long baseOffset, long atMicros) {
        open.putIfAbsent(producerId, new Begun(baseOffset, atMicros));
    }

    /** Notes a marker; one without a transaction has no effect. */
    public void end(long producerId, long markerOffset, boolean aborted, long durableUpTo) {
        Begun begun = open.remove(producerId);
        ended.removeIf(one -> !one.aborted() && one.markerOffset() < durableUpTo);
        if (begun != null) {
            Ended transaction = new Ended(producerId, begun.firstOffset(), markerOffset, aborted);
            ended.add(new Past(transaction, begun.atMicros()));
        }
    }

    /** Whether a marker is known to have aborted rows. */
    boolean hasAborted(long markerOffset) {
        return ended.stream().anyMatch(one -> one.aborted() && one.markerOffset() == markerOffset);
    }

    public boolean isOpen(long producerId) {
        return open.containsKey(producerId);
    }

    /** The first offset below a visible end that belongs to a transaction without a visible marker, or that end. */
    public long lastStable(long visibleEnd) {
        long stable = visibleEnd;
        for (Begun begun : open.values()) {
            stable = Math.min(stable, begun.firstOffset());
        }
        for (int i = ended.size() - 1; i >= 0 && ended.get(i).markerOffset() >= visibleEnd; i--) {
            stable = Math.min(stable, ended.get(i).firstOffset());
        }
        return stable;
    }

    /** The aborted transactions that may have rows in an interval, in the order of their markers. */
    public List<Ended> aborted(long fromOffset, long toOffset) {
        return ended.stream()
                .filter(one -> one.aborted() && one.firstOffset() < toOffset && one.markerOffset() >= fromOffset)
                .map(Past::transaction)
                .toList();
    }

    /** Forgets what was appended at or above an offset. */
    void truncate(long offset) {
        while (!ended.isEmpty() && ended.get(ended.size() - 1).markerOffset() >= offset) {
            Past reopened = ended.remove(ended.size() - 1);
            Begun begun = new Begun(reopened.firstOffset(), reopened.begunAtMicros());
            open.put(reopened.transaction().producerId(), begun);
        }
        open.values().removeIf(begun -> begun.firstOffset() >= offset);
    }

    /** Forgets open transactions of a snapshot whose beginning was trimmed: so may their markers have been. */
    public void forgetBegunBelow(long startOffset) {
        open.values().removeIf(begun -> begun.firstOffset() < startOffset);
    }

    /** Keeps the open transactions whose first offsets pass a test. */
    public void retainOpen(LongPredicate firstOffset) {
        open.values().removeIf(begun -> !firstOffset.test(begun.firstOffset()));
    }

    /** Forgets transactions that ended below an offset. */
    public void trimTo(long startOffset) {
        ended.removeIf(one -> one.markerOffset() < startOffset);
    }

    /** Takes over what another table knows. */
    void addAll(TransactionTable other) {
        open.putAll(other.open);
        ended.addAll(other.ended);
    }

    /** All open transactions by producer. */
    Map<Long, Begun> open() {
        return Map.copyOf(open);
    }

    /** All ended transactions that are remembered, for a snapshot. */
    List<Past> ended() {
        return List.copyOf(ended);
    }

    /** Takes an ended transaction from a snapshot. */
    void restore(Past transaction) {
        ended.add(transaction);
    }
}
