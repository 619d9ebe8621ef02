package io.thalweg.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.file.DiskFileSystem;
import io.thalweg.log.file.MemoryFileSystem;
import io.thalweg.log.frame.Frame;
import io.thalweg.log.frame.FrameFormat;
import io.thalweg.log.simulation.SteppingClock;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Frames that are sent from where they are stored, over a real socket and beside what removes them. */
class StoredFramesTest {
    private static final int ALL = Integer.MAX_VALUE;
    /** Each new segment waits for the disk some times. */
    private static final LogConfig CONFIG = LogTester.SMALL.withSegmentBytes(16_384);

    @TempDir
    Path directory;

    private LogStore open() {
        return LogStore.open(new DiskFileSystem(), directory, CONFIG, new SteppingClock());
    }

    private static void append(PartitionLog log, String text) {
        log.append(LogTester.row(text).with(Durability.OS)).join();
    }

    @Test
    void movesOverASocketWhatIsInTheFiles() throws Exception {
        try (LogStore store = open()) {
            PartitionLog log = store.create(LogTester.ID);
            List<String> sent = LogTester.texts(500);
            sent.forEach(text -> append(log, text));
            byte[] received;
            try (StoredFrames frames = log.stored(StoredRange.of(0, Long.MAX_VALUE, ALL))) {
                assertTrue(frames.regions().size() < 10, "frames of one file are one region");
                received = overLoopback(frames.regions());
            }
            assertEquals(sent, rows(received));
            try (StoredFrames frames = log.stored(StoredRange.of(0, Long.MAX_VALUE, ALL))) {
                assertArrayEquals(received, inMemory(frames.regions()));
            }
        }
    }

