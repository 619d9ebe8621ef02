package io.thalweg.server.system;

import io.thalweg.log.AppendRequest;
import io.thalweg.log.LogStore;
import io.thalweg.log.PartitionId;
import io.thalweg.log.PartitionLog;
import io.thalweg.log.PartitionSize;
import io.thalweg.log.recovery.Damage;
import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.catalog.WatermarkDefinition;
import io.thalweg.server.catalog.definition.DefinitionChecker;
import io.thalweg.server.catalog.definition.StorageOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the log knows of one partition of a stream or a table.
 *
 * @param stableOffset below it no transaction is open; null if no transaction was met since the start
 */
public record PartitionFacts(
        int partition,
        long startOffset,
        long endOffset,
        @Nullable Long stableOffset,
        PartitionSize size,
        EventTimes times,
        Condition condition) {
    /**
     * The times of its rows.
     *
     * @param max null if no row has one
     * @param watermark null if the object has none, or no row has come yet
     */
    public record EventTimes(@Nullable Long max, @Nullable Long watermark) {}

    /**
     * How the partition is.
     *
     * @param durability that of the next insert
     * @param damagedFrom the offset from which on rows are refused; null if no damage is known
     * @param heldBy who keeps retention from removing rows that are due; null if nobody does
     * @param problem why it takes no rows; null if it does
     */
    public record Condition(
            String durability,
            @Nullable Long damagedFrom,
            @Nullable String heldBy,
            @Nullable String problem) {}

    /** How many offsets there are; in the log of a table some of them have no row any more. */
    public long rows() {
        return endOffset - startOffset;
    }

    /** The partitions of an object; none if it has no storage of its own. */
    public static List<PartitionFacts> of(CatalogObject object, LogStore log) {
        int count = 0;
        if (object instanceof StreamDefinition stream) {
            count = stream.partitionCount();
        } else if (object instanceof TableDefinition table) {
            count = table.partitionCount();
        }
        List<PartitionFacts> facts = new ArrayList<>();
        for (int partition = 0; partition < count; partition++) {
            Optional<PartitionLog> present = log.partition(new PartitionId(object.id(), partition));
            if (present.isPresent()) {
                facts.add(of(object, partition, present.get()));
            }
        }
        return facts;
    }

    private static PartitionFacts of(CatalogObject object, int partition, PartitionLog log) {
        OptionalLong stable = log.knownLastStableOffset();
        return new PartitionFacts(
                partition,
                log.startOffset(),
                log.endOffset(),
                stable.isPresent() ? (Long) stable.getAsLong() : null,
                log.size(),
                times(object, log),
                condition(object, log));
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

    private static Condition condition(CatalogObject object, PartitionLog log) {
        List<String> holders = log.heldBy();
        return new Condition(
                StorageOption.DURABILITY.value(DefinitionChecker.properties(object)),
                log.firstDamage().map(Damage::offset).orElse(null),
                holders.isEmpty() ? null : String.join(", ", holders),
                log.unavailability().orElse(null));
    }

    /** The watermark of the whole: the least of all partitions; null while one of them has none. */
    public static @Nullable Long watermark(List<PartitionFacts> partitions) {
        Long least = null;
        for (PartitionFacts partition : partitions) {
            Long own = partition.times.watermark;
            if (own == null) {
                return null;
            }
            least = least == null ? own : (Long) Math.min(least, own);
        }
        return least;
    }
}
