package io.thalweg.log;

import static io.thalweg.log.LogTester.ID;
import static io.thalweg.log.LogTester.append;
import static io.thalweg.log.LogTester.appendEach;
import static io.thalweg.log.LogTester.failure;
import static io.thalweg.log.LogTester.readAll;
import static io.thalweg.log.LogTester.row;
import static io.thalweg.log.LogTester.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.inspect.Finding;
import io.thalweg.log.inspect.LogVerifier;
import io.thalweg.log.simulation.SimulatedDisk;
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

/** Files that are cut, changed, lost or swapped while no store has them open. */
class DamageTest {
    private static final Path DIRECTORY = Path.of("/data");
    private static final Path PARTITION = DIRECTORY.resolve("log/2a/0");
    private static final PartitionId OTHER = new PartitionId(ID.streamId(), 1);

    private final List<String> texts = texts(40);
    private SimulatedDisk disk = new SimulatedDisk(1);

    @BeforeEach
    void writeRows() {
        LogStore store = LogTester.openWithoutThreads(disk, DIRECTORY);
        appendEach(store, store.create(ID), texts);
        appendEach(store, store.create(OTHER), List.of("sound"));
        store.close();
    }

    private List<Path> files(String suffix) {
        return disk.allFiles().stream()
                .filter(file -> file.startsWith(PARTITION) && file.toString().endsWith(suffix))
                .toList();
    }

    private Path lastSegment() {
        List<Path> segments = files(".log");
        return segments.get(segments.size() - 1);
    }

    private void forgetDurablePoints() throws IOException {
        disk.delete(DIRECTORY.resolve("durable-points"));
        disk.forceDirectory(DIRECTORY);
    }

    /** Opens, reads until the damage if there is one, and checks that the other partition is well. */
    private List<String> readable() {
        try (LogStore store = LogTester.openWithoutThreads(disk, DIRECTORY)) {
            assertEquals(List.of("sound"), readAll(store.partition(OTHER).orElseThrow()));
            PartitionLog log = store.partition(ID).orElseThrow();
            List<String> served = new ArrayList<>();
            try (LogCursor cursor = log.read(0, Long.MAX_VALUE)) {
                while (cursor.next()) {
                    served.add(StandardCharsets.UTF_8.decode(cursor.payload()).toString());
                }
            } catch (ThalwegException e) {
                assertEquals(ErrorCode.DATA_CORRUPTED, e.code());
                assertTrue(
                        e.message().contains("partition 0 of stream 42 is corrupted at offset " + served.size()),
                        e.message());
                assertEquals(ErrorCode.DATA_CORRUPTED, failure(() -> log.append(row("refused"))));
                assertEquals(
                        ErrorCode.DATA_CORRUPTED,
                        assertThrows(ThalwegException.class, log::requireIntact).code());
            }
            return served;
        }
    }

    @Test
    void keepsExactlyTheWholeFramesOfACutTail() throws IOException {
        forgetDurablePoints();
        SimulatedDisk original = disk;
        byte[] whole = disk.content(lastSegment());
        int framesInLast = texts.size() - (int) baseOffset(lastSegment());
        int[] frameEnds = frameEnds(whole, framesInLast);
        for (int cut = frameEnds[framesInLast - 4]; cut <= whole.length; cut++) {
            disk = original.afterPowerLoss(cut);
            disk.setContent(lastSegment(), Arrays.copyOf(whole, cut));
            int kept = texts.size() - framesInLast;
            for (int end : frameEnds) {
                kept += end <= cut ? 1 : 0;
            }
            try (LogStore store = LogTester.openWithoutThreads(disk, DIRECTORY)) {
                PartitionLog log = store.partition(ID).orElseThrow();
                assertEquals(texts.subList(0, kept), readAll(log), "cut at " + cut);
                var result = log.append(row("next"));
                store.commitPending();
                assertEquals(kept, result.join().baseOffset());
            }
        }
    }

    private static long baseOffset(Path segment) {
        return Long.parseLong(segment.getFileName().toString().substring(0, 20));
    }

    private static int[] frameEnds(byte[] segment, int count) {
        int[] ends = new int[count];
        int at = 128;
        for (int i = 0; i < count; i++) {
            int payload = (segment[at + 8] & 0xff) | (segment[at + 9] & 0xff) << 8;
            at += (96 + payload + 7) / 8 * 8;
            ends[i] = at;
        }
        return ends;
    }

    @Test
    void detectsEveryFlippedBitBelowTheDurablePoint() throws IOException {
        Random random = new Random(3);
        for (Path segment : files(".log")) {
            byte[] whole = disk.content(segment);
            for (int at = 0; at < whole.length; at += segment.equals(lastSegment()) ? 1 : 7) {
                byte[] flipped = whole.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                disk.setContent(segment, flipped);
                List<String> served = readable();
                assertTrue(served.size() < texts.size(), segment + " at " + at);
                assertEquals(texts.subList(0, served.size()), served);
                assertEquals(1, damages(), segment + " at " + at);
            }
            disk.setContent(segment, whole);
        }
        assertEquals(texts, readable());
        assertEquals(0, damages());
    }

