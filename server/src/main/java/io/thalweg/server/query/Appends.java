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
 * The blocks of one insert on their way to the disk. Each block is appended as a whole or not at all; after a block that
 * cannot be appended no more are, but those before it may stay. One thread.
 */
final class Appends {
    private final StoredRelation target;
    private final BlockTags tags;
    private final List<Append> underWay = new ArrayList<>();
    private long rows;
    private @Nullable ThalwegException failure;

    private record Append(int rows, CompletableFuture<AppendResult> result) {}

    Appends(StoredRelation target, BlockTags tags) {
        this.target = target;
        this.tags = tags;
    }

    /**
     * Sends a block on its way; waits before that while too many bytes wait for the disk.
     *
     * @return false if others have replaced the partition, or will: nothing was appended, and the block is to be sent
     *     again
     */
    boolean add(PartitionLog partition, DeltaBatch block) {
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

    /** Gives up on a block that has no place. */
    void fail(DeltaBatch block, ThalwegException reason) {
        failure = failure == null ? reason : failure;
        rows += block.rowCount();
    }

    private CompletableFuture<AppendResult> append(PartitionLog partition, DeltaBatch block) {
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
        return partition.append(AppendRequest.of(PayloadKind.COLUMNAR_BLOCK, payload, block.rowCount(), min, max)
                .with(target.durability())
                .with(tags.next(partition)));
    }

    /**
     * Waits until every block is as durable as promised, or has failed.
     *
     * @return how many rows there were
     * @throws ThalwegException the first failure, with what it left behind
     */
    long await() {
        long appended = 0;
        for (Append append : underWay) {
            try {
                append.result().join();
                appended += append.rows();
            } catch (CompletionException e) {
                failure = failure != null ? failure : reason(e);
            }
        }
        ThalwegException first = failure;
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
