package io.thalweg.runtime.over;

import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.plan.OverCall;
import io.thalweg.model.plan.OverCall.PlaceFunction;

/** ROW_NUMBER, the ranks, and the parts of a partition. */
final class PlaceEvaluator implements OverEvaluator {
    private final OverCall.Place call;
    private final int result;
    private final PartitionRows rows;
    private final OverResults known;
    private int peersStart;
    private int peersEnd;
    private long keys;

    PlaceEvaluator(OverCall.Place call, int result, PartitionRows rows, OverResults known) {
        this.call = call;
        this.result = result;
        this.rows = rows;
        this.known = known;
    }

    @Override
    public void begin(int partition, int firstPlace) {
        peersStart = 0;
        peersEnd = 0;
        keys = 0;
        boolean countsKeys = call.function() == PlaceFunction.DENSE_RANK;
        if (countsKeys && firstPlace > 0) {
            keys = known.longAt(rows.id(firstPlace - 1), result);
            peersEnd = rows.peersEnd(firstPlace - 1);
            peersStart = rows.peersStart(firstPlace - 1);
        }
    }

    @Override
    public void append(int place, ColumnBuilder[] results) {
        if (call.function() == PlaceFunction.ROW_NUMBER) {
            results[result].appendLong(rows.released() + place + 1L);
            return;
        }
        if (call.function() == PlaceFunction.NTILE) {
            results[result].appendLong(part(place));
            return;
        }
        if (place >= peersEnd) {
            peersStart = place == peersEnd ? place : rows.peersStart(place);
            peersEnd = rows.peersEnd(place);
            keys++;
        }
        ColumnBuilder out = results[result];
        switch (call.function()) {
            case RANK -> out.appendLong(rows.released() + peersStart + 1L);
            case DENSE_RANK -> out.appendLong(keys);
            case PERCENT_RANK -> out.appendDouble(rows.size() == 1 ? 0 : peersStart / (double) (rows.size() - 1));
            case CUME_DIST -> out.appendDouble(peersEnd / (double) rows.size());
            case ROW_NUMBER, NTILE -> throw new IllegalStateException("not a rank");
        }
    }

    /** The first parts have one row more if the rows cannot be divided equally. */
    private long part(int place) {
        long length = rows.size() / call.parts();
        long longer = rows.size() % call.parts();
        long inLonger = longer * (length + 1);
        return place < inLonger ? place / (length + 1) + 1 : longer + (place - inLonger) / length + 1;
    }

    @Override
    public int firstOpen(int settled, long prefix) {
        return call.looksBack() ? settled : 0;
    }

    @Override
    public int firstNeeded(int partition, Horizon horizon) {
        int open = horizon.open();
        return switch (call.function()) {
            case ROW_NUMBER -> open;
            case RANK -> open < horizon.settled() ? rows.peersStart(open) : open;
            // It goes on from what was said of the row before.
            case DENSE_RANK -> Math.max(0, open - 1);
            case PERCENT_RANK, CUME_DIST, NTILE -> 0;
        };
    }

    @Override
    public boolean remembers() {
        return call.looksBack();
    }

    @Override
    public int firstAffected(long prefix, boolean isNull, int place) {
        return call.looksBack() ? place : 0;
    }

    @Override
    public int lastAffected(long prefix, boolean isNull, int placeBehind) {
        return rows.size();
    }
}
