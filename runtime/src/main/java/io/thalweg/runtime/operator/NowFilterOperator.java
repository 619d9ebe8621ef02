package io.thalweg.runtime.operator;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.LongColumn;
import io.thalweg.model.plan.CloseTime;
import io.thalweg.model.plan.NowFilterNode;
import io.thalweg.runtime.state.CloseQueue;
import io.thalweg.runtime.state.RowMultiset;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Lets rows into the result and out of it by the time of the steps. Keeps rows that are yet to come, and those that are in
 * the result and will leave it; rows whose time is over are forgotten, and what happens to them is ignored. If the clock
 * goes back, the time stands still.
 */
public final class NowFilterOperator implements Operator {
    private final Optional<CloseTime> from;
    private final Optional<CloseTime> until;
    private final ZoneId zone;
    private final StepTime time;
    private final Runnable cancellationCheck;
    private final State state;

    /** The rows that wait for their time to begin, and for it to end. */
    private static final class State {
        private final Optional<TimedRows> coming;
        private final Optional<TimedRows> leaving;
        private long now = Long.MIN_VALUE;

        private State(NowFilterNode node, OperatorContext context) {
            this.coming = node.from().map(bound -> new TimedRows(bound, node, context));
            this.leaving = node.until().map(bound -> new TimedRows(bound, node, context));
        }
    }

    /** Rows in the order of a bound. */
    private static final class TimedRows {
        private final CloseTime bound;
        private final RowMultiset rows;
        private final CloseQueue queue;

        private TimedRows(CloseTime bound, NowFilterNode node, OperatorContext context) {
            this.bound = bound;
            this.rows = new RowMultiset(node.type(), context.account());
            this.queue = new CloseQueue(context.account());
        }

        private void add(DeltaBatch batch) {
            LongColumn times = batch.longColumn(bound.column());
            rows.add(batch);
            for (int i = 0; i < rows.createdCount(); i++) {
                int row = rows.createdRow(i);
                queue.add(rows.ids()[row], CloseTimes.closeAt(times.value(row), bound));
            }
            for (int i = 0; i < rows.vanishedCount(); i++) {
                queue.remove(rows.vanished(i));
            }
        }

        /** Gives up the rows whose bound is reached. */
        private void takeUpTo(long now, Consumer<DeltaBatch> due) {
            int[] ids = new int[Math.min(DeltaBatch.TARGET_ROWS, Math.max(1, rows.distinctRows()))];
            for (int count = queue.poll(now, ids); count > 0; count = queue.poll(now, ids)) {
                due.accept(rows.take(ids, count));
            }
        }
    }

    public NowFilterOperator(NowFilterNode node, OperatorContext context) {
        this.from = node.from();
        this.until = node.until();
        this.zone = ZoneId.of(node.timeZone());
        this.time = context.time();
        this.cancellationCheck = context.cancellationCheck();
        this.state = new State(node, context);
    }

    @Override
    public void onDelta(int port, DeltaBatch batch, Output output) {
        cancellationCheck.run();
        advance(output);
        state.coming.ifPresent(rows -> rows.add(select(batch, true)));
        DeltaBatch present = select(batch, false);
        state.leaving.ifPresent(rows -> rows.add(present));
        output.emit(present);
    }

    @Override
    public void onStepEnd(Output output) {
        advance(output);
    }

    private void advance(Output output) {
        long now = localMicros(time.micros());
        if (now <= state.now) {
            return;
        }
        state.now = now;
        state.coming.ifPresent(rows -> rows.takeUpTo(now, due -> {
            cancellationCheck.run();
            DeltaBatch present = select(due, false);
            state.leaving.ifPresent(leaving -> leaving.add(present));
            output.emit(present);
        }));
        state.leaving.ifPresent(rows -> rows.takeUpTo(now, due -> {
            cancellationCheck.run();
            output.emit(negated(due));
        }));
    }

    private long localMicros(long utcMicros) {
        Instant moment = Instant.EPOCH.plus(utcMicros, ChronoUnit.MICROS);
        return utcMicros + 1_000_000L * zone.getRules().getOffset(moment).getTotalSeconds();
    }

    /** The rows whose time is yet to come, or those whose time is now. */
    private DeltaBatch select(DeltaBatch batch, boolean coming) {
        int[] chosen = new int[batch.rowCount()];
        int count = 0;
        for (int row = 0; row < batch.rowCount(); row++) {
            boolean begun = from.isEmpty() || isReached(from.get(), batch, row);
            boolean over = until.isPresent() && isReached(until.get(), batch, row);
            chosen[count] = row;
            count += !over && begun != coming && !hasNoBound(batch, row) ? 1 : 0;
        }
        return count == batch.rowCount() ? batch : batch.select(chosen, count);
    }

    private boolean isReached(CloseTime bound, DeltaBatch batch, int row) {
        return CloseTimes.closeAt(batch.longColumn(bound.column()).value(row), bound) <= state.now;
    }

    private boolean hasNoBound(DeltaBatch batch, int row) {
        return from.isPresent() && batch.column(from.get().column()).isNull(row)
                || until.isPresent() && batch.column(until.get().column()).isNull(row);
    }

    private static DeltaBatch negated(DeltaBatch batch) {
        int[] weights = new int[batch.rowCount()];
        Arrays.setAll(weights, row -> -batch.weight(row));
        return batch.withWeights(weights);
    }

    @Override
    public long stateRows() {
        return size(state.coming) + size(state.leaving);
    }

    private static long size(Optional<TimedRows> rows) {
        return rows.map(timed -> (long) timed.rows.distinctRows()).orElse(0L);
    }
}
