package io.thalweg.runtime.operator;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.IntColumn;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.JoinKind;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.RecordPages;
import io.thalweg.runtime.state.RowIndex;
import io.thalweg.runtime.state.RowReferences;
import io.thalweg.runtime.state.TouchedIds;
import java.util.Arrays;

/**
 * The rows of one side of a join with the number of partners that each has, and what the current step has changed of both.
 * Only the net change of a step goes out, so a row that comes with its partner is never seen without it. One owner thread.
 */
final class MatchedRows {
    // What is known of a row beside its record in the index.
    private static final int MATCHES = 0;
    private static final int STEP = 1;
    private static final int WEIGHT_BEFORE = 2;
    private static final int MATCHES_BEFORE = 3;

    private final RowIndex rows;
    private final RecordPages counts;
    private final JoinKind kind;
    private final TouchedIds touched;
    private final RowReferences changed = new RowReferences();
    private final int[] changes = new int[DeltaBatch.TARGET_ROWS];
    private final int[] marks = new int[DeltaBatch.TARGET_ROWS];
    /** What goes out next: a touched row as one without partners, then as one with them. */
    private int emitted;

    private boolean emittedAlone;
    /** How much of that change has gone out, if it does not fit into the weight of one row. */
    private long sent;

    private long step = 1;

    /** @param kind says which rows of this side are wanted: those with a partner, those without, or all */
    MatchedRows(RowIndex rows, JoinKind kind, MemoryAccount account) {
        this.rows = rows;
        this.counts = new RecordPages(4, account);
        this.touched = new TouchedIds(account);
        this.kind = kind;
    }

    /** Adds rows none of which has a NULL in its key, and returns them; their records can be asked of the index then. */
    DeltaBatch add(DeltaBatch batch) {
        DeltaBatch kept = rows.locate(batch);
        for (int row = 0; row < kept.rowCount(); row++) {
            int id = rows.located(row);
            if (rows.isAdded(row)) {
                counts.ensure(id);
                counts.clear(id);
            }
            touch(id);
        }
        rows.addWeights(kept);
        return kept;
    }

    /** Sets the number of partners of the rows that were new among those added last. */
    void countAdded(long[] matches, int rowCount) {
        for (int row = 0; row < rowCount; row++) {
            if (rows.isAdded(row)) {
                addMatches(rows.located(row), matches[row]);
            }
        }
    }

    /** Adds to the partners of a row. */
    void addMatches(int id, long weight) {
        touch(id);
        counts.set(id, MATCHES, counts.get(id, MATCHES) + weight);
    }

    /** Remembers what a row was at the start of the step. */
    private void touch(int id) {
        if (counts.get(id, STEP) == step) {
            return;
        }
        counts.set(id, STEP, step);
        counts.set(id, WEIGHT_BEFORE, rows.weight(id));
        counts.set(id, MATCHES_BEFORE, counts.get(id, MATCHES));
        touched.add(id);
    }

    /** Whether rows with this number of partners are wanted. */
    boolean wants(long matches) {
        return kind == JoinKind.MARK || (matches != 0) == (kind == JoinKind.SEMI);
    }

    /** Fails if a row that is in the result may not have that many partners. */
    void checkPartners(long matches) {
        if (kind == JoinKind.SINGLE && matches > 1) {
            throw new ThalwegException(
                    ErrorCode.CARDINALITY_VIOLATION, "a sub-query used as a value has more than one row");
        }
    }

    /**
     * The next rows that the step has brought into the result or taken out of it; an empty batch when there are no more, and
     * then the step is over. With {@link JoinKind#MARK} each row comes with its mark.
     */
    DeltaBatch nextChanges() {
        changed.clear();
        int count = 0;
        while (emitted < touched.count() && count < changes.length) {
            int id = touched.get(emitted);
            boolean matched = emittedAlone;
            long before = wanted(counts.get(id, WEIGHT_BEFORE), counts.get(id, MATCHES_BEFORE), matched);
            long now = wanted(rows.weight(id), counts.get(id, MATCHES), matched);
            if (rows.weight(id) != 0) {
                checkPartners(counts.get(id, MATCHES));
            }
            long change = now - before - sent;
            int part = (int) Math.max(-Integer.MAX_VALUE, Math.min(Integer.MAX_VALUE, change));
            if (part != 0) {
                rows.refer(id, changed);
                marks[count] = matched ? 1 : 0;
                changes[count++] = part;
            }
            if (part == change) {
                sent = 0;
                emitted += matched ? 1 : 0;
                emittedAlone = !matched;
            } else {
                // The rest goes into another row of the batch.
                sent += part;
            }
        }
        DeltaBatch batch = new DeltaBatch(count, rows.decode(changed), Arrays.copyOf(changes, count));
        if (count == 0) {
            endStep();
        }
        return kind == JoinKind.MARK ? marked(batch, marks) : batch;
    }

    /** How often a row is in the result as one with partners, or as one without. */
    private long wanted(long weight, long matches, boolean matched) {
        boolean kept = kind == JoinKind.MARK || matched == (kind == JoinKind.SEMI);
        return kept && (matches != 0) == matched ? weight : 0;
    }

    /** The rows of a batch with their marks behind them. */
    static DeltaBatch marked(DeltaBatch batch, int[] marks) {
        Column[] columns = new Column[batch.columnCount() + 1];
        for (int i = 0; i < batch.columnCount(); i++) {
            columns[i] = batch.column(i);
        }
        int[] values = Arrays.copyOf(marks, batch.rowCount());
        columns[batch.columnCount()] = new IntColumn(values.length, values, null);
        return new DeltaBatch(batch.rowCount(), columns, batch.weights());
    }

    private void endStep() {
        for (int i = 0; i < touched.count(); i++) {
            rows.releaseIfGone(touched.get(i));
        }
        touched.clear();
        emitted = 0;
        step++;
    }
}
