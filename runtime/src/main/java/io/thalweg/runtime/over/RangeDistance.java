package io.thalweg.runtime.over;

import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.type.TypeName;
import io.thalweg.runtime.expression.function.DateTimeFunctions;
import io.thalweg.runtime.state.SortableBits;

/** Moves the order prefix of a sort key by a distance of its values. The prefix of such a key tells all of it. */
final class RangeDistance {
    private static final long DAY_MICROS = 86_400_000_000L;
    /** Days of a month that the next one does not have all become its last day: so many more may lead to one day. */
    private static final long CLIPPED_DAYS = 4;

    /** How the values of a key are moved. */
    private enum Kind {
        EXACT,
        FLOATING,
        MONTHS_OF_DATE,
        MONTHS_OF_TIMESTAMP
    }

    private final Kind kind;
    private final boolean isDescending;
    private final long exact;
    private final double floating;

    /** @param key the type of the sort key */
    RangeDistance(Literal distance, TypeName key, boolean isDescending) {
        this.isDescending = isDescending;
        this.exact = distance.value() instanceof Number number ? number.longValue() : 0;
        this.floating = distance.value() instanceof Double value ? value : 0;
        if (distance.type().name() == TypeName.INTERVAL_MONTHS) {
            this.kind = key == TypeName.DATE ? Kind.MONTHS_OF_DATE : Kind.MONTHS_OF_TIMESTAMP;
        } else {
            this.kind = distance.value() instanceof Double ? Kind.FLOATING : Kind.EXACT;
        }
    }

    /** The prefix that is the distance further in the order, or before if the sign is negative. */
    long move(long prefix, int sign) {
        return switch (kind) {
            case EXACT -> shift(prefix, sign * exact);
            case FLOATING ->
                isDescending
                        ? ~SortableBits.encode(SortableBits.decode(~prefix) - sign * floating)
                        : SortableBits.encode(SortableBits.decode(prefix) + sign * floating);
            case MONTHS_OF_DATE, MONTHS_OF_TIMESTAMP ->
                isDescending ? ~plusMonths(~prefix, -sign * exact) : plusMonths(prefix, sign * exact);
        };
    }

    /** The lowest prefix that this one or a higher one is moved to: a later day of a longer month may end up earlier. */
    long lowest(long prefix, int sign) {
        return shift(move(prefix, sign), -slack(1));
    }

    /** The farthest prefix from which another one is reached in the direction against the sign. */
    long reverse(long prefix, int sign) {
        return shift(move(prefix, sign), sign * slack(CLIPPED_DAYS));
    }

    private long slack(long days) {
        return switch (kind) {
            case EXACT, FLOATING -> 0;
            case MONTHS_OF_DATE -> days;
            case MONTHS_OF_TIMESTAMP -> days * DAY_MICROS;
        };
    }

    private static long shift(long prefix, long by) {
        long moved = prefix + by;
        boolean overflows = ((prefix ^ moved) & (by ^ moved)) < 0;
        return overflows ? by < 0 ? Long.MIN_VALUE : Long.MAX_VALUE : moved;
    }

    private long plusMonths(long value, long months) {
        try {
            return kind == Kind.MONTHS_OF_DATE
                    ? DateTimeFunctions.addMonthsToDate((int) value, (int) months)
                    : DateTimeFunctions.addMonthsToTimestamp(value, (int) months);
        } catch (ThalwegException beyondTheCalendar) {
            return months < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
