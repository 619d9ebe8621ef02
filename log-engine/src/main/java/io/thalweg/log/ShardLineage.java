package io.thalweg.log;

import io.thalweg.log.recovery.PartitionMetadata;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the partitions of a store follow from each other. A change first creates the children, which nobody sees yet, and
 * then closes the parents: it has happened once the first parent is closed. So after a crash children of open parents
 * are remains, and an open parent beside a closed one of the same child has still to be closed.
 */
final class ShardLineage {
    private final Collection<PartitionLog> partitions;

    ShardLineage(Collection<PartitionLog> partitions) {
        this.partitions = partitions;
    }

    /** The partitions of a stream, parents before their children. */
    List<Shard> shards(long streamId) {
        List<PartitionLog> ofStream = partitions.stream()
                .filter(partition -> partition.id().streamId() == streamId)
                .toList();
        Map<Integer, List<PartitionId>> children = new HashMap<>();
        for (PartitionLog child : ofStream) {
            for (int parent : child.metadata().parents()) {
                children.computeIfAbsent(parent, number -> new ArrayList<>()).add(child.id());
            }
        }
        List<Shard> shards = new ArrayList<>();
        for (PartitionLog partition : ofStream) {
            PartitionMetadata metadata = partition.metadata();
            List<PartitionId> parents = metadata.parents().stream()
                    .map(number -> new PartitionId(streamId, number))
                    .toList();
            List<PartitionId> ownChildren = children.getOrDefault(partition.id().partition(), List.of());
            shards.add(new Shard(partition.id(), metadata.hashRange(), !metadata.closed(), parents, ownChildren));
        }
        return shards;
    }

    /** Whether a partition took over from this one, which may be gone. */
    boolean hasChildren(PartitionId parent) {
        return partitions.stream()
                .anyMatch(child -> child.id().streamId() == parent.streamId()
                        && child.metadata().parents().contains(parent.partition()));
    }

    /** The number that the next new partition of a stream gets: one above all there are. */
    int nextNumber(long streamId) {
        return partitions.stream()
                .filter(partition -> partition.id().streamId() == streamId)
                .mapToInt(partition -> partition.id().partition() + 1)
                .max()
                .orElse(0);
    }

    /** The children that a change left behind which did not happen; they never had a row. */
    List<PartitionId> remains() {
        return partitions.stream()
                .filter(child -> {
                    List<PartitionLog> parents = parentsOf(child);
                    return !parents.isEmpty()
                            && child.endOffset() == 0
                            && child.isHealthy()
                            && parents.stream().allMatch(parent -> parent.isHealthy() && isOpen(parent));
                })
                .map(PartitionLog::id)
                .toList();
    }

    /** Closes the parents that a change did not come to. */
    void finishChanges() throws IOException {
        for (PartitionLog child : partitions) {
            List<PartitionLog> parents = parentsOf(child);
            if (parents.stream().anyMatch(parent -> !isOpen(parent))) {
                for (PartitionLog parent : parents) {
                    if (isOpen(parent) && parent.isHealthy()) {
                        parent.closeShard();
                    }
                }
            }
        }
    }

    private List<PartitionLog> parentsOf(PartitionLog child) {
        return child.metadata().parents().stream()
                .map(number -> find(new PartitionId(child.id().streamId(), number)))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<PartitionLog> find(PartitionId id) {
        return partitions.stream()
                .filter(partition -> partition.id().equals(id))
                .findFirst();
    }

    private static boolean isOpen(PartitionLog partition) {
        return !partition.metadata().closed();
    }
}
