package io.thalweg.log.producer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The open transactions of a partition, and those that ended: aborted ones for good, since readers of committed rows
 * need them, committed ones until their marker is durable, since it may have to be taken back. Not thread-safe.
 */
public final class TransactionTable {
    /** The first offset of each producer's open transaction. */
    private final Map<Long, Long> open = new HashMap<>();
    /** In the order of the markers. */
    private final List<Ended> ended = new ArrayList<>();

    /** A transaction with the offset of its first row and that of its marker. */
    public record Ended(long producerId, long firstOffset, long markerOffset, boolean aborted) {}

    /** Notes rows of a transaction; the first ones open it. */
    public void append(long producerId, long baseOffset) {
        open.putIfAbsent(producerId, baseOffset);
    }

    /** Notes a marker; one without a transaction has no effect. */
    public void end(long producerId, long markerOffset, boolean aborted, long durableUpTo) {
        Long first = open.remove(producerId);
        ended.removeIf(one -> !one.aborted() && one.markerOffset() < durableUpTo);
        if (first != null) {
            ended.add(new Ended(producerId, first, markerOffset, aborted));
        }
    }

    public boolean isOpen(long producerId) {
        return open.containsKey(producerId);
    }

    /** The first offset below a visible end that belongs to a transaction without a visible marker, or that end. */
    public long lastStable(long visibleEnd) {
        long stable = visibleEnd;
        for (long first : open.values()) {
            stable = Math.min(stable, first);
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
                .toList();
    }

    /** Forgets what was appended at or above an offset. */
    void truncate(long offset) {
        while (!ended.isEmpty() && ended.get(ended.size() - 1).markerOffset() >= offset) {
            Ended reopened = ended.remove(ended.size() - 1);
            open.put(reopened.producerId(), reopened.firstOffset());
        }
        open.values().removeIf(first -> first >= offset);
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

    /** All open transactions, for a snapshot. */
    Map<Long, Long> open() {
        return Map.copyOf(open);
    }

    /** All ended transactions that are remembered, for a snapshot. */
    List<Ended> ended() {
        return List.copyOf(ended);
    }

    /** Takes an ended transaction from a snapshot. */
    void restore(Ended transaction) {
        ended.add(transaction);
    }
}
