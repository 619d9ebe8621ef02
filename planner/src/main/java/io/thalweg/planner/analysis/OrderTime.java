package io.thalweg.planner.analysis;

import io.thalweg.model.plan.OverCall;
import io.thalweg.model.plan.OverFrame;
import io.thalweg.model.plan.OverFrame.Place;
import io.thalweg.model.plan.OverFrame.Unit;
import io.thalweg.model.plan.SortKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * When rows that are put in an order settle: if the order begins with a time that every row has, those up to the watermark stay
 * as they are.
 *
 * @param column the first sort key; -1 if there is none
 * @param time what it tells
 */
record OrderTime(int column, Optional<ColumnTime> time) {
    private static final long DAY_MICROS = 86_400_000_000L;

    static OrderTime of(List<SortKey> keys, List<Optional<ColumnTime>> times) {
        if (keys.isEmpty() || keys.get(0).descending()) {
            return new OrderTime(-1, Optional.empty());
        }
        int column = keys.get(0).column();
        return new OrderTime(column, times.get(column).filter(ColumnTime::isTotal));
    }

    /** What to add to the time of a row to know when nothing comes or goes up to it; empty if that is never known. */
    OptionalLong settledMicros() {
        return time.filter(ColumnTime::isComplete)
                .map(known -> OptionalLong.of(known.offsetMicros()))
                .orElse(OptionalLong.empty());
    }

    /** What the time of a row tells about the functions of it: nothing if one of them looks ahead without a bound. */
    Optional<ColumnTime> of(List<OverCall> calls) {
        long reach = 0;
        for (OverCall call : calls) {
            OptionalLong ahead = aheadMicros(call);
            if (ahead.isEmpty()) {
                return Optional.empty();
            }
            reach = Math.max(reach, ahead.getAsLong());
        }
        long farthest = reach;
        return time.map(known -> known.asBound().joinedUntil(saturated(known.offsetMicros(), farthest)));
    }

    private static long saturated(long offset, long reach) {
        return reach > Long.MAX_VALUE - Math.max(0, offset) ? Long.MAX_VALUE : offset + reach;
    }

    /** How far behind the time of a row the rows lie that a function of it sees. */
    private static OptionalLong aheadMicros(OverCall call) {
        if (call.looksBack()) {
            return OptionalLong.of(0);
        }
        Optional<OverFrame> frame = call instanceof OverCall.Value value
                ? Optional.of(value.frame())
                : call instanceof OverCall.Aggregated aggregated ? Optional.of(aggregated.frame()) : Optional.empty();
        return frame.filter(f -> f.unit() == Unit.RANGE && f.end().place() == Place.FOLLOWING)
                .map(f -> OptionalLong.of(f.end().most(DAY_MICROS)))
                .orElse(OptionalLong.empty());
    }
}
