package io.thalweg.log.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.AppendRequest;
import io.thalweg.log.LogConfig;
import io.thalweg.log.LogStore;
import io.thalweg.log.PartitionId;
import io.thalweg.log.PartitionLog;
import io.thalweg.log.PayloadKind;
import io.thalweg.log.file.MemoryFileSystem;
import io.thalweg.log.simulation.SteppingClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an operator sees of a segment. */
class LogDumpTest {
    private static final Path DIRECTORY = Path.of("/data");

    @Test
    void printsOneLineForEachFrame() throws IOException {
        MemoryFileSystem files = new MemoryFileSystem();
        try (LogStore store = LogStore.open(files, DIRECTORY, LogConfig.defaults(), new SteppingClock())) {
            PartitionLog log = store.create(new PartitionId(0x1f, 2));
            for (int i = 0; i < 3; i++) {
                ByteBuffer payload = ByteBuffer.allocate(i);
                log.append(AppendRequest.of(PayloadKind.COLUMNAR_BLOCK, payload, 10, 5 - i, 7 + i))
                        .join();
            }
        }
        StringBuilder output = new StringBuilder();
        new LogDump(files)
                .print(DIRECTORY.resolve("log/1f/2/00000000000000000000.log"), output, LogDump.PayloadPrinter.NONE);
        List<String> lines = output.toString().lines().toList();
        assertEquals(5, lines.size(), output.toString());
        assertTrue(lines.get(0).startsWith("segment of partition 2 of stream 31 incarnation="), lines.get(0));
        assertTrue(
                lines.get(1)
                        .startsWith("position=128 offset=0 rows=10 kind=columnar_block bytes=0"
                                + " eventTime=1970-01-01T00:00:00.000005..1970-01-01T00:00:00.000007"
                                + " maxEventTimeBefore=none durableUpTo=0 appendedAt="),
                lines.get(1));
        assertTrue(
                lines.get(3)
                        .startsWith("position=328 offset=20 rows=10 kind=columnar_block bytes=2"
                                + " eventTime=1970-01-01T00:00:00.000003..1970-01-01T00:00:00.000009"
                                + " maxEventTimeBefore=1970-01-01T00:00:00.000008 durableUpTo=20"),
                lines.get(3));
        assertEquals("end at position 432 of 432", lines.get(4));
        LogVerifier verifier = new LogVerifier(files, DIRECTORY);
        assertEquals(List.of(), verifier.verify());
        assertEquals(new Extent(1, 1, 3, 30, 432), verifier.extent());
    }
}
