package io.thalweg.runtime.view;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.RowMultiset;
import java.util.List;

/** The current rows of a query: a multiset that deltas are added to. One owner thread. */
public final class MaterializedView {
    private final MemoryAccount account = MemoryAccount.unlimited("view");
    private final RowMultiset rows;

    public MaterializedView(RowType type) {
        this.rows = new RowMultiset(type, account);
    }

    /** Adds the weights of a delta. */
    public void apply(DeltaBatch delta) {
        rows.add(delta);
    }

    /** All rows with their weights, each different row once. */
    public List<DeltaBatch> snapshot() {
        return rows.batches();
    }

    /** The sum of all weights. */
    public long rowCount() {
        return rows.rowCount();
    }

    /** The memory taken, including what is set aside to grow into. */
    public long sizeBytes() {
        return account.bytes();
    }
}
