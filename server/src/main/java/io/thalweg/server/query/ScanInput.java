package io.thalweg.server.query;

import io.thalweg.model.plan.ScanNode;
import io.thalweg.server.shard.ShardMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Reads one scan of the log step by step, over all shards: of those that replaced others only after these, so that the
 * rows of a key come in their order. One thread.
 */
final class ScanInput {
    private final StoredRelation relation;
    private final StopCheck stop;
    private final List<PartitionScan> partitions = new ArrayList<>();
    private final ScanNode scan;
    private final ScanConditions conditions;
    private final String reader;
    private ShardMap shards;
    private boolean isReleased;

    /**
     * Reads all rows.
     *
     * @param reader who reads; the rows are held for it until {@link #release}
     */
    ScanInput(StoredRelation relation, ScanNode scan, StopCheck stop, String reader) {
        this(relation, scan, ScanConditions.none(), stop, reader);
    }

    /** Leaves out blocks without a row that meets the condition of the scan. */
    ScanInput(StoredRelation relation, ScanNode scan, ScanConditions conditions, StopCheck stop, String reader) {
        this.relation = relation;
        this.scan = scan;
        this.stop = stop;
        this.conditions = conditions;
        this.reader = reader;
        this.shards = relation.shards().current();
        for (int i = 0; i < shards.size(); i++) {
            partitions.add(scan(i));
        }
    }

    private PartitionScan scan(int shard) {
        return new PartitionScan(relation, shards.log(shard), scan, conditions.of(relation, scan), reader);
    }

    /** The ends of a step, whose shards all have their scan from here on. */
    private long[] ends(StepInput input) {
        long[] ends = Objects.requireNonNull(input.ends().get(relation.id()));
        if (ends.length > partitions.size()) {
            shards = relation.shards().current();
            addNewShards();
        }
        return ends;
    }

    private void addNewShards() {
        for (int i = partitions.size(); i < shards.size(); i++) {
            PartitionScan added = scan(i);
            added.requireAll();
            if (isReleased) {
                added.release();
            }
            partitions.add(added);
        }
    }

    /** Hands out the rows of a step; if the receiver has enough before they end, this was the last step. */
    void read(StepInput input, BatchReceiver receiver) {
        long[] ends = ends(input);
        BatchCoalescer coalescer = new BatchCoalescer(scan.type(), receiver);
        for (int i = 0; i < ends.length; i++) {
            if (!partitions.get(i).readTo(ends[i], stop, coalescer)) {
                return;
            }
        }
        coalescer.flush();
    }

    /** Lets retention and compaction have the rows that were read. */
    void releaseRead() {
        partitions.forEach(PartitionScan::releaseRead);
    }

    /** Lets retention and compaction have all rows; the scan can still be read, as long as they are there. */
    void release() {
        isReleased = true;
        partitions.forEach(PartitionScan::release);
    }

    /** How many rows of the log a step would read. */
    long size(StepInput input) {
        long[] ends = ends(input);
        long size = 0;
        for (int i = 0; i < ends.length; i++) {
            size += ends[i] - partitions.get(i).position();
        }
        return size;
    }

    /**
     * The watermark after the last step: that of the shard that is furthest behind, so {@link Long#MIN_VALUE} while one
     * has no rows. A shard that was replaced and is read to its end counts no more: those that replaced it go on from its
     * event time.
     */
    long watermark() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < partitions.size(); i++) {
            PartitionScan partition = partitions.get(i);
            if (!shards.isHandedOn(i, partition.position())) {
                least = Math.min(least, partition.watermark());
            }
        }
        return least;
    }
}
