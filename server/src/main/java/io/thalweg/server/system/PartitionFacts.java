package io.thalweg.server.system;

import io.thalweg.log.AppendRequest;
import io.thalweg.log.LogStore;
import io.thalweg.log.PartitionId;
import io.thalweg.log.PartitionLog;
import io.thalweg.log.Shard;
import io.thalweg.log.recovery.HashRange;
import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.catalog.WatermarkDefinition;
import io.thalweg.server.shard.ShardMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the log knows of one partition of a stream or a table.
 *
 * @param open whether it takes rows; one that was split or merged is only read
 * @param keys the keys that it takes, or took
 * @param parents the numbers of the partitions that it replaced
 * @param children the numbers of the partitions that replaced it
 * @param maxEventTime null if no row has one
 * @param watermark null if the object has none, or no row has come yet
 * @param problem why it takes no rows; null if it does, or is not open
 */
public record PartitionFacts(
        int partition,
        boolean open,
        HashRange keys,
        List<Integer> parents,
        List<Integer> children,
        PartitionRows rows,
        @Nullable Long watermark,
        @Nullable String problem) {
    /**
     * The rows that a partition keeps.
     *
     * @param maxEventTime the greatest one, or that of the partitions it goes on from; null if there is none
     */
    public record PartitionRows(
            long startOffset, long endOffset, @Nullable Long maxEventTime) {
        long count() {
            return endOffset - startOffset;
        }
    }

    /** The partitions of an object, parents before their children; none if it has no storage of its own. */
    public static List<PartitionFacts> of(CatalogObject object, LogStore log) {
        Optional<WatermarkDefinition> watermark = Optional.empty();
        int count = 0;
        if (object instanceof StreamDefinition stream) {
            count = stream.partitionCount();
            watermark = stream.watermark();
        } else if (object instanceof TableDefinition table) {
            count = table.partitionCount();
        } else {
            return List.of();
        }
        List<PartitionFacts> facts = new ArrayList<>();
        for (Shard shard : log.shards(object.id())) {
            Optional<PartitionLog> present = log.partition(shard.id());
            if (present.isPresent()) {
                facts.add(of(shard, ShardMap.range(shard, count), present.get(), watermark));
            }
        }
        return facts;
    }

    private static PartitionFacts of(
            Shard shard, HashRange keys, PartitionLog log, Optional<WatermarkDefinition> watermark) {
        long max = log.runningMaxEventTime();
        Long known = max == AppendRequest.NO_EVENT_TIME ? null : (Long) max;
        Long reached = known == null || watermark.isEmpty()
                ? null
                : (Long) (known - watermark.get().delayMicros());
        boolean open = ShardMap.isOpen(shard);
        return new PartitionFacts(
                shard.id().partition(),
                open,
                keys,
                shard.parents().stream().map(PartitionId::partition).toList(),
                shard.children().stream().map(PartitionId::partition).toList(),
                new PartitionRows(log.startOffset(), log.endOffset(), known),
                reached,
                open ? log.unavailability().orElse(null) : null);
    }

    /** How many take rows. */
    public static int openCount(List<PartitionFacts> partitions) {
        return (int) partitions.stream().filter(PartitionFacts::open).count();
    }

    /** The watermark of the whole: the least of all open partitions; null while one of them has none. */
    public static @Nullable Long watermark(List<PartitionFacts> partitions) {
        Long least = null;
        for (PartitionFacts partition : partitions) {
            if (!partition.open) {
                continue;
            }
            Long own = partition.watermark;
            if (own == null) {
                return null;
            }
            least = least == null ? own : (Long) Math.min(least, own);
        }
        return least;
    }
}
