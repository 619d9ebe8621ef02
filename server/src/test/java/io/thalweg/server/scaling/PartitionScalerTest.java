package io.thalweg.server.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thalweg.log.AppendRequest;
import io.thalweg.log.LogConfig;
import io.thalweg.log.LogStore;
import io.thalweg.log.PayloadKind;
import io.thalweg.log.file.MemoryFileSystem;
import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.ColumnDefinition;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.catalog.ObjectProperties;
import io.thalweg.model.catalog.RowColumns;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.time.Clock;
import io.thalweg.model.time.SystemClock;
import io.thalweg.model.type.SqlType;
import io.thalweg.server.metrics.MetricsRegistry;
import io.thalweg.server.shard.ShardMap;
import io.thalweg.server.shard.Shards;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Partitions follow a load that is played second by second: 100 KiB a second are too much for one, 20 KiB too little. */
@Timeout(60)
class PartitionScalerTest {
    private static final int KIB = 1_024;
    private static final int WINDOW = 10;

    /** A clock that the test sets. */
    private static final class Seconds implements Clock {
        private long seconds;

        @Override
        public long epochMicros() {
            return TimeUnit.SECONDS.toMicros(seconds);
        }

        @Override
        public long monotonicNanos() {
            return TimeUnit.SECONDS.toNanos(seconds);
        }
    }

    private final Seconds clock = new Seconds();
    private final LogStore log =
            LogStore.open(new MemoryFileSystem(), Path.of("memory"), LogConfig.defaults(), new SystemClock());
    private final Shards shards = Shards.create(log, 1, "stream s", 1);
    private PartitionScaler scaler = scaler(Map.of("partitions.auto", "true"));

    private PartitionScaler scaler(Map<String, String> more) {
        Map<String, String> options = new TreeMap<>(Map.of(
                "partitions.max",
                "4",
                "partitions.split.bytes.per.second",
                "100 KiB",
                "partitions.merge.bytes.per.second",
                "20 KiB",
                "partitions.window",
                WINDOW + " s"));
        options.putAll(more);
        StreamDefinition stream = new StreamDefinition(
                1,
                ObjectName.of("s"),
                new RowColumns(List.of(ColumnDefinition.stored("k", SqlType.BIGINT))),
                Optional.empty(),
                List.of(0),
                1,
                new ObjectProperties(options, Optional.empty()));
        return new PartitionScaler(
                () -> new CatalogSnapshot(1, List.of(stream)), object -> shards, clock, new MetricsRegistry());
    }

    @AfterEach
    void close() {
        log.close();
    }

    /** The numbers of the open partitions in the order of their keys. */
    private String open() {
        ShardMap map = shards.current();
        return map.openByKeys().stream()
                .map(shard -> "" + map.log(shard).id().partition())
                .collect(Collectors.joining(" "));
    }

    /** Lets seconds pass in which keys bring so many KiB each, evenly over all hashes or all to the lowest. */
    private void play(int seconds, int kibPerSecond, boolean even) {
        for (int second = 0; second < seconds; second++) {
            ShardMap map = shards.current();
            List<Integer> takers = even ? map.openByKeys() : map.openByKeys().subList(0, 1);
            for (int shard : takers) {
                int bytes = kibPerSecond * KIB / takers.size();
                if (bytes > 0) {
                    map.log(shard).append(AppendRequest.of(PayloadKind.COLUMNAR_BLOCK, ByteBuffer.allocate(bytes), 1));
                }
            }
            clock.seconds++;
            scaler.tick();
        }
    }

    @Test
    void splitsWhatIsHotForAWholeWindow() {
        scaler.tick();
        play(WINDOW - 1, 150, true);
        assertEquals("0", open());
        play(2, 150, true);
        assertEquals("1 2", open());
        play(60, 150, true);
        assertEquals("1 2", open(), "75 KiB a second each are neither too much nor too little");
    }

    @Test
    void splitsTheHotHalfOnlyAndNotBeyondTheMaximum() {
        scaler.tick();
        play(WINDOW + 2, 300, false);
        assertEquals("1 2", open());
        play(WINDOW + 2, 300, false);
        assertEquals("3 4 2", open());
        play(10 * WINDOW, 300, false);
        assertEquals(4, shards.current().openCount(), open());
        assertEquals("2", open().substring(open().length() - 1));
    }

    @Test
    void mergesColdNeighboursAndDoesNotFlap() {
        scaler.tick();
        play(6 * WINDOW, 500, true);
        assertEquals(4, shards.current().openCount());
        play(4 * WINDOW, 60, true);
        assertEquals(4, shards.current().openCount(), "30 KiB a pair are too much to merge");
        play(4 * WINDOW, 24, true);
        int merged = shards.current().openCount();
        int partitions = shards.current().size();
        assertEquals(2, merged, open());
        play(20 * WINDOW, 24, true);
        assertEquals(partitions, shards.current().size(), "a steady load changes nothing: " + open());
        play(4 * WINDOW, 0, true);
        assertEquals(1, shards.current().openCount(), open());
    }

    @Test
    void keepsTheMinimum() {
        scaler = scaler(Map.of("partitions.auto", "true", "partitions.min", "3"));
        play(2, 0, true);
        assertEquals(3, shards.current().openCount(), open());
        play(20 * WINDOW, 0, true);
        assertEquals(3, shards.current().openCount(), open());
    }

    @Test
    void leavesStreamsAloneThatDoNotAsk() {
        scaler = scaler(Map.of());
        play(3 * WINDOW, 500, true);
        assertEquals("0", open());
    }
}
