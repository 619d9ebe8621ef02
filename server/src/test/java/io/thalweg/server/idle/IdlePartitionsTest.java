package io.thalweg.server.idle;

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
import io.thalweg.model.catalog.WatermarkDefinition;
import io.thalweg.model.time.Clock;
import io.thalweg.model.time.SystemClock;
import io.thalweg.model.type.SqlType;
import io.thalweg.server.shard.Shards;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Silence is played second by second; a partition may be silent for ten. Event times are seconds, too. */
@Timeout(60)
class IdlePartitionsTest {
    private static final long NOW_SECONDS = 1_000_000;

    /** A clock that the test sets. */
    private static final class Seconds implements Clock {
        private long seconds = NOW_SECONDS;

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
    private final Shards shards = Shards.create(log, 1, "stream s", 3);
    private final IdlePartitions idle = idle(Map.of("watermark.idle.timeout", "10 s"));

    private IdlePartitions idle(Map<String, String> options) {
        StreamDefinition stream = new StreamDefinition(
                1,
                ObjectName.of("s"),
                new RowColumns(List.of(ColumnDefinition.stored("ts", SqlType.timestamp(6)))),
                Optional.of(new WatermarkDefinition(0, 0)),
                List.of(),
                3,
                new ObjectProperties(options, Optional.empty()));
        CatalogSnapshot catalog = new CatalogSnapshot(1, List.of(stream));
        return new IdlePartitions(() -> catalog, object -> shards, clock);
    }

    @AfterEach
    void close() {
        log.close();
    }

    private void row(int partition, long second) {
        long time = TimeUnit.SECONDS.toMicros(second);
        shards.current()
                .log(partition)
                .append(AppendRequest.of(PayloadKind.COLUMNAR_BLOCK, ByteBuffer.wrap(new byte[8]), 1, time, time))
                .join();
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            clock.seconds++;
            idle.tick();
        }
    }

    /** The event time of a partition in seconds; -1 if it has none. */
    private long time(int partition) {
        long micros = shards.current().log(partition).runningMaxEventTime();
        return micros == AppendRequest.NO_EVENT_TIME ? -1 : TimeUnit.MICROSECONDS.toSeconds(micros);
    }

    private List<Long> times() {
        return List.of(time(0), time(1), time(2));
    }

    @Test
    void silentPartitionsGoOnWithTheLastOfTheOthers() {
        idle.tick();
        for (int second = 0; second < 9; second++) {
            row(0, 100 + second);
            row(1, 200 + second);
            pass(1);
        }
        assertEquals(List.of(108L, 208L, -1L), times());
        row(0, 109);
        row(1, 209);
        pass(1);
        assertEquals(List.of(109L, 209L, 109L), times());
        row(0, 110);
        row(1, 210);
        pass(1);
        assertEquals(List.of(110L, 210L, 110L), times());
    }

    @Test
    void aPartitionThatWakesUpHoldsTimeBackAgain() {
        idle.tick();
        for (int second = 0; second < 12; second++) {
            row(0, 100 + second);
            row(1, 100 + second);
            pass(1);
        }
        assertEquals(111, time(2));
        row(2, 50);
        for (int second = 12; second < 20; second++) {
            row(0, 100 + second);
            row(1, 100 + second);
            pass(1);
        }
        assertEquals(List.of(119L, 119L, 111L), times());
    }

    @Test
    void ifAllAreSilentTheyCatchUpWithTheFirstAndTimeStops() {
        row(0, 100);
        row(1, 200);
        idle.tick();
        pass(9);
        assertEquals(List.of(100L, 200L, -1L), times());
        pass(1);
        assertEquals(List.of(200L, 200L, 200L), times());
        long end = shards.current().log(2).endOffset();
        pass(100);
        assertEquals(List.of(200L, 200L, 200L), times());
        assertEquals(end, shards.current().log(2).endOffset());
    }

    @Test
    void aTimeInTheFarFutureIsNotSpread() {
        row(0, NOW_SECONDS + TimeUnit.DAYS.toSeconds(3650));
        idle.tick();
        pass(10);
        assertEquals(clock.seconds + TimeUnit.DAYS.toSeconds(1), time(1));
    }

    @Test
    void nothingHappensWithoutTheOption() {
        IdlePartitions off = idle(Map.of());
        row(0, 100);
        for (int second = 0; second < 50; second++) {
            clock.seconds++;
            off.tick();
        }
        assertEquals(List.of(100L, -1L, -1L), times());
    }

    @Test
    void nothingIsWrittenWhileNobodyKnowsATime() {
        idle.tick();
        pass(50);
        assertEquals(0, shards.current().log(0).endOffset());
    }
}
