package io.thalweg.server.idle;

import io.thalweg.log.AppendRequest;
import io.thalweg.log.Durability;
import io.thalweg.log.PartitionId;
import io.thalweg.log.PartitionLog;
import io.thalweg.log.PayloadKind;
import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.time.Clock;
import io.thalweg.server.catalog.definition.StorageOption;
import io.thalweg.server.catalog.definition.WatermarkOption;
import io.thalweg.server.shard.ShardMap;
import io.thalweg.server.shard.Shards;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends a record without rows to each partition that was silent for as long as its stream says. The record carries an
 * event time, that of the partition which is furthest behind among those that are not silent, so the watermark goes on as
 * if such a row had come. Since it is in the log, every reader and every replay sees it at the same offset: what is late
 * stays a matter of the log alone. If all partitions are silent, those behind catch up with the first of them, and time stops
 * there. One thread.
 */
public final class IdlePartitions {
    /** What the record says to people who look at the log. */
    static final String RECORD = "idle";

    private static final Logger LOG = LoggerFactory.getLogger(IdlePartitions.class);
    /** So many records at most while a timeout passes. */
    private static final int RECORDS_PER_TIMEOUT = 10;
    /** A time further in the future than any time zone is a mistake, which other partitions must not be made to share. */
    private static final long MAX_AHEAD_MICROS = TimeUnit.DAYS.toMicros(1);

    private final Supplier<CatalogSnapshot> catalog;
    private final Function<CatalogObject, Shards> shards;
    private final Clock clock;
    private final Map<PartitionId, Silence> silences = new HashMap<>();

    /** @param shards the partitions of a stream; throws UNDEFINED_OBJECT if that was dropped */
    public IdlePartitions(Supplier<CatalogSnapshot> catalog, Function<CatalogObject, Shards> shards, Clock clock) {
        this.catalog = catalog;
        this.shards = shards;
        this.clock = clock;
    }

    /**
     * A partition since its last rows.
     *
     * @param end its end, records of ours included
     * @param sinceNanos when it was seen to have this end first, but for our records
     * @param recordNanos when the last of our records went in
     */
    private record Silence(long end, long sinceNanos, long recordNanos) {}

    /** Looks at all streams once; to be called again and again, more often than the shortest timeout. */
    public void tick() {
        Set<PartitionId> present = new HashSet<>();
        for (CatalogObject object : catalog.get().objects()) {
            if (object instanceof StreamDefinition stream && stream.watermark().isPresent()) {
                WatermarkOption.idleTimeoutMillis(stream.properties())
                        .ifPresent(millis -> tick(stream, TimeUnit.MILLISECONDS.toNanos(millis), present));
            }
        }
        silences.keySet().retainAll(present);
    }

    private void tick(StreamDefinition stream, long timeoutNanos, Set<PartitionId> present) {
        try {
            ShardMap map = shards.apply(stream).current();
            List<PartitionLog> idle = new ArrayList<>();
            long leastActive = Long.MAX_VALUE;
            long greatest = AppendRequest.NO_EVENT_TIME;
            for (int shard : map.openByKeys()) {
                PartitionLog log = map.log(shard);
                present.add(log.id());
                greatest = Math.max(greatest, log.runningMaxEventTime());
                if (isIdle(log, timeoutNanos)) {
                    idle.add(log);
                } else {
                    leastActive = Math.min(leastActive, log.runningMaxEventTime());
                }
            }
            long time = leastActive == Long.MAX_VALUE ? greatest : leastActive;
            long bounded = Math.min(time, clock.epochMicros() + MAX_AHEAD_MICROS);
            for (PartitionLog log : idle) {
                advance(stream, log, bounded, timeoutNanos);
            }
        } catch (ThalwegException | CompletionException failure) {
            // Dropped, split or stopped meanwhile, or the disk has failed: whoever inserts is told.
            LOG.debug("silent partitions of stream {} stay as they are", stream.name(), failure);
        }
    }

    private boolean isIdle(PartitionLog log, long timeoutNanos) {
        long now = clock.monotonicNanos();
        Silence silence = silences.get(log.id());
        if (silence == null || silence.end() != log.endOffset()) {
            silences.put(log.id(), new Silence(log.endOffset(), now, now - timeoutNanos));
            return false;
        }
        return now - silence.sinceNanos() >= timeoutNanos;
    }

    private void advance(StreamDefinition stream, PartitionLog log, long time, long timeoutNanos) {
        long now = clock.monotonicNanos();
        Silence silence = silences.get(log.id());
        if (silence == null
                || time <= log.runningMaxEventTime()
                || now - silence.recordNanos() < timeoutNanos / RECORDS_PER_TIMEOUT) {
            return;
        }
        Durability durability =
                StorageOption.DURABILITY.value(stream.properties()).equals("os") ? Durability.OS : Durability.SYNC;
        ByteBuffer payload = ByteBuffer.wrap(RECORD.getBytes(StandardCharsets.UTF_8));
        log.append(AppendRequest.of(PayloadKind.RECORD, payload, 1, time, time).with(durability))
                .join();
        // If rows came between, the end is another, and the partition is not silent any more.
        silences.put(log.id(), new Silence(silence.end() + 1, silence.sinceNanos(), now));
    }
}
