package io.thalweg.runtime.over;

import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.plan.OverCall;

/** LAG and LEAD. */
final class ShiftEvaluator implements OverEvaluator {
    private final OverCall.Shift call;
    private final int result;
    private final PartitionRows rows;
    private final DecodedRows values;
    private final DecodedRows defaults;

    ShiftEvaluator(OverCall.Shift call, int result, PartitionRows rows) {
        this.call = call;
        this.result = result;
        this.rows = rows;
        this.values = new DecodedRows(rows, call.argument());
        this.defaults = new DecodedRows(rows, call.defaultColumn().orElse(call.argument()));
    }

    @Override
    public void begin(int partition, int firstPlace) {
        values.reset();
        defaults.reset();
    }

    @Override
    public void append(int place, ColumnBuilder[] results) {
        long other = call.ignoreNulls() ? withoutNulls(place) : place + call.distance();
        if (other >= 0 && other < rows.size()) {
            DeltaBatch stretch = values.at((int) other, rows.size());
            results[result].appendFrom(stretch.column(0), values.row((int) other));
        } else if (call.defaultColumn().isPresent()) {
            DeltaBatch stretch = defaults.at(place, rows.size());
            results[result].appendFrom(stretch.column(0), defaults.row(place));
        } else {
            results[result].appendNull();
        }
    }

    private long withoutNulls(int place) {
        int direction = Long.signum(call.distance());
        long missing = Math.abs(call.distance());
        if (missing == 0) {
            return place;
        }
        for (int other = place + direction; other >= 0 && other < rows.size(); other += direction) {
            missing -= rows.isNull(other, call.argument()) ? 0 : 1;
            if (missing == 0) {
                return other;
            }
        }
        return -1;
    }

    @Override
    public int firstOpen(int settled, long prefix) {
        if (call.distance() <= 0) {
            return settled;
        }
        return call.ignoreNulls() ? 0 : (int) Math.max(0, settled - call.distance());
    }

    @Override
    public int firstNeeded(int partition, Horizon horizon) {
        int open = horizon.open();
        if (call.distance() >= 0) {
            return open;
        }
        return call.ignoreNulls()
                ? rows.lastWithValue(open, -call.distance(), call.argument(), horizon.head())
                : (int) Math.max(0, open + Math.max(call.distance(), -Integer.MAX_VALUE));
    }

    @Override
    public int firstAffected(long prefix, boolean isNull, int place) {
        if (call.distance() <= 0) {
            return place;
        }
        return call.ignoreNulls() ? 0 : (int) Math.max(0, place - Math.min(call.distance(), rows.size()) - 1);
    }

    @Override
    public int lastAffected(long prefix, boolean isNull, int placeBehind) {
        if (call.distance() >= 0) {
            return placeBehind;
        }
        long reach = Math.min(-call.distance(), rows.size());
        return call.ignoreNulls() ? rows.size() : (int) Math.min(rows.size(), placeBehind + reach + 1);
    }
}
