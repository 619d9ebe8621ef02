package io.thalweg.log;

import static io.thalweg.log.LogTester.ID;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thalweg.log.file.MemoryFileSystem;
import io.thalweg.log.simulation.SteppingClock;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Finding rows by their times. */
class TimeSearchTest {
    private static final Path DIRECTORY = Path.of("/data");

    private record Row(long offset, long eventTime, long appendedAt) {}

    private final MemoryFileSystem files = new MemoryFileSystem();
    private final SteppingClock clock = new SteppingClock();

    private LogStore open(long segmentBytes) {
        LogConfig config = LogConfig.defaults().withSegmentBytes(segmentBytes).withReserveBytes(0);
        return LogStore.openWithoutThreads(files, DIRECTORY, config, clock);
    }

    @Test
    void findsTheFirstRowAtOrAfterATimeWithAndWithoutIndexes() {
        Random random = new Random(11);
        for (int start = 0; start < 4; start++) {
            try (LogStore store = open(300_000)) {
                PartitionLog log = store.partition(ID).orElseGet(() -> store.create(ID));
                for (int i = 0; i < 300; i++) {
                    long time = random.nextInt(8) == 0 ? AppendRequest.NO_EVENT_TIME : random.nextInt(1 + 10 * i);
                    ByteBuffer payload = ByteBuffer.allocate(random.nextInt(8_000));
                    clock.advance(random.nextInt(100));
                    log.append(AppendRequest.of(PayloadKind.RECORD, payload, 1 + random.nextInt(3), time, time));
                    store.commitPending();
                }
                check(log, random);
            }
        }
        try (LogStore store = open(300_000)) {
            PartitionLog log = store.partition(ID).orElseThrow();
            check(log, random);
            log.trimTo(log.endOffset() / 2);
            check(log, random);
            log.trimTo(log.endOffset());
            assertEquals(OptionalLong.empty(), log.offsetForTime(TimeKind.APPEND, 0));
        }
    }

    private static void check(PartitionLog log, Random random) {
        List<Row> rows = new ArrayList<>();
        try (LogCursor cursor = log.read(log.startOffset(), Long.MAX_VALUE)) {
            while (cursor.next()) {
                long offset = Math.max(cursor.baseOffset(), log.startOffset());
                rows.add(new Row(offset, cursor.maxEventTime(), cursor.appendedAtMicros()));
            }
        }
        for (int i = 0; i < 200; i++) {
            Row row = rows.get(random.nextInt(rows.size()));
            long eventTime = Math.max(0, row.eventTime()) + random.nextInt(3) - 1;
            long appendTime = row.appendedAt() + random.nextInt(3) - 1;
            assertEquals(
                    rows.stream()
                            .filter(one -> one.eventTime() >= eventTime)
                            .mapToLong(Row::offset)
                            .findFirst(),
                    log.offsetForTime(TimeKind.EVENT, eventTime));
            assertEquals(
                    rows.stream()
                            .filter(one -> one.appendedAt() >= appendTime)
                            .mapToLong(Row::offset)
                            .findFirst(),
                    log.offsetForTime(TimeKind.APPEND, appendTime));
        }
    }
}
