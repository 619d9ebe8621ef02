package io.thalweg.server.query;

import io.thalweg.log.AppendRequest;
import io.thalweg.log.AppendResult;
import io.thalweg.log.PayloadKind;
import io.thalweg.model.delta.BlockCodec;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.LongColumn;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.RowType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes rows into a stream or a table: checks them, chooses partitions, appends, and waits for the disk. Thread-safe. */
final class RowIngest {
    /** A block is a frame, and a frame is read as a whole: this keeps it near the cache's size. */
    private static final int MAX_BLOCK_ROWS = 16_384;

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
        List<CompletableFuture<AppendResult>> pending = new ArrayList<>();
        long count = 0;
        for (DeltaBatch batch : accepted) {
            count += batch.rowCount();
            for (int from = 0; from < batch.rowCount(); from += MAX_BLOCK_ROWS) {
                appendBlock(target, batch.slice(from, Math.min(MAX_BLOCK_ROWS, batch.rowCount() - from)), pending);
            }
        }
        pending.forEach(future -> await(target, future));
        return count;
    }

    private void appendBlock(StoredRelation target, DeltaBatch block, List<CompletableFuture<AppendResult>> pending) {
        int partitions = target.partitions().size();
        if (partitions == 1) {
            pending.add(append(target, 0, block));
        } else if (target.distribution().isEmpty()) {
            pending.add(append(target, Math.floorMod(nextPartition.getAndIncrement(), partitions), block));
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
                    pending.add(append(target, partition, block.select(selected, size)));
                }
            }
        }
    }

    private static CompletableFuture<AppendResult> append(StoredRelation target, int partition, DeltaBatch block) {
        long min = AppendRequest.NO_EVENT_TIME;
        long max = AppendRequest.NO_EVENT_TIME;
        if (target.watermark().isPresent()) {
            LongColumn times = block.longColumn(target.watermark().get().column());
            boolean any = false;
            for (int row = 0; row < block.rowCount(); row++) {
                if (!times.isNull(row)) {
                    long time = times.value(row);
                    min = any ? Math.min(min, time) : time;
                    max = any ? Math.max(max, time) : time;
                    any = true;
                }
            }
        }
        ByteBuffer payload = ByteBuffer.wrap(BlockCodec.encode(block));
        return target.partitions()
                .get(partition)
                .append(AppendRequest.of(PayloadKind.COLUMNAR_BLOCK, payload, block.rowCount(), min, max)
                        .with(target.durability()));
    }

    private static void await(StoredRelation target, CompletableFuture<AppendResult> future) {
        try {
            future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ThalwegException error) {
                throw new ThalwegException(error.code(), target.title() + ": " + error.message(), error);
            }
            throw new ThalwegException(ErrorCode.IO_ERROR, "cannot write to " + target.title(), e);
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
