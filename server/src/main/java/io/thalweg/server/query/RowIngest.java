package io.thalweg.server.query;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.type.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes rows into a stream or a table: checks them, chooses partitions, appends, and waits for the disk. Thread-safe. */
final class RowIngest {
    /** A block is a frame, and a frame is read as a whole: this keeps it near the cache's size. */
    private static final int MAX_BLOCK_ROWS = 16_384;
    /** Rows of long texts go into smaller blocks; the log takes none of more than a few times this. */
    private static final long MAX_BLOCK_BYTES = 4 << 20;

    private final AtomicInteger nextPartition = new AtomicInteger();

    /**
     * Appends rows and returns once they are as durable as the relation promises.
     *
     * @param rows batches of the relation's stored columns
     * @return how many rows there were
     */
    long ingest(StoredRelation target, List<DeltaBatch> rows) {
        List<DeltaBatch> accepted = new ArrayList<>();
        for (DeltaBatch batch : rows) {
            accepted.add(checked(target, batch));
        }
        Appends appends = new Appends(target);
        for (DeltaBatch batch : accepted) {
            for (int from = 0; from < batch.rowCount(); from += MAX_BLOCK_ROWS) {
                appendBlock(target, batch.slice(from, Math.min(MAX_BLOCK_ROWS, batch.rowCount() - from)), appends);
            }
        }
        return appends.await();
    }

    private void appendBlock(StoredRelation target, DeltaBatch block, Appends appends) {
        if (block.rowCount() > 1 && BatchSize.bytes(block) > MAX_BLOCK_BYTES) {
            int half = block.rowCount() / 2;
            appendBlock(target, block.slice(0, half), appends);
            appendBlock(target, block.slice(half, block.rowCount() - half), appends);
            return;
        }
        int partitions = target.partitions().size();
        if (partitions == 1) {
            appends.add(0, block);
        } else if (target.distribution().isEmpty()) {
            appends.add(Math.floorMod(nextPartition.getAndIncrement(), partitions), block);
        } else {
            int[] partitionOf = PartitionChoice.of(block, target.distribution(), partitions);
            int[] selected = new int[block.rowCount()];
            for (int partition = 0; partition < partitions; partition++) {
                int size = 0;
                for (int row = 0; row < partitionOf.length; row++) {
                    if (partitionOf[row] == partition) {
                        selected[size++] = row;
                    }
                }
                if (size > 0) {
                    appends.add(partition, block.select(selected, size));
                }
            }
        }
    }

    private static DeltaBatch checked(StoredRelation target, DeltaBatch batch) {
        RowType type = target.storedType();
        Column[] columns = new Column[type.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new ColumnDomain(type.field(i), target.title()).checked(batch.column(i));
        }
        return new DeltaBatch(batch.rowCount(), columns, batch.weights());
    }
}
