package io.thalweg.server.system;

import io.thalweg.log.AppendRequest;
import io.thalweg.log.LogStore;
import io.thalweg.log.PartitionId;
import io.thalweg.log.PartitionLog;
import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.catalog.WatermarkDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the log knows of one partition of a stream or a table.
 *
 * @param maxEventTime null if no row has one
 * @param watermark null if the object has none, or no row has come yet
 * @param problem why it takes no rows; null if it does
 */
public record PartitionFacts(
        int partition,
        long startOffset,
        long endOffset,
        @Nullable Long maxEventTime,
        @Nullable Long watermark,
        @Nullable String problem) {
    public long rows() {
        return endOffset - startOffset;
    }

    /** The partitions of an object; none if it has no storage of its own. */
    public static List<PartitionFacts> of(CatalogObject object, LogStore log) {
        Optional<WatermarkDefinition> watermark = Optional.empty();
        int count = 0;
        if (object instanceof StreamDefinition stream) {
            count = stream.partitionCount();
            watermark = stream.watermark();
        } else if (object instanceof TableDefinition table) {
            count = table.partitionCount();
        }
        List<PartitionFacts> facts = new ArrayList<>();
        for (int partition = 0; partition < count; partition++) {
            Optional<PartitionLog> present = log.partition(new PartitionId(object.id(), partition));
            if (present.isPresent()) {
                facts.add(of(partition, present.get(), watermark));
            }
        }
        return facts;
    }

    private static PartitionFacts of(int partition, PartitionLog log, Optional<WatermarkDefinition> watermark) {
        long max = log.runningMaxEventTime();
        Long known = max == AppendRequest.NO_EVENT_TIME ? null : (Long) max;
        Long reached = known == null || watermark.isEmpty()
                ? null
                : (Long) (known - watermark.get().delayMicros());
        return new PartitionFacts(
                partition,
                log.startOffset(),
                log.endOffset(),
                known,
                reached,
                log.unavailability().orElse(null));
    }

    /** The watermark of the whole: the least of all partitions; null while one of them has none. */
    public static @Nullable Long watermark(List<PartitionFacts> partitions) {
        Long least = null;
        for (PartitionFacts partition : partitions) {
            Long own = partition.watermark;
            if (own == null) {
                return null;
            }
            least = least == null ? own : (Long) Math.min(least, own);
        }
        return least;
    }
}
