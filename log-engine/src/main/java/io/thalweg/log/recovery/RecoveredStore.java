package io.thalweg.log.recovery;

import io.thalweg.log.frame.FrameOwner;
import io.thalweg.log.segment.LogPoint;
import java.util.List;
import java.util.Map;

/**
 * A data directory after recovery.
 *
 * @param inheritedPoints durable points of damaged partitions, to be kept as the proof of the damage
 * @param dropped directories to remove once the durable points no longer name them
 */
public record RecoveredStore(
        List<RecoveredPartition> partitions,
        Map<FrameOwner, LogPoint> inheritedPoints,
        List<PartitionDirectory> dropped) {
    public RecoveredStore {
        partitions = List.copyOf(partitions);
        inheritedPoints = Map.copyOf(inheritedPoints);
        dropped = List.copyOf(dropped);
    }
}
