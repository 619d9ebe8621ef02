package io.thalweg.runtime.operator;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.plan.CloseTime;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.state.KeyTable;
import io.thalweg.runtime.state.MemoryAccount;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Gives each partition of rows a small number, and forgets a partition when it is empty or closed. One owner thread. */
public final class PartitionKeys {
    /** The partition of rows that came after theirs was closed. */
    public static final int CLOSED = 0;

    private static final int ONLY_PARTITION = 1;

    private final Optional<KeyTable> keys;
    private final Optional<GroupClosing> closing;
    private final Owner owner;
    private int[] found = {};

    /** Who keeps the rows of the partitions. */
    public interface Owner {
        /** A partition begins, empty. */
        void open(int partition);

        /** A partition is closed: its rows are final and not needed any more. */
        void close(int partition);
    }

    public PartitionKeys(
            RowType input, List<Integer> partition, Optional<CloseTime> closeTime, Owner owner, MemoryAccount account) {
        this.keys = partition.isEmpty()
                ? Optional.empty()
                : Optional.of(KeyTable.create(input, partition, KeyTable.NullKeys.EQUAL, account));
        this.closing = closeTime.map(close -> new GroupClosing(close, close.column(), account));
        this.owner = owner;
    }

    /** The partition of each row; valid until the next call. */
    public int[] resolve(DeltaBatch batch) {
        int rows = batch.rowCount();
        if (found.length < rows) {
            found = new int[Math.max(rows, DeltaBatch.TARGET_ROWS)];
        }
        if (keys.isEmpty()) {
            Arrays.fill(found, 0, rows, ONLY_PARTITION);
            return found;
        }
        KeyTable table = keys.get();
        table.resolve(batch, found);
        boolean anyClosed = false;
        for (int i = 0; i < table.createdCount(); i++) {
            int row = table.createdRow(i);
            if (closing.isPresent() && !closing.get().add(found[row], batch, row)) {
                anyClosed = true;
                table.remove(found[row]);
            } else {
                owner.open(found[row]);
            }
        }
        if (anyClosed) {
            markClosed(batch, closing.orElseThrow());
        }
        return found;
    }

    private void markClosed(DeltaBatch batch, GroupClosing close) {
        for (int row = 0; row < batch.rowCount(); row++) {
            if (close.isClosed(batch, row)) {
                found[row] = CLOSED;
            }
        }
    }

    /** Begins the only partition there is, if there is no key. */
    public void openOnly() {
        if (keys.isEmpty()) {
            owner.open(ONLY_PARTITION);
        }
    }

    /** Forgets a partition that has no rows. */
    public void forget(int partition) {
        closing.ifPresent(close -> close.remove(partition));
        keys.ifPresent(table -> table.remove(partition));
    }

    /** Closes what the watermark closes. */
    public void closeUpTo(long watermark) {
        if (closing.isEmpty() || watermark == Long.MAX_VALUE) {
            // Without event times in the input nothing ever closes.
            return;
        }
        GroupClosing close = closing.get();
        close.advanceTo(watermark);
        for (int partition = close.poll(); partition != GroupClosing.NONE; partition = close.poll()) {
            owner.close(partition);
            keys.orElseThrow().remove(partition);
        }
    }
}
