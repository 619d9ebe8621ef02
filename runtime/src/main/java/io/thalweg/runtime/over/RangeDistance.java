package io.thalweg.runtime.over;

import io.thalweg.model.expression.Literal;
import io.thalweg.runtime.state.SortableBits;

/** Moves the order prefix of a sort key by a distance of its values. The prefix of such a key tells all of it. */
final class RangeDistance {
    private final boolean isFloating;
    private final boolean isDescending;
    private final long exact;
    private final double floating;

    RangeDistance(Literal distance, boolean isDescending) {
        this.isFloating = distance.value() instanceof Double;
        this.isDescending = isDescending;
        this.exact = distance.value() instanceof Long value ? value : 0;
        this.floating = distance.value() instanceof Double value ? value : 0;
    }

    /** The prefix that is the distance further in the order, or before if the sign is negative. */
    long move(long prefix, int sign) {
        if (!isFloating) {
            long moved = prefix + sign * exact;
            boolean overflows = ((prefix ^ moved) & (sign * exact ^ moved)) < 0;
            return overflows ? sign < 0 ? Long.MIN_VALUE : Long.MAX_VALUE : moved;
        }
        if (isDescending) {
            return ~SortableBits.encode(SortableBits.decode(~prefix) - sign * floating);
        }
        return SortableBits.encode(SortableBits.decode(prefix) + sign * floating);
    }
}