    private static byte[] overLoopback(List<StoredRegion> regions) throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> receive(server));
            try (SocketChannel client = SocketChannel.open(server.getLocalAddress())) {
                for (StoredRegion region : regions) {
                    for (long done = 0; done < region.length(); ) {
                        done += region.transferTo(client, done);
                    }
                }
            }
            return received.get();
        }
    }

    private static byte[] receive(ServerSocketChannel server) {
        try (SocketChannel connection = server.accept()) {
            return connection.socket().getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] inMemory(List<StoredRegion> regions) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(
                regions.stream().mapToInt(StoredRegion::length).sum());
        for (StoredRegion region : regions) {
            all.put(region.read());
        }
        return all.array();
    }

    /** The rows in whole frames, as a receiver reads them. */
    private static List<String> rows(byte[] frames) {
        List<String> rows = new ArrayList<>();
        Frame frame = new Frame();
        for (int at = 0; at < frames.length; at += FrameFormat.frameBytesAt(frames, at)) {
            frame.moveTo(frames, at);
            if (frame.hasRows()) {
                rows.add(StandardCharsets.UTF_8.decode(frame.payload()).toString());
            }
        }
        return rows;
    }

    @Test
    void handsOutWholeFramesWithinTheRange() throws IOException {
        try (LogStore store = open()) {
            PartitionLog log = store.create(LogTester.ID);
            List<String> sent = LogTester.texts(100);
            sent.forEach(text -> append(log, text));
            for (int from = 0; from <= 100; from += 7) {
                for (boolean verified : new boolean[] {false, true}) {
                    StoredRange range = new StoredRange(from, 90, 1_000, verified);
                    try (StoredFrames frames = log.stored(range)) {
                        byte[] bytes = inMemory(frames.regions());
                        int count = frames.frames().size();
                        assertEquals(sent.subList(from, from + count), rows(bytes));
                        assertTrue(from >= 90 ? count == 0 : count >= 1);
                        assertTrue(bytes.length <= 1_000 && from + count <= Math.max(90, from));
                    }
                }
            }
            try (StoredFrames frames = log.stored(StoredRange.of(5, Long.MAX_VALUE, 1))) {
                assertEquals(sent.subList(5, 6), rows(inMemory(frames.regions())));
            }
            assertEquals(
                    ErrorCode.OFFSET_OUT_OF_RANGE,
                    LogTester.failure(() -> log.stored(StoredRange.of(101, Long.MAX_VALUE, 1))));
        }
    }

    @Test
    void worksWhereThereAreNoFiles() throws IOException {
        try (LogStore store = LogTester.open(new MemoryFileSystem(), Path.of("/data"))) {
            PartitionLog log = store.create(LogTester.ID);
            append(log, "a");
            try (StoredFrames frames = log.stored(StoredRange.of(0, Long.MAX_VALUE, ALL))) {
                assertTrue(frames.regions().get(0).channel().isEmpty());
                assertEquals(List.of("a"), rows(inMemory(frames.regions())));
            }
        }
    }

    @Test
    void keepsBytesThatAreDeletedMeanwhile() throws IOException {
        try (LogStore store = open()) {
            PartitionLog log = store.create(LogTester.ID);
            List<String> sent = LogTester.texts(401);
            sent.forEach(text -> append(log, text));
            StoredFrames held = log.stored(StoredRange.of(0, Long.MAX_VALUE, ALL));
            log.trimTo(400);
            assertEquals(sent, rows(inMemory(held.regions())));
            StoredRegion region = held.regions().get(0);
            held.close();
            held.close();
            assertFalse(region.channel().orElseThrow().isOpen(), "a deleted file is let go with its last lease");
        }
    }

    @Test
    void surfacesDamageWhenItIsToVerify() throws IOException {
        try (LogStore store = open()) {
            PartitionLog log = store.create(LogTester.ID);
            LogTester.texts(40).forEach(text -> append(log, text));
            flipByte(firstSegment(), 128 + 96 + 2);
            log.stored(StoredRange.of(0, 10, ALL)).close();
            assertEquals(
                    ErrorCode.DATA_CORRUPTED,
                    LogTester.failure(
                            () -> log.stored(StoredRange.of(0, 10, ALL).verifiedHere())));
        }
    }

    @Test
    void surfacesDamagedHeadersAlways() throws IOException {
        try (LogStore store = open()) {
            PartitionLog log = store.create(LogTester.ID);
            LogTester.texts(40).forEach(text -> append(log, text));
            flipByte(firstSegment(), 128 + 32);
            assertEquals(ErrorCode.DATA_CORRUPTED, LogTester.failure(() -> log.stored(StoredRange.of(0, 10, ALL))));
        }
    }

    private Path firstSegment() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void flipByte(Path file, long position) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(position);
            int old = bytes.read();
            bytes.seek(position);
            bytes.write(old ^ 1);
        }
    }

    /** Every frame handed out beside a writer, retention and compaction is whole and the right one. */
    @Test
    void staysRightBesideUpkeep() throws Exception {
        try (LogStore store = open()) {
            PartitionLog log = store.create(LogTester.ID);
            log.compact(new CompactionPolicy(KeyedRows.KEYS, 0, 1, 1 << 20));
            AtomicBoolean done = new AtomicBoolean();
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(store, log, done));
            int frames = 0;
            Random random = new Random(1);
            while (!done.get()) {
                frames += readSome(log, random);
            }
            writer.get();
            assertTrue(frames > 100, "read " + frames);
        }
    }

    private static void write(LogStore store, PartitionLog log, AtomicBoolean done) {
        try {
            for (int i = 0; i < 2_000; i++) {
                String key = "k" + i % 7;
                log.append(KeyedRows.request(List.of(key + "=" + i)).with(Durability.OS))
                        .join();
                if (i % 200 == 0) {
                    store.upkeep();
                }
                if (i % 400 == 399) {
                    log.trimTo(i - 300);
                }
            }
        } finally {
            done.set(true);
        }
    }

    private static int readSome(PartitionLog log, Random random) throws IOException {
        long start = log.startOffset();
        long from = start + random.nextInt((int) (log.endOffset() - start) + 1);
        try (StoredFrames frames = log.stored(new StoredRange(from, Long.MAX_VALUE, 5_000, random.nextInt(4) == 0))) {
            byte[] bytes = inMemory(frames.regions());
            long next = from;
            Frame frame = new Frame();
            for (int at = 0; at < bytes.length; at += FrameFormat.frameBytesAt(bytes, at)) {
                assertTrue(FrameFormat.checksumMatches(bytes, at, log.owner()));
                frame.moveTo(bytes, at);
                assertTrue(frame.baseOffset() <= next && frame.endOffset() > next);
                next = frame.endOffset();
            }
            return frames.frames().size();
        } catch (ThalwegException trimmedMeanwhile) {
            assertEquals(ErrorCode.OFFSET_OUT_OF_RANGE, trimmedMeanwhile.code());
            return 0;
        }
    }
}
