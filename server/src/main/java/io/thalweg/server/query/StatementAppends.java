package io.thalweg.server.query;

import io.thalweg.log.AppendResult;
import io.thalweg.log.PartitionLog;
import io.thalweg.log.PlacedAppend;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * All blocks of one statement: they are collected, then appended together, so that queries see the statement as a whole
 * or not at all, whatever partitions its rows go to. One thread.
 */
final class StatementAppends implements BlockRoute {
    private final StoredRelation target;
    private final List<PlacedAppend> blocks = new ArrayList<>();
    private final List<Appends.Append> underWay = new ArrayList<>();
    private long rows;
    private @Nullable ThalwegException failure;

    StatementAppends(StoredRelation target) {
        this.target = target;
    }

    @Override
    public boolean add(PartitionLog partition, DeltaBatch block) {
        blocks.add(new PlacedAppend(partition, Appends.request(target, block)));
        rows += block.rowCount();
        return true;
    }

    @Override
    public void fail(DeltaBatch block, ThalwegException reason) {
        failure = failure == null ? reason : failure;
        rows += block.rowCount();
    }

    /**
     * Sends all blocks on their way; waits before that while too many bytes wait for the disk.
     *
     * @return false if others have replaced one of the partitions, or will: nothing was appended, and the rows are to be
     *     routed again
     */
    boolean place() {
        if (failure != null || blocks.isEmpty()) {
            return true;
        }
        try {
            List<CompletableFuture<AppendResult>> results = target.shards().appendTogether(blocks);
            for (int i = 0; i < results.size(); i++) {
                underWay.add(new Appends.Append(blocks.get(i).request().rowCount(), results.get(i)));
            }
        } catch (ThalwegException refused) {
            if (refused.code() == ErrorCode.PARTITION_CLOSED) {
                return false;
            }
            failure = refused;
        }
        return true;
    }

    /** Whether one of the partitions is closed for good. */
    boolean meetsClosed() {
        return blocks.stream().anyMatch(block -> block.partition().isClosed());
    }

    /** As {@link Appends#await()}. */
    long await() {
        return Appends.await(target, underWay, rows, failure);
    }
}
