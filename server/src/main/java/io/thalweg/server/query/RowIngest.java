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

    private final AtomicInteger nextPartition = new AtomicInteger();

    /**
     * Appends the rows of a statement and returns once they are as durable as the relation promises. Queries see all of
     * them or none.
     *
     * @param rows batches of the relation's stored columns; those of negative weight delete
     * @return how many rows there were
     */
    long ingest(StoredRelation target, List<DeltaBatch> rows) {
        List<DeltaBatch> blocks = blocks(target, rows);
        ShardMap shards = target.shards().current();
        while (true) {
            StatementAppends statement = new StatementAppends(target);
            for (DeltaBatch block : blocks) {
                route(target, shards, block, statement);
            }
            if (statement.place()) {
                return statement.await();
            }
            ShardMap now = target.shards().settled();
            if (now.equals(shards) && statement.meetsClosed()) {
                throw nobodyTakes();
            }
            // If the map is the same the change has failed, and the shards go on.
            shards = now;
        }
    }

    /** Appends rows in the name of somebody, block by block; otherwise as for a statement. */
    long ingest(StoredRelation target, List<DeltaBatch> rows, BlockTags tags) {
        Appends appends = new Appends(target, tags);
        for (DeltaBatch block : blocks(target, rows)) {
            route(target, target.shards().current(), block, appends);
        }
        return appends.await();
    }

    /** The checked rows in blocks of the size that the log takes. */
    private static List<DeltaBatch> blocks(StoredRelation target, List<DeltaBatch> rows) {
        List<DeltaBatch> blocks = new ArrayList<>();
        for (DeltaBatch batch : joined(target, checked(target, rows))) {
            for (int from = 0; from < batch.rowCount(); from += MAX_BLOCK_ROWS) {
                addBlock(batch.slice(from, Math.min(MAX_BLOCK_ROWS, batch.rowCount() - from)), blocks);
            }
        }
        return blocks;
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

    private static void addBlock(DeltaBatch block, List<DeltaBatch> blocks) {
        if (block.rowCount() > 1 && BatchSize.bytes(block) > MAX_BLOCK_BYTES) {
            int half = block.rowCount() / 2;
            addBlock(block.slice(0, half), blocks);
            addBlock(block.slice(half, block.rowCount() - half), blocks);
        } else {
            blocks.add(block);
        }
    }

    /** Sends each row to the open shard that takes its key, or, where rows have no key, all to the next one in turn. */
    private void route(StoredRelation target, ShardMap shards, DeltaBatch block, BlockRoute appends) {
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

    private void routeByKey(StoredRelation target, ShardMap shards, DeltaBatch block, BlockRoute appends) {
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
    private void place(StoredRelation target, ShardMap shards, int shard, DeltaBatch rows, BlockRoute appends) {
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
