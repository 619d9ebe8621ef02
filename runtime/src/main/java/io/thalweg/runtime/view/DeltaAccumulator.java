package io.thalweg.runtime.view;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.RowMultiset;
import java.util.List;

/**
 * Sums up deltas, so that many steps can be told as one: what was inserted and deleted in between is never seen. One owner
 * thread.
 */
public final class DeltaAccumulator {
    private final RowType type;
    private MemoryAccount account;
    private RowMultiset rows;

    public DeltaAccumulator(RowType type) {
        this.type = type;
        this.account = MemoryAccount.unlimited("delta");
        this.rows = new RowMultiset(type, account);
    }

    /** Adds the weights of a delta. */
    public void add(DeltaBatch delta) {
        rows.add(delta);
    }

    /** The sum, each different row once and none of weight 0; afterwards the sum is empty. */
    public List<DeltaBatch> drain() {
        List<DeltaBatch> sum = rows.batches();
        account = MemoryAccount.unlimited("delta");
        rows = new RowMultiset(type, account);
        return sum;
    }

    /** How many rows {@link #drain()} would return; equal ones count once. */
    public long rowCount() {
        return rows.distinctRows();
    }

    /** The memory taken, including what is set aside to grow into. */
    public long sizeBytes() {
        return account.bytes();
    }
}
