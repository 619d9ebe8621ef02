package io.thalweg.server.scaling;

import io.thalweg.log.PartitionId;
import io.thalweg.log.PartitionLog;
import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.time.Clock;
import io.thalweg.server.config.ByteSize;
import io.thalweg.server.metrics.MetricsRegistry;
import io.thalweg.server.shard.ShardMap;
import io.thalweg.server.shard.Shards;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Splits the hot partitions of streams that ask for it, and merges the cold ones. It changes one partition of a stream at
 * a time, and only by rates that were measured over the whole window: a partition that is new is left alone for so long.
 * Since two are merged only while together they take at most half of what splits one, and none while another is hot (which
 * may be by a single key, that no split helps), a steady load leads to a steady number of partitions. One thread.
 */
public final class PartitionScaler {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionScaler.class);

    private final Supplier<CatalogSnapshot> catalog;
    private final Function<CatalogObject, Shards> shards;
    private final Clock clock;
    private final LongAdder splits;
    private final LongAdder merges;
    private final Map<PartitionId, RateWindow> windows = new HashMap<>();
    /** Streams whose partitions could not be changed, and when that is tried again. */
    private final Map<Long, Long> resting = new HashMap<>();

    /** @param shards the partitions of a stream; throws UNDEFINED_OBJECT if that was dropped */
    public PartitionScaler(
            Supplier<CatalogSnapshot> catalog,
            Function<CatalogObject, Shards> shards,
            Clock clock,
            MetricsRegistry metrics) {
        this.catalog = catalog;
        this.shards = shards;
        this.clock = clock;
        this.splits = metrics.counter("partitions.split", "Partitions that were split because they took too much.");
        this.merges = metrics.counter("partitions.merged", "Pairs of partitions that were merged because they idled.");
    }

    /** An open partition and what it takes. */
    private record Load(int number, OptionalLong rate) {
        boolean isAbove(long limit) {
            return rate.isPresent() && rate.getAsLong() > limit;
        }
    }

    /** Two neighbours and what they take together. */
    private record Pair(int first, int second, long rate) {}

    /** Looks at all streams once; to be called again and again, more often than the shortest window. */
    public void tick() {
        Set<PartitionId> present = new HashSet<>();
        Set<Long> streams = new HashSet<>();
        for (CatalogObject object : catalog.get().objects()) {
            streams.add(object.id());
            if (object instanceof StreamDefinition stream) {
                ScalingPolicy.of(stream.properties())
                        .filter(policy -> !isResting(stream))
                        .ifPresent(policy -> tick(stream, policy, present));
            }
        }
        windows.keySet().retainAll(present);
        resting.keySet().retainAll(streams);
    }

    private boolean isResting(StreamDefinition stream) {
        Long until = resting.get(stream.id());
        if (until == null || clock.monotonicNanos() < until) {
            return until != null;
        }
        resting.remove(stream.id());
        return false;
    }

    private void tick(StreamDefinition stream, ScalingPolicy policy, Set<PartitionId> present) {
        try {
            Shards partitions = shards.apply(stream);
            List<Load> loads = measure(partitions.current(), policy, present);
            Optional<Load> hottest = loads.stream()
                    .filter(load -> load.isAbove(policy.splitRate()))
                    .max(Comparator.comparingLong(load -> load.rate().getAsLong()));
            if (loads.size() < policy.min()) {
                split(stream, partitions, partitions.widest(), "there are to be " + policy.min());
            } else if (hottest.isPresent()) {
                if (loads.size() < policy.max()) {
                    String reason = "it takes " + text(hottest.get().rate().getAsLong());
                    split(stream, partitions, hottest.get().number(), reason);
                }
            } else if (loads.size() > policy.min()) {
                coldest(loads)
                        .filter(pair -> pair.rate() < policy.mergeRate())
                        .ifPresent(pair -> merge(stream, partitions, pair));
            }
        } catch (ThalwegException failure) {
            // Dropped or changed by a statement meanwhile, damaged, or the disk is full: whoever inserts is told.
            if (failure.code() != ErrorCode.UNDEFINED_OBJECT && failure.code() != ErrorCode.SERVER_SHUTTING_DOWN) {
                LOG.warn("the partitions of stream {} stay as they are: {}", stream.name(), failure.message());
            }
            resting.put(stream.id(), clock.monotonicNanos() + policy.windowNanos());
        }
    }

    /** The open partitions in the order of their keys. */
    private List<Load> measure(ShardMap map, ScalingPolicy policy, Set<PartitionId> present) {
        List<Load> loads = new ArrayList<>();
        for (int shard : map.openByKeys()) {
            PartitionLog log = map.log(shard);
            present.add(log.id());
            OptionalLong rate = windows.computeIfAbsent(log.id(), id -> new RateWindow())
                    .read(clock.monotonicNanos(), log.appendedBytes(), policy.windowNanos());
            loads.add(new Load(log.id().partition(), rate));
        }
        return loads;
    }

    /** The neighbours that take the least; nothing until all are measured, since one that is new may be hot. */
    private static Optional<Pair> coldest(List<Load> loads) {
        List<Pair> pairs = new ArrayList<>();
        if (loads.stream().allMatch(load -> load.rate().isPresent())) {
            for (int i = 0; i + 1 < loads.size(); i++) {
                Load one = loads.get(i);
                Load other = loads.get(i + 1);
                long rate = one.rate().getAsLong() + other.rate().getAsLong();
                pairs.add(new Pair(one.number(), other.number(), rate));
            }
        }
        return pairs.stream().min(Comparator.comparingLong(Pair::rate));
    }

    private void split(StreamDefinition stream, Shards partitions, int number, String reason) {
        List<Integer> halves = partitions.split(number, Optional.empty());
        splits.increment();
        LOG.info(
                "stream {}: partition {} was split into {} and {}, since {}",
                stream.name(),
                number,
                halves.get(0),
                halves.get(1),
                reason);
    }

    private void merge(StreamDefinition stream, Shards partitions, Pair pair) {
        int merged = partitions.merge(pair.first(), pair.second());
        merges.increment();
        LOG.info(
                "stream {}: partitions {} and {} were merged into {}, since they take {} together",
                stream.name(),
                pair.first(),
                pair.second(),
                merged,
                text(pair.rate()));
    }

    private static String text(long bytesPerSecond) {
        return ByteSize.format(bytesPerSecond) + " a second";
    }
}