    private long damages() throws IOException {
        return new LogVerifier(disk, DIRECTORY)
                .verify().stream()
                        .filter(finding -> finding.severity() == Finding.Severity.DAMAGE)
                        .count();
    }

    @Test
    void tellsDamageFromATornEndByALaterFrame() throws IOException {
        forgetDurablePoints();
        byte[] bytes = disk.content(lastSegment());
        bytes[128 + 100] ^= 1;
        disk.setContent(lastSegment(), bytes);
        assertEquals(baseOffset(lastSegment()), readable().size());
        assertEquals(bytes.length, disk.content(lastSegment()).length);
    }

    @Test
    void readsTheSameWithAnyIndex() throws IOException {
        try (LogStore store = LogTester.openWithoutThreads(disk, DIRECTORY)) {
            PartitionLog log = store.partition(ID).orElseThrow();
            assertEquals(texts, readAll(log));
        }
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            for (Path index : files(".index")) {
                byte[] bytes = disk.content(index);
                int fate = random.nextInt(4);
                if (fate == 0) {
                    disk.delete(index);
                } else if (fate == 1) {
                    disk.setContent(index, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
                } else if (fate == 2) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                    disk.setContent(index, bytes);
                }
            }
            assertEquals(texts, readable());
        }
    }

    @Test
    void survivesAnyDurablePoints() {
        Path points = DIRECTORY.resolve("durable-points");
        byte[] whole = disk.content(points);
        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 0x10;
            disk.setContent(points, flipped);
            assertEquals(texts, readable());
            disk.setContent(points, Arrays.copyOf(whole, at));
            assertEquals(texts, readable());
        }
    }

    @Test
    void refusesAPartitionWithoutItsMetadata() throws IOException {
        Path metadata = PARTITION.resolve("partition.meta");
        byte[] whole = disk.content(metadata);
        for (int at = 0; at < whole.length; at++) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 4;
            disk.setContent(metadata, flipped);
            assertEquals(List.of(), readable());
        }
        disk.delete(metadata);
        assertEquals(List.of(), readable());
        disk.setContent(metadata, whole);
        assertEquals(texts, readable());
    }

    @Test
    void stopsAtALostSegment() throws IOException {
        for (Path segment : files(".log")) {
            byte[] whole = disk.content(segment);
            disk.delete(segment);
            if (baseOffset(segment) == 0) {
                assertEquals(List.of(), readable());
            } else {
                assertEquals(texts.subList(0, (int) baseOffset(segment)), readable());
            }
            assertTrue(damages() > 0, segment.toString());
            disk.setContent(segment, whole);
        }
        assertEquals(texts, readable());
    }

    @Test
    void stopsAtASwappedSegment() throws IOException {
        List<Path> segments = files(".log");
        byte[] first = disk.content(segments.get(1));
        byte[] second = disk.content(segments.get(2));
        disk.setContent(segments.get(1), second);
        disk.setContent(segments.get(2), first);
        assertEquals(texts.subList(0, (int) baseOffset(segments.get(1))), readable());
        disk.setContent(segments.get(1), first);
        disk.setContent(segments.get(2), second);
        Path foreign = DIRECTORY.resolve("log/2a/1/00000000000000000000.log");
        byte[] whole = disk.content(segments.get(0));
        disk.setContent(segments.get(0), disk.content(foreign));
        assertEquals(List.of(), readable());
        disk.setContent(segments.get(0), whole);
        assertEquals(texts, readable());
    }

    @Test
    void doesNotStartWithoutAWholePartition() throws IOException {
        for (Path file : disk.allFiles()) {
            if (file.startsWith(PARTITION)) {
                disk.delete(file);
            }
        }
        disk.delete(PARTITION);
        assertEquals(ErrorCode.DATA_CORRUPTED, failure(this::readable));
    }

    @Test
    void keepsTheProofOfDamageOverStarts() throws IOException {
        byte[] bytes = disk.content(lastSegment());
        disk.setContent(lastSegment(), Arrays.copyOf(bytes, bytes.length - 1));
        for (int start = 0; start < 3; start++) {
            assertEquals(texts.subList(0, texts.size() - 1), readable());
        }
        disk.setContent(lastSegment(), bytes);
        assertEquals(texts, readable());
    }

    @Test
    void neverServesFramesOfADroppedNamesake() {
        Path segment = PARTITION.resolve("00000000000000000000.log");
        byte[] old = disk.content(segment);
        try (LogStore store = LogTester.open(disk, DIRECTORY)) {
            store.drop(ID);
            append(store.create(ID), "new");
        }
        byte[] mixed = disk.content(segment);
        System.arraycopy(old, 128, mixed, 128, mixed.length - 128);
        disk.setContent(segment, mixed);
        assertEquals(List.of(), readable());
    }
}
