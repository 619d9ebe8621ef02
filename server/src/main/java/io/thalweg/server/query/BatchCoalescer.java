package io.thalweg.server.query;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.type.RowType;

/** Joins runs of small batches, such as single-row inserts, into batches worth a pass through a pipeline. One thread. */
final class BatchCoalescer implements BatchReceiver {
    private static final int SMALL_ROWS = 512;

    private final DeltaBatchBuilder builder;
    private final BatchReceiver receiver;

    BatchCoalescer(RowType type, BatchReceiver receiver) {
        this.builder = new DeltaBatchBuilder(type);
        this.receiver = receiver;
    }

    @Override
    public boolean accept(DeltaBatch batch) {
        if (batch.rowCount() >= SMALL_ROWS) {
            return flush() && receiver.accept(batch);
        }
        builder.appendAll(batch);
        return !builder.isFull() || flush();
    }

    /** Hands out what is held back; false if no more is wanted. */
    boolean flush() {
        return builder.isEmpty() || receiver.accept(builder.build());
    }
}
