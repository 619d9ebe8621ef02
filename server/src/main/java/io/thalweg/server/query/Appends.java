package io.thalweg.server.query;

import io.thalweg.log.AppendRequest;
import io.thalweg.log.AppendResult;
import io.thalweg.log.PartitionLog;
import io.thalweg.log.PayloadKind;
import io.thalweg.model.delta.BlockCodec;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.LongColumn;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The blocks that somebody appends in its own name, on their way to the disk. Each block is appended as a whole or not at
 * all; after a block that cannot be appended no more are, but those before it may stay. One thread.
 */
final class Appends implements BlockRoute {
    private final StoredRelation target;
    private final BlockTags tags;
    private final List<Append> underWay = new ArrayList<>();
    private long rows;
    private @Nullable ThalwegException failure;

    Appends(StoredRelation target, BlockTags tags) {
        this.target = target;
        this.tags = tags;
    }

    /** Sends a block on its way; waits before that while too many bytes wait for the disk. */
    @Override
    public boolean add(PartitionLog partition, DeltaBatch block) {
        if (failure == null) {
            try {
                underWay.add(new Append(block.rowCount(), append(partition, block)));
                tags.taken(partition, block.rowCount());
            } catch (ThalwegException refused) {
                if (refused.code() == ErrorCode.PARTITION_CLOSED) {
                    return false;
                }
                failure = refused;
            }
        }
        rows += block.rowCount();
        return true;
    }

    @Override
    public void fail(DeltaBatch block, ThalwegException reason) {
        failure = failure == null ? reason : failure;
        rows += block.rowCount();
    }

    private CompletableFuture<AppendResult> append(PartitionLog partition, DeltaBatch block) {
        return partition.append(request(target, block).with(tags.next(partition)));
    }

    /** How a block of rows is to be appended to a relation, in nobody's name. */
    static AppendRequest request(StoredRelation target, DeltaBatch block) {
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
        ByteBuffer payload = ByteBuffer.wrap(BlockCodec.encodeStored(block, target.compression()));
        return AppendRequest.of(PayloadKind.COLUMNAR_BLOCK, payload, block.rowCount(), min, max)
                .with(target.durability());
    }

    /**
     * Waits until every block is as durable as promised, or has failed.
     *
     * @return how many rows there were
     * @throws ThalwegException the first failure, with what it left behind
     */
    long await() {
        return await(target, underWay, rows, failure);
    }

    /** Rows on their way to the disk. */
    record Append(int rows, CompletableFuture<AppendResult> result) {}

    /**
     * Waits until rows are as durable as promised, or have failed.
     *
     * @param rows how many there are, with those that are not on their way
     * @param earlier why some are not, if that is so
     * @return how many rows there were
     * @throws ThalwegException the first failure, with what it left behind
     */
    static long await(StoredRelation target, List<Append> underWay, long rows, @Nullable ThalwegException earlier) {
        long appended = 0;
        ThalwegException first = earlier;
        for (Append append : underWay) {
            try {
                append.result().join();
                appended += append.rows();
            } catch (CompletionException e) {
                first = first != null ? first : reason(e);
            }
        }
        if (first != null) {
            ThalwegException error = new ThalwegException(first.code(), target.title() + ": " + first.message(), first);
            throw appended == 0
                    ? error
                    : error.withHint(appended + " of the " + rows + " rows of the statement were inserted before.");
        }
        return rows;
    }

    private static ThalwegException reason(CompletionException e) {
        return e.getCause() instanceof ThalwegException known
                ? known
                : new ThalwegException(ErrorCode.IO_ERROR, "the rows could not be written", e);
    }
}
