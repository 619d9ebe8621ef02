package io.thalweg.jdbc.client;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.type.RowType;
import java.util.OptionalLong;

/** A result whose rows are all there. */
public final class FixedRows implements RowSource {
    private final RowType type;
    private final DeltaBatch batch;
    private boolean taken;

    public FixedRows(RowType type, DeltaBatch batch) {
        this.type = type;
        this.batch = batch;
    }

    @Override
    public RowType type() {
        return type;
    }

    @Override
    public boolean isEndless() {
        return false;
    }

    @Override
    public Arrival await(Deadline deadline) {
        return taken || batch.isEmpty() ? Arrival.END : Arrival.ROW;
    }

    @Override
    public DeltaBatch take() {
        taken = true;
        return batch;
    }

    @Override
    public long step() {
        return 0;
    }

    @Override
    public OptionalLong watermarkMicros() {
        return OptionalLong.empty();
    }

    @Override
    public void cancel() {
        taken = true;
    }

    @Override
    public void close() {
        taken = true;
    }
}
