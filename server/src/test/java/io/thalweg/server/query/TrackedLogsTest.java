package io.thalweg.server.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.AppendRequest;
import io.thalweg.log.LogConfig;
import io.thalweg.log.LogStore;
import io.thalweg.log.PayloadKind;
import io.thalweg.log.file.MemoryFileSystem;
import io.thalweg.model.catalog.ColumnDefinition;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.catalog.ObjectProperties;
import io.thalweg.model.catalog.RowColumns;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.time.SystemClock;
import io.thalweg.model.type.SqlType;
import io.thalweg.server.shard.Shards;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Steps follow the lineage of partitions and end between commits, however small they are. */
@Timeout(60)
class TrackedLogsTest {
    private final LogStore log =
            LogStore.open(new MemoryFileSystem(), Path.of("memory"), LogConfig.defaults(), new SystemClock());
    private final Shards shards = Shards.create(log, 1, "stream s", 1);
    private final AtomicInteger calls = new AtomicInteger();
    private final StreamDefinition stream = new StreamDefinition(
            1,
            ObjectName.of("s"),
            new RowColumns(List.of(ColumnDefinition.stored("a", SqlType.INTEGER))),
            Optional.empty(),
            List.of(0),
            1,
            ObjectProperties.NONE);
    private final TrackedLogs tracked =
            new TrackedLogs(id -> StoredRelation.of(stream, shards), calls::incrementAndGet, 4);

    @AfterEach
    void close() {
        log.close();
    }

    private void append(int shard, int rows) {
        shards.current()
                .log(shard)
                .append(AppendRequest.of(PayloadKind.COLUMNAR_BLOCK, ByteBuffer.allocate(1), rows))
                .join();
    }

    /** Listeners are called after an append is acknowledged, and before the next one is. */
    private void appendAndSettle(int shard) {
        append(shard, 1);
        append(shard, 1);
    }

    private String positions() {
        return Arrays.toString(tracked.positions().get(1L));
    }

    private String steps() {
        StringBuilder steps = new StringBuilder(positions());
        while (tracked.advance()) {
            steps.append(' ').append(positions());
        }
        return steps.toString();
    }

    @Test
    void takesNothingOfAChildBeforeTheEndOfItsParents() {
        tracked.track(Set.of(1L));
        append(0, 6);
        shards.split(0, Optional.empty());
        append(2, 3);
        append(1, 5);
        shards.merge(1, 2);
        appendAndSettle(3);
        assertEquals("[0] [6, 0, 0, 0] [6, 0, 3, 0] [6, 5, 3, 0] [6, 5, 3, 2]", steps());
    }

    @Test
    void coversNoEndOfAPartitionItHasNotSeen() {
        tracked.track(Set.of(1L));
        Map<Long, long[]> before = tracked.ends();
        shards.split(0, Optional.empty());
        append(2, 1);
        Map<Long, long[]> after = tracked.ends();
        assertTrue(tracked.covers(before));
        assertFalse(tracked.covers(after));
        assertEquals("[0] [0, 0, 1]", steps());
        assertTrue(tracked.covers(after));
    }

    @Test
    void isWokenByPartitionsThatComeLaterUntilItLetsGo() {
        tracked.track(Set.of(1L));
        shards.split(0, Optional.empty());
        int atSplit = calls.get();
        assertTrue(atSplit > 0);
        appendAndSettle(1);
        assertTrue(calls.get() > atSplit);
        tracked.keepOnly(Set.of());
        appendAndSettle(2);
        int atEnd = calls.get();
        shards.merge(1, 2);
        appendAndSettle(3);
        assertEquals(atEnd, calls.get());
    }
}
