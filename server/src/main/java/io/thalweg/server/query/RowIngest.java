package io.thalweg.server.query;

import io.thalweg.log.PartitionLog;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.RowType;
import io.thalweg.server.shard.KeyHash;
import io.thalweg.server.shard.ShardMap;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes rows into a stream or a table: checks them, chooses partitions, appends, and waits for the disk. Thread-safe. */
final class RowIngest {
    /** A block is a frame, and a frame is read as a whole: this keeps it near the cache's size. */
    private static final int MAX_BLOCK_ROWS = 16_384;
    /** Rows of long texts go into smaller blocks; the log takes none of more than a few times this. */
    private static final long MAX_BLOCK_BYTES = 4 << 20;
    /** What a statement changes in one partition is one frame up to this; the log takes four times as much. */
    private static final long MAX_TOGETHER_BYTES = 8 << 20;

    private final AtomicInteger nextPartition = new AtomicInteger();

    /**
     * Appends rows and returns once they are as durable as the relation promises.
     *
     * @param rows batches of the relation's stored columns
     * @return how many rows there were
     */
    long ingest(StoredRelation target, List<DeltaBatch> rows) {
        return ingest(target, rows, BlockTags.NONE);
    }

    /** The same in the name of somebody. */
    long ingest(StoredRelation target, List<DeltaBatch> rows, BlockTags tags) {
        Appends appends = new Appends(target, tags);
        for (DeltaBatch batch : joined(target, checked(target, rows))) {
            for (int from = 0; from < batch.rowCount(); from += MAX_BLOCK_ROWS) {
                appendBlock(target, batch.slice(from, Math.min(MAX_BLOCK_ROWS, batch.rowCount() - from)), appends);
            }
        }
        return appends.await();
    }

    /**
     * The same rows, in one batch if they fit into one block. Of more rows only the small batches are joined, since large
     * ones are appended as they are, without a copy.
     */
    private static List<DeltaBatch> joined(StoredRelation target, List<DeltaBatch> rows) {
        if (rows.size() < 2) {
            return rows;
        }
        List<DeltaBatch> joined = new ArrayList<>();
        if (fitsBlock(rows)) {
            DeltaBatchBuilder builder = new DeltaBatchBuilder(writtenType(target, rows));
            for (DeltaBatch batch : rows) {
                builder.appendAll(batch);
            }
            joined.add(builder.build());
        } else {
            BatchCoalescer coalescer = new BatchCoalescer(writtenType(target, rows), joined::add);
            rows.forEach(coalescer::accept);
            coalescer.flush();
        }
        return joined;
    }

    private static boolean fitsBlock(List<DeltaBatch> batches) {
        long rows = 0;
        long bytes = 0;
        for (DeltaBatch batch : batches) {
            rows += batch.rowCount();
            bytes += BatchSize.bytes(batch);
        }
        return rows <= MAX_BLOCK_ROWS && bytes <= MAX_BLOCK_BYTES;
    }

    /**
     * Appends what one statement changes, and returns once it is as durable as the relation promises. What goes into one
     * partition is seen as a whole or not at all, up to {@link DeltaBatch#MAX_ROWS} rows or some megabytes.
     *
     * @param rows batches of the relation's stored columns; those of negative weight delete
     * @return how many rows there were
     */
    long ingestTogether(StoredRelation target, List<DeltaBatch> rows) {
        Appends appends = new Appends(target, BlockTags.NONE);
        List<DeltaBatch> accepted = checked(target, rows);
        DeltaBatchBuilder builder = new DeltaBatchBuilder(writtenType(target, accepted));
        long bytes = 0;
        for (DeltaBatch batch : accepted) {
            long rowBytes = BatchSize.bytes(batch) / Math.max(1, batch.rowCount()) + 1;
            for (int row = 0; row < batch.rowCount(); row++) {
                if (builder.rowCount() == DeltaBatch.MAX_ROWS || bytes > MAX_TOGETHER_BYTES) {
                    route(target, target.shards().current(), builder.build(), appends);
                    bytes = 0;
                }
                builder.appendRow(batch, row, batch.weight(row));
                bytes += rowBytes;
            }
        }
        if (!builder.isEmpty()) {
            route(target, target.shards().current(), builder.build(), appends);
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
        route(target, target.shards().current(), block, appends);
    }

    /** Sends each row to the open shard that takes its key, or, where rows have no key, all to the next one in turn. */
    private void route(StoredRelation target, ShardMap shards, DeltaBatch block, Appends appends) {
        int open = shards.openCount();
        if (open == 0) {
            appends.fail(block, nobodyTakes());
        } else if (target.distribution().isEmpty()) {
            place(target, shards, shards.open(Math.floorMod(nextPartition.getAndIncrement(), open)), block, appends);
        } else if (open == 1 && shards.size() == 1) {
            place(target, shards, 0, block, appends);
        } else {
            routeByKey(target, shards, block, appends);
        }
    }

    private void routeByKey(StoredRelation target, ShardMap shards, DeltaBatch block, Appends appends) {
        int[] shardOf = shards.keys().choose(KeyHash.of(block, target.distribution()));
        int[] selected = new int[block.rowCount()];
        int placed = 0;
        for (int i = 0; i < shards.openCount() && placed < shardOf.length; i++) {
            int shard = shards.open(i);
            int size = 0;
            for (int row = 0; row < shardOf.length; row++) {
                if (shardOf[row] == shard) {
                    selected[size++] = row;
                }
            }
            placed += size;
            if (size > 0) {
                place(target, shards, shard, block.select(selected, size), appends);
            }
        }
        if (placed < shardOf.length) {
            appends.fail(block, nobodyTakes());
        }
    }

    /**
     * Sends rows to a shard. If a split or a merge replaces it meanwhile, it has taken none of them: they go to those
     * that take their keys then, behind all that went to the shard before.
     */
    private void place(StoredRelation target, ShardMap shards, int shard, DeltaBatch rows, Appends appends) {
        PartitionLog log = shards.log(shard);
        while (!appends.add(log, rows)) {
            ShardMap now = target.shards().settled();
            if (!now.equals(shards)) {
                route(target, now, rows, appends);
                return;
            }
            if (log.isClosed()) {
                appends.fail(rows, nobodyTakes());
                return;
            }
            // Otherwise the change has failed, and the shard goes on.
        }
    }

    private static ThalwegException nobodyTakes() {
        return new ThalwegException(ErrorCode.PARTITION_OFFLINE, "no sound partition takes these rows")
                .withHint("See SHOW PARTITIONS, and the log for the failure of the disk.");
    }

    /** The stored columns that rows bring: all but those that were added after their statement or query was planned. */
    private static RowType writtenType(StoredRelation target, List<DeltaBatch> rows) {
        int width = rows.isEmpty() ? 0 : rows.get(0).columnCount();
        return new RowType(target.storedType().fields().subList(0, width));
    }

    /** The rows as they are to be stored; throws if a column does not take its value. */
    static List<DeltaBatch> checked(StoredRelation target, List<DeltaBatch> rows) {
        List<DeltaBatch> accepted = new ArrayList<>();
        for (DeltaBatch batch : rows) {
            accepted.add(checked(target, batch));
        }
        return accepted;
    }

    /** A statement that was planned before a column was added brings rows without it, which are stored so. */
    private static DeltaBatch checked(StoredRelation target, DeltaBatch batch) {
        RowType type = target.storedType();
        Column[] columns = new Column[Math.min(type.size(), batch.columnCount())];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new ColumnDomain(type.field(i), target.title()).checked(batch.column(i));
        }
        return new DeltaBatch(batch.rowCount(), columns, batch.weights());
    }
}
