package io.thalweg.runtime.operator;

import io.thalweg.model.delta.DeltaBatch;
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
    private final boolean wantsMatched;
    private final TouchedIds touched;
    private final RowReferences changed = new RowReferences();
    private final int[] changes = new int[DeltaBatch.TARGET_ROWS];
    private int emitted;
    private long step = 1;

    /** @param wantsMatched whether rows with a partner are wanted of this side, or those without */
    MatchedRows(RowIndex rows, boolean wantsMatched, MemoryAccount account) {
        this.rows = rows;
        this.counts = new RecordPages(4, account);
        this.touched = new TouchedIds(account);
        this.wantsMatched = wantsMatched;
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
        return (matches != 0) == wantsMatched;
    }

    /**
     * The next rows that the step has brought into the result or taken out of it; an empty batch when there are no more, and
     * then the step is over.
     */
    DeltaBatch nextChanges() {
        changed.clear();
        int count = 0;
        while (emitted < touched.count() && count < changes.length) {
            int id = touched.get(emitted);
            long before = wants(counts.get(id, MATCHES_BEFORE)) ? counts.get(id, WEIGHT_BEFORE) : 0;
            long now = wants(counts.get(id, MATCHES)) ? rows.weight(id) : 0;
            int part = (int) Math.max(-Integer.MAX_VALUE, Math.min(Integer.MAX_VALUE, now - before));
            if (part != 0) {
                rows.refer(id, changed);
                changes[count++] = part;
            }
            if (before + part == now) {
                emitted++;
            } else {
                // The rest goes into another row of the batch.
                counts.set(id, WEIGHT_BEFORE, before + part);
                counts.set(id, MATCHES_BEFORE, counts.get(id, MATCHES));
            }
        }
        DeltaBatch batch = new DeltaBatch(count, rows.decode(changed), Arrays.copyOf(changes, count));
        if (count == 0) {
            endStep();
        }
        return batch;
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
