package io.thalweg.server.system;

import io.thalweg.log.AppendRequest;
import io.thalweg.log.LogStore;
import io.thalweg.log.PartitionId;
import io.thalweg.log.PartitionLog;
import io.thalweg.log.PartitionSize;
import io.thalweg.log.Shard;
import io.thalweg.log.recovery.Damage;
import io.thalweg.log.recovery.HashRange;
import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.catalog.WatermarkDefinition;
import io.thalweg.server.catalog.definition.DefinitionChecker;
import io.thalweg.server.catalog.definition.StorageOption;
import io.thalweg.server.shard.ShardMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What the log knows of one partition of a stream or a table. */
public record PartitionFacts(
        int partition, Lineage lineage, Offsets offsets, PartitionSize size, EventTimes times, Condition condition) {
    /**
     * Which keys it takes, and how it came about.
     *
     * @param open whether it takes rows; one that was split or merged is only read
     * @param keys the keys that it takes, or took
     * @param parents the numbers of the partitions that it replaced
     * @param children the numbers of the partitions that replaced it
     */
    public record Lineage(boolean open, HashRange keys, List<Integer> parents, List<Integer> children) {}

    /**
     * The rows that it keeps.
     *
     * @param stable below it no transaction is open; null if no transaction was met since the start
     */
    public record Offsets(long start, long end, @Nullable Long stable) {
        /** How many offsets there are; in the log of a table some of them have no row any more. */
        public long rows() {
            return end - start;
        }
    }

    /**
     * The times of its rows.
     *
     * @param max the greatest one, or that of the partitions it goes on from; null if there is none
     * @param watermark null if the object has none, or no row has come yet
     */
    public record EventTimes(@Nullable Long max, @Nullable Long watermark) {}

    /**
     * How the partition is.
     *
     * @param durability that of the next insert
     * @param damagedFrom the offset from which on rows are refused; null if no damage is known
     * @param heldBy who keeps retention from removing rows that are due; null if nobody does
     * @param problem why it takes no rows; null if it does, or is not open
     */
    public record Condition(
            String durability,
            @Nullable Long damagedFrom,
            @Nullable String heldBy,
            @Nullable String problem) {}

    /** The partitions of an object, parents before their children; none if it has no storage of its own. */
    public static List<PartitionFacts> of(CatalogObject object, LogStore log) {
        int count = 0;
        if (object instanceof StreamDefinition stream) {
            count = stream.partitionCount();
        } else if (object instanceof TableDefinition table) {
            count = table.partitionCount();
        } else {
            return List.of();
        }
        List<PartitionFacts> facts = new ArrayList<>();
        for (Shard shard : log.shards(object.id())) {
            Optional<PartitionLog> present = log.partition(shard.id());
            if (present.isPresent()) {
                facts.add(of(object, shard, ShardMap.range(shard, count), present.get()));
            }
        }
        return facts;
    }

    private static PartitionFacts of(CatalogObject object, Shard shard, HashRange keys, PartitionLog log) {
        OptionalLong stable = log.transactions().knownLastStableOffset();
        boolean open = ShardMap.isOpen(shard);
        Lineage lineage = new Lineage(
                open,
                keys,
                shard.parents().stream().map(PartitionId::partition).toList(),
                shard.children().stream().map(PartitionId::partition).toList());
        Offsets offsets =
                new Offsets(log.startOffset(), log.endOffset(), stable.isPresent() ? (Long) stable.getAsLong() : null);
        return new PartitionFacts(
                shard.id().partition(), lineage, offsets, log.size(), times(object, log), condition(object, open, log));
    }

    private static EventTimes times(CatalogObject object, PartitionLog log) {
        Optional<WatermarkDefinition> watermark =
                object instanceof StreamDefinition stream ? stream.watermark() : Optional.empty();
        long max = log.runningMaxEventTime();
        if (max == AppendRequest.NO_EVENT_TIME) {
            return new EventTimes(null, null);
        }
        return new EventTimes(
                max,
                watermark
                        .map(definition -> (Long) (max - definition.delayMicros()))
                        .orElse(null));
    }

    private static Condition condition(CatalogObject object, boolean open, PartitionLog log) {
        List<String> holders = log.heldBy();
        return new Condition(
                StorageOption.DURABILITY.value(DefinitionChecker.properties(object)),
                log.firstDamage().map(Damage::offset).orElse(null),
                holders.isEmpty() ? null : String.join(", ", holders),
                open ? log.unavailability().orElse(null) : null);
    }

    /** Whether it takes rows. */
    public boolean open() {
        return lineage.open();
    }

    /** How many take rows. */
    public static int openCount(List<PartitionFacts> partitions) {
        return (int) partitions.stream().filter(PartitionFacts::open).count();
    }

    /** The watermark of the whole: the least of all open partitions; null while one of them has none. */
    public static @Nullable Long watermark(List<PartitionFacts> partitions) {
        Long least = null;
        for (PartitionFacts partition : partitions) {
            if (!partition.open()) {
                continue;
            }
            Long own = partition.times.watermark;
            if (own == null) {
                return null;
            }
            least = least == null ? own : (Long) Math.min(least, own);
        }
        return least;
    }
}
