package io.thalweg.runtime.over;

import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.plan.OverCall;
import io.thalweg.model.plan.OverFrame.Exclusion;
import io.thalweg.model.plan.OverFrame.Place;

/** FIRST_VALUE, LAST_VALUE and NTH_VALUE. */
final class ValueEvaluator implements OverEvaluator {
    private static final int NO_PLACE = -1;

    private final OverCall.Value call;
    private final int result;
    private final PartitionRows rows;
    private final Frame frame;
    private final DecodedRows values;

    ValueEvaluator(OverCall.Value call, int result, PartitionRows rows, Frame frame) {
        this.call = call;
        this.result = result;
        this.rows = rows;
        this.frame = frame;
        this.values = new DecodedRows(rows, call.argument());
    }

    @Override
    public void begin(int partition, int firstPlace) {
        frame.reset();
        values.reset();
    }

    @Override
    public void append(int place, ColumnBuilder[] results) {
        frame.moveTo(place);
        int chosen = chosen(place);
        if (chosen == NO_PLACE) {
            results[result].appendNull();
        } else {
            DeltaBatch stretch = values.at(chosen, rows.size());
            results[result].appendFrom(stretch.column(0), values.row(chosen));
        }
    }

    private int chosen(int current) {
        boolean countsAll = !call.ignoreNulls() && call.frame().exclusion() == Exclusion.NOTHING;
        if (countsAll) {
            long place = call.nth() > 0 ? frame.start() + call.nth() - 1 : frame.end() + call.nth();
            return place >= frame.start() && place < frame.end() ? (int) place : NO_PLACE;
        }
        int direction = call.nth() > 0 ? 1 : -1;
        long missing = Math.abs(call.nth());
        int place = direction > 0 ? frame.start() : frame.end() - 1;
        for (; place >= frame.start() && place < frame.end(); place += direction) {
            boolean counts =
                    !(call.ignoreNulls() && rows.isNull(place, call.argument())) && !frame.excludes(place, current);
            missing -= counts ? 1 : 0;
            if (missing == 0) {
                return place;
            }
        }
        return NO_PLACE;
    }

    private boolean beginsWithPartition() {
        return call.frame().start().place() == Place.UNBOUNDED_PRECEDING;
    }

    @Override
    public int head() {
        boolean looksAtFirst = beginsWithPartition() && call.nth() > 0 && !call.ignoreNulls();
        return looksAtFirst ? (int) Math.min(call.nth(), Integer.MAX_VALUE) : 0;
    }

    @Override
    public int firstOpen(int settled, long prefix) {
        return frame.firstOpen(settled, prefix);
    }

    @Override
    public int firstNeeded(int partition, Horizon horizon) {
        if (!beginsWithPartition()) {
            return frame.startFrom(horizon);
        }
        int end = Math.min(frame.exclusionFrom(horizon), frame.endFrom(horizon));
        if (call.nth() > 0) {
            // Which of the first rows it will be is known only if all of them are in the frame, and none can be NULL.
            return call.ignoreNulls() || end < call.nth() ? 0 : end;
        }
        return call.ignoreNulls()
                ? rows.lastWithValue(end, -call.nth(), call.argument(), horizon.head())
                : (int) Math.max(0, end + Math.max(call.nth(), -Integer.MAX_VALUE));
    }

    @Override
    public long reach(long prefix) {
        return frame.reach(prefix);
    }

    @Override
    public int firstAffected(long prefix, boolean isNull, int place) {
        return frame.firstSeeing(prefix, isNull, place);
    }

    @Override
    public int lastAffected(long prefix, boolean isNull, int placeBehind) {
        return frame.lastSeeing(prefix, isNull, placeBehind);
    }
}
