package io.thalweg.server.query;

import io.thalweg.model.plan.ScanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Reads one scan of the log step by step, over all partitions. One thread. */
final class ScanInput {
    private final StoredRelation relation;
    private final StopCheck stop;
    private final List<PartitionScan> partitions = new ArrayList<>();
    private final ScanNode scan;

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
        for (int i = 0; i < relation.partitions().size(); i++) {
            partitions.add(new PartitionScan(relation, i, scan, conditions.of(relation, scan), reader));
        }
    }

    /** Hands out the rows of a step; if the receiver has enough before they end, this was the last step. */
    void read(StepInput input, BatchReceiver receiver) {
        long[] ends = Objects.requireNonNull(input.ends().get(relation.id()));
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
        partitions.forEach(PartitionScan::release);
    }

    /** How many rows of the log a step would read. */
    long size(StepInput input) {
        long[] ends = Objects.requireNonNull(input.ends().get(relation.id()));
        long size = 0;
        for (int i = 0; i < ends.length; i++) {
            size += ends[i] - partitions.get(i).position();
        }
        return size;
    }

    /**
     * The watermark after the last step: that of the partition that is furthest behind, so {@link Long#MIN_VALUE} while a
     * partition has no rows.
     */
    long watermark() {
        long least = Long.MAX_VALUE;
        for (PartitionScan partition : partitions) {
            least = Math.min(least, partition.watermark());
        }
        return least;
    }
}
