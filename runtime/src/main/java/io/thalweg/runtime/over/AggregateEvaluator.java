package io.thalweg.runtime.over;

import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.OverFrame;
import io.thalweg.model.plan.OverFrame.Exclusion;
import io.thalweg.model.plan.OverFrame.Place;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.aggregate.AggregateCalls;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.RecordPages;
import java.util.Arrays;
import java.util.List;

/**
 * The aggregates of one frame, which slides along the rows: what enters it is added, what leaves it is taken out. A frame that
 * begins with the partition is kept from step to step as it was for the last row, so that a row at the end costs no more than
 * itself.
 */
final class AggregateEvaluator implements OverEvaluator {
    private static final int SCRATCH = 1;
    private static final int STRETCH = 256;

    private final PartitionRows rows;
    private final Frame frame;
    private final Exclusion exclusion;
    private final int[] results;
    private final boolean isKept;
    private final AggregateCalls calls;
    /** How many rows from the first on the aggregate of each partition has, plus one. */
    private final RecordPages covered;

    private final ColumnBuilder[] own;
    private final DecodedRows entering;
    private final DecodedRows leaving;
    private final int[] groups = new int[STRETCH];
    private int group = SCRATCH;
    private int from;
    private int to;

    /** @param places which results the calls are, all of them over one frame */
    AggregateEvaluator(
            List<AggregateCall> narrowCalls,
            int[] columns,
            int[] places,
            OverFrame frame,
            Frame bounds,
            PartitionRows rows,
            AggregateSetup setup) {
        this.rows = rows;
        this.frame = bounds;
        this.exclusion = frame.exclusion();
        this.results = places;
        this.isKept = frame.start().place() == Place.UNBOUNDED_PRECEDING;
        this.calls = new AggregateCalls(narrowCalls, setup.input().project(columns), false, setup.account());
        this.covered = new RecordPages(1, setup.account());
        this.own = new ColumnBuilder[places.length];
        this.entering = new DecodedRows(rows, columns);
        this.leaving = new DecodedRows(rows, columns);
        calls.open(SCRATCH);
    }

    /** What all aggregates of a node have in common. */
    record AggregateSetup(RowType input, MemoryAccount account) {}

    @Override
    public void beforeChange(int partition, int firstChanged) {
        if (!isKept) {
            return;
        }
        load(partition);
        if (to - firstChanged > firstChanged && rows.released() == 0) {
            clear();
        } else if (to > firstChanged) {
            fold(firstChanged, to, -1);
            to = firstChanged;
        }
        covered.set(partition, 0, to + 1L);
    }

    private void load(int partition) {
        covered.ensure(partition);
        group = partition;
        from = 0;
        to = (int) covered.get(partition, 0) - 1;
        if (to < 0) {
            calls.open(partition);
            to = 0;
        }
        entering.reset();
        leaving.reset();
    }

    private void clear() {
        calls.release(group);
        calls.open(group);
        from = 0;
        to = 0;
    }

    @Override
    public void begin(int partition, int firstPlace) {
        frame.reset();
        if (isKept) {
            load(partition);
        } else {
            entering.reset();
            leaving.reset();
            clear();
        }
    }

    @Override
    public void append(int place, ColumnBuilder[] out) {
        frame.moveTo(place);
        cover(frame.start(), frame.end());
        int holeStart = Math.max(from, frame.exclusionStart(place));
        int holeEnd = Math.min(to, frame.exclusionEnd(place));
        boolean hasHole = exclusion != Exclusion.NOTHING && holeStart < holeEnd;
        if (hasHole) {
            punch(holeStart, holeEnd, place, -1);
        }
        for (int i = 0; i < results.length; i++) {
            own[i] = out[results[i]];
        }
        calls.append(group, own);
        if (hasHole) {
            punch(holeStart, holeEnd, place, 1);
        }
        if (isKept) {
            covered.set(group, 0, to + 1L);
        }
    }

    /** Takes out what is excluded, or puts it back. */
    private void punch(int holeStart, int holeEnd, int current, int weight) {
        boolean isInside = exclusion == Exclusion.TIES && current >= holeStart && current < holeEnd;
        fold(holeStart, isInside ? current : holeEnd, weight);
        if (isInside) {
            fold(current + 1, holeEnd, weight);
        }
    }

    private void cover(int start, int end) {
        boolean isApart = start >= to || end <= from;
        if (isApart && !hasMore()) {
            clear();
            from = start;
            to = start;
        }
        if (from < start) {
            fold(from, start, -1);
        } else if (start < from) {
            fold(start, from, 1);
        }
        from = start;
        if (to < end) {
            fold(to, end, 1);
        } else if (end < to) {
            fold(end, to, -1);
        }
        to = end;
    }

    /** Whether rows that are gone are in the aggregate, so that it cannot be made anew. */
    private boolean hasMore() {
        return isKept && rows.released() > 0;
    }

    private void fold(int first, int end, int weight) {
        DecodedRows source = weight > 0 ? entering : leaving;
        int place = first;
        while (place < end) {
            DeltaBatch stretch = source.at(place, weight > 0 ? rows.size() : end);
            int row = source.row(place);
            int count = Math.min(end - place, stretch.rowCount() - row);
            DeltaBatch part = stretch.slice(row, count);
            Arrays.fill(groups, 0, count, group);
            calls.fold(weight > 0 ? part : part.withWeights(minusOnes(count)), groups);
            place += count;
        }
    }

    private static int[] minusOnes(int count) {
        int[] weights = new int[count];
        Arrays.fill(weights, -1);
        return weights;
    }

    @Override
    public void release(int partition) {
        if (isKept && partition < covered.capacity() && covered.get(partition, 0) != 0) {
            calls.release(partition);
            covered.set(partition, 0, 0);
        }
    }

    @Override
    public int firstOpen(int settled, long prefix) {
        return frame.firstOpen(settled, prefix);
    }

    @Override
    public int firstNeeded(int partition, Horizon horizon) {
        if (!isKept) {
            return frame.startFrom(horizon);
        }
        load(partition);
        return Math.min(to, Math.min(frame.endFrom(horizon), frame.exclusionFrom(horizon)));
    }

    @Override
    public long reach(long prefix) {
        return frame.reach(prefix);
    }

    @Override
    public boolean remembers() {
        return isKept;
    }

    @Override
    public void drop(int partition, int count) {
        if (isKept) {
            covered.set(partition, 0, covered.get(partition, 0) - count);
        }
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
