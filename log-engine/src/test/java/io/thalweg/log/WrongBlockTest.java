package io.thalweg.log;

import static io.thalweg.log.LogTester.ID;
import static io.thalweg.log.LogTester.readAll;
import static io.thalweg.log.LogTester.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.inspect.Finding;
import io.thalweg.log.inspect.LogVerifier;
import io.thalweg.log.segment.SegmentHeader;
import io.thalweg.log.segment.SegmentName;
import io.thalweg.log.simulation.SimulatedDisk;
import io.thalweg.log.simulation.SteppingClock;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Disks that give back other blocks than were written, below the durable point: each must be found, whatever was served
 * before it must be right, and other partitions must go on. More bits with {@code -Dthalweg.flips=n}.
 */
class WrongBlockTest {
    private static final Path DIRECTORY = Path.of("/data");
    private static final PartitionId OTHER = new PartitionId(ID.streamId(), 1);
    private static final int BLOCK_BYTES = 4 * 1024;
    private static final int SEGMENT_BYTES = 256 * 1024;
    private static final int ROWS = 1_200;
    private static final int FLIPS = Integer.getInteger("thalweg.flips", 300);
    private static final LogConfig CONFIG =
            LogConfig.defaults().withSegmentBytes(SEGMENT_BYTES).withReserveBytes(0);

    private final Random random = new Random(11);
    private final SimulatedDisk disk = new SimulatedDisk(1);
    private final List<String> rows = new ArrayList<>();
    private List<Path> segments = List.of();
    private boolean readerFailed;

    @BeforeEach
    void writeRows() {
        LogStore store = open();
        PartitionLog log = store.create(ID);
        PartitionLog other = store.create(OTHER);
        for (int i = 0; i < ROWS; i++) {
            rows.add("row " + i + " " + Integer.toString(i, 36).repeat(200));
            log.append(row(rows.get(i)));
            other.append(row(rows.get(i)));
            if (i % 5 == 0) {
                store.commitPending();
            }
        }
        store.close();
        segments = disk.allFiles().stream()
                .filter(file ->
                        file.startsWith(partition(ID)) && file.toString().endsWith(".log"))
                .toList();
        assertTrue(segments.size() > 2, segments::toString);
    }

    private static Path partition(PartitionId id) {
        return DIRECTORY
                .resolve("log")
                .resolve(Long.toHexString(id.streamId()))
                .resolve(Integer.toString(id.partition()));
    }

    private LogStore open() {
        return LogStore.openWithoutThreads(disk, DIRECTORY, CONFIG, new SteppingClock());
    }

    /** What makes another block of the block at a place. */
    private interface Wrong {
        void change(byte[] segment, int at, int length);
    }

    private void changeEachBlock(String what, Wrong wrong) throws IOException {
        for (Path segment : segments) {
            byte[] whole = disk.content(segment);
            for (int at = 0; at < whole.length; at += BLOCK_BYTES) {
                byte[] changed = whole.clone();
                wrong.change(changed, at, Math.min(BLOCK_BYTES, whole.length - at));
                if (!Arrays.equals(whole, changed)) {
                    disk.setContent(segment, changed);
                    assertFound(what + " at " + at + " of " + segment);
                }
            }
            disk.setContent(segment, whole);
        }
        assertSound();
    }

    private void assertSound() throws IOException {
        assertEquals(rows.size(), served(ID));
        assertFalse(readerFailed);
        assertEquals(List.of(), new LogVerifier(disk, DIRECTORY).verify());
    }

    /** The reader gets right rows and then an error, the verifier reports damage, and the other partition is well. */
    private void assertFound(String what) throws IOException {
        served(ID);
        assertTrue(readerFailed, what);
        assertTrue(
                new LogVerifier(disk, DIRECTORY)
                        .verify().stream().anyMatch(finding -> finding.severity() == Finding.Severity.DAMAGE),
                what);
    }

    /** Reads until the end or an error that names partition and offset; returns how many rows were right. */
    private int served(PartitionId id) {
        LogStore store = open();
        PartitionLog log = store.partition(id).orElseThrow();
        int count = 0;
        readerFailed = false;
        try (LogCursor cursor = log.read(0, Long.MAX_VALUE)) {
            while (cursor.next()) {
                assertEquals(count, cursor.baseOffset());
                assertEquals(
                        rows.get(count),
                        StandardCharsets.UTF_8.decode(cursor.payload()).toString());
                count++;
            }
        } catch (ThalwegException e) {
            readerFailed = true;
            assertEquals(ErrorCode.DATA_CORRUPTED, e.code(), e::message);
            assertTrue(e.message().contains("partition " + id.partition() + " of stream 42"), e.message());
            assertTrue(e.message().contains("offset " + count), e.message() + " after " + count);
        }
        assertEquals(rows, readAll(store.partition(OTHER).orElseThrow()));
        disk.killProcess();
        forgetQuarantine();
        return count;
    }

    /** The next state of the disk is another one. */
    private void forgetQuarantine() {
        disk.allFiles().stream()
                .filter(file -> file.toString().endsWith(".quarantine"))
                .forEach(this::delete);
    }

