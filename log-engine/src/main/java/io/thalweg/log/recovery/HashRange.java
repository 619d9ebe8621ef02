package io.thalweg.log.recovery;

import java.util.List;
import java.util.Optional;

/**
 * The keys a partition takes: hashes of 128 bits, unsigned, both ends included. Partitions of a stream with a fixed
 * number of them all have {@link #ALL}.
 */
public record HashRange(HashPoint first, HashPoint last) {
    /** Every hash. */
    public static final HashRange ALL = new HashRange(HashPoint.FIRST, HashPoint.LAST);

    public HashRange {
        if (first.compareTo(last) > 0) {
            throw new IllegalArgumentException("hash range ends before it begins: " + first + " to " + last);
        }
    }

    public boolean contains(HashPoint hash) {
        return first.compareTo(hash) <= 0 && hash.compareTo(last) <= 0;
    }

    /** The part below a point and the part from it on; nothing when one of them would be empty. */
    public Optional<List<HashRange>> splitAt(HashPoint point) {
        return contains(point) && !point.equals(first)
                ? Optional.of(List.of(new HashRange(first, point.previous()), new HashRange(point, last)))
                : Optional.empty();
    }

    /** Both ranges as one, if they are neighbours. */
    public Optional<HashRange> join(HashRange other) {
        if (precedes(other)) {
            return Optional.of(new HashRange(first, other.last));
        }
        return other.precedes(this) ? Optional.of(new HashRange(other.first, last)) : Optional.empty();
    }

    private boolean precedes(HashRange other) {
        return last.compareTo(other.first) < 0 && other.first.previous().equals(last);
    }

    @Override
    public String toString() {
        return first + " to " + last;
    }
}
