package io.thalweg.log;

import io.thalweg.log.recovery.HashRange;
import java.util.List;

/**
 * A partition in the lineage of its stream. A reader that needs the rows of a key in order reads the parents to their
 * end first.
 *
 * @param open whether it takes appends; a partition closed by a split or a merge stays readable
 * @param parents the partitions that it took over from, even if they were dropped since
 * @param children the partitions that took over from it, and were not dropped since
 */
public record Shard(
        PartitionId id, HashRange range, boolean open, List<PartitionId> parents, List<PartitionId> children) {
    public Shard {
        parents = List.copyOf(parents);
        children = List.copyOf(children);
    }
}