    private void delete(Path file) {
        try {
            disk.delete(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void findsBlocksOfZeros() throws IOException {
        changeEachBlock("zeros", (segment, at, length) -> Arrays.fill(segment, at, at + length, (byte) 0));
    }

    @Test
    void findsBlocksOfGarbage() throws IOException {
        changeEachBlock("garbage", (segment, at, length) -> {
            for (int i = at; i < at + length; i++) {
                segment[i] = (byte) random.nextInt();
            }
        });
    }

    @Test
    void findsBlocksFromElsewhereInTheSegment() throws IOException {
        changeEachBlock("another block", (segment, at, length) -> {
            int from = random.nextInt(segment.length / BLOCK_BYTES) * BLOCK_BYTES;
            System.arraycopy(segment.clone(), from, segment, at, Math.min(length, segment.length - from));
        });
    }

    @Test
    void findsBlocksOfAnotherPartitionWithTheSameRows() throws IOException {
        byte[] other = disk.content(SegmentName.segment(partition(OTHER), 0));
        changeEachBlock(
                "a block of another partition",
                (segment, at, length) -> System.arraycopy(other, at, segment, at, Math.min(length, other.length - at)));
    }

    @Test
    void findsTheStaleTailOfAFileThatWasUsedBefore() throws IOException {
        byte[] used = disk.content(segments.get(0));
        Path segment = segments.get(1);
        byte[] whole = disk.content(segment);
        for (int at = BLOCK_BYTES; at < whole.length; at += BLOCK_BYTES) {
            byte[] stale = whole.clone();
            System.arraycopy(used, at, stale, at, Math.min(whole.length, used.length) - at);
            disk.setContent(segment, stale);
            assertFound("a stale tail from " + at);
        }
        disk.setContent(segment, whole);
        assertSound();
    }

    @Test
    void findsSegmentsInThePlaceOfOthers() throws IOException {
        for (Path one : segments) {
            byte[] whole = disk.content(one);
            for (Path other : segments) {
                if (!one.equals(other)) {
                    disk.setContent(one, disk.content(other));
                    assertFound(other + " instead of " + one);
                }
            }
            disk.setContent(one, whole);
        }
        assertSound();
    }

    @Test
    void findsASegmentThatIsThereTwice() throws IOException {
        for (Path segment : segments) {
            long baseOffset =
                    SegmentName.baseOffset(segment.getFileName().toString()).orElseThrow();
            Path twin = SegmentName.segment(partition(ID), baseOffset + 1);
            disk.setContent(twin, disk.content(segment));
            assertFound("a twin of " + segment);
            disk.delete(twin);
        }
        assertSound();
    }

    @Test
    void findsFlippedBitsInALargeSegment() throws IOException {
        Path segment = segments.get(0);
        byte[] whole = disk.content(segment);
        assertTrue(whole.length > SEGMENT_BYTES - 10 * BLOCK_BYTES, whole.length + " bytes");
        int stride = Math.max(1, whole.length / FLIPS);
        for (int at = random.nextInt(stride); at < whole.length; at += stride) {
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            disk.setContent(segment, flipped);
            assertFound("a bit of byte " + at);
        }
        disk.setContent(segment, whole);
        assertSound();
    }

    @Test
    void readsTheSameWhateverByteOfAnIndexIsWrong() throws IOException {
        List<Path> indexes = disk.allFiles().stream()
                .filter(file ->
                        file.startsWith(partition(ID)) && file.toString().endsWith(".index"))
                .toList();
        assertEquals(segments.size(), indexes.size());
        for (Path index : indexes) {
            byte[] whole = disk.content(index);
            for (int at = 0; at < whole.length; at += Math.max(1, whole.length / (FLIPS / 3))) {
                byte[] flipped = whole.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                disk.setContent(index, flipped);
                readFromSomewhere();
                disk.setContent(index, Arrays.copyOf(whole, at));
                readFromSomewhere();
            }
            disk.setContent(index, whole);
        }
    }

    private void readFromSomewhere() {
        LogStore store = open();
        PartitionLog log = store.partition(ID).orElseThrow();
        int from = random.nextInt(ROWS);
        int to = Math.min(ROWS, from + 1 + random.nextInt(30));
        assertEquals(rows.subList(from, to), LogTester.read(log, from, to));
        assertEquals(0, log.offsetForTime(TimeKind.APPEND, 0).orElseThrow(), "search of the first row by its time");
        disk.killProcess();
    }

    @Test
    void saysWhatItKnowsWhateverByteOfTheQuarantineIsWrong() throws IOException {
        byte[] damaged = disk.content(segments.get(1));
        damaged[SegmentHeader.BYTES + 200] ^= 1;
        disk.setContent(segments.get(1), damaged);
        LogStore store = open();
        try (LogCursor cursor = store.partition(ID).orElseThrow().read(0, Long.MAX_VALUE)) {
            while (cursor.next()) {
                // Until the damage, which this reader notes for the next start.
            }
        } catch (ThalwegException e) {
            assertEquals(ErrorCode.DATA_CORRUPTED, e.code());
        }
        disk.killProcess();
        Path quarantine = partition(ID).resolve("partition.quarantine");
        byte[] whole = disk.content(quarantine);
        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 0x20;
            disk.setContent(quarantine, flipped);
            served(ID);
            assertTrue(readerFailed);
        }
    }
}
