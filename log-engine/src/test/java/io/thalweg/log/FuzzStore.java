package io.thalweg.log;

import io.thalweg.log.file.AtomicFile;
import io.thalweg.log.frame.ProducerSequence;
import io.thalweg.log.inspect.LogDump;
import io.thalweg.log.inspect.LogVerifier;
import io.thalweg.log.recovery.Damage;
import io.thalweg.log.recovery.QuarantineFile;
import io.thalweg.log.segment.ChecksummedBytes;
import io.thalweg.log.segment.SegmentHeader;
import io.thalweg.log.segment.SegmentName;
import io.thalweg.log.simulation.SimulatedDisk;
import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DoubleColumn;
import io.thalweg.model.delta.IntColumn;
import io.thalweg.model.delta.LongColumn;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** A small store whose files are replaced, one at a time, by what a fuzzer makes of them. */
final class FuzzStore {
    static final Path DIRECTORY = Path.of("/data");
    static final Path PARTITION = DIRECTORY.resolve("log/2a/0");
    static final Path SEGMENT = SegmentName.segment(PARTITION, 0);
    static final Path INDEX = SegmentName.index(PARTITION, 0);

    /** How many frames the segment has. */
    static final int FRAMES = 12;

    private static final int LENGTH_AT = 8;
    /** Another incarnation in each process, which a fuzzer does not mind. */
    private static final SimulatedDisk DISK = populated();

    private FuzzStore() {}

    private static SimulatedDisk populated() {
        SimulatedDisk disk = new SimulatedDisk(1);
        LogStore store = LogTester.openWithoutThreads(disk, DIRECTORY);
        PartitionLog log = store.create(LogTester.ID);
        for (int i = 0; i < FRAMES / 2; i++) {
            log.append(LogTester.row("row " + i).with(new ProducerSequence(7, (short) 0, i)));
            log.append(LogTester.row("of a transaction").with(new ProducerSequence(8, (short) 0, i, true)));
            store.commitPending();
        }
        store.close();
        try {
            new QuarantineFile(disk, PARTITION, log.owner()).write(new Damage(3, "a reason"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return disk;
    }

    static byte[] seed(Path file) {
        return DISK.content(file);
    }

    /** The store with another file in the place of one. */
    static SimulatedDisk with(Path file, byte[] content) {
        SimulatedDisk disk = DISK.afterPowerLoss(1);
        if (!file.endsWith(QuarantineFile.FILE_NAME)) {
            delete(disk, PARTITION.resolve(QuarantineFile.FILE_NAME));
        }
        disk.setContent(file, content);
        return disk;
    }

    private static void delete(SimulatedDisk disk, Path file) {
        try {
            disk.delete(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static AtomicFile file(Path file, byte[] content) {
        return new AtomicFile(with(file, content), file);
    }

    /** The bytes behind the header of the segment as it is. */
    static byte[] withHeader(byte[] input) {
        byte[] segment = Arrays.copyOf(seed(SEGMENT), Math.max(SegmentHeader.BYTES, input.length));
        if (input.length > SegmentHeader.BYTES) {
            System.arraycopy(
                    input, SegmentHeader.BYTES, segment, SegmentHeader.BYTES, input.length - SegmentHeader.BYTES);
        }
        return segment;
    }

    /** The bytes with the length and the checksum that they need to be looked at. */
    static byte[] sealed(byte[] input) {
        byte[] block = input.clone();
        if (block.length < ChecksummedBytes.PREFIX_BYTES) {
            return block;
        }
        ByteBuffer buffer = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(LENGTH_AT, block.length);
        ChecksummedBytes.seal(buffer);
        return block;
    }

    /** Does with a store everything that reads; returns how many frames were served. */
    static int read(SimulatedDisk disk) throws IOException {
        new LogVerifier(disk, DIRECTORY).verify();
        new LogDump(disk).print(SEGMENT, new StringBuilder(), LogDump.PayloadPrinter.NONE);
        try (LogStore store = LogTester.openWithoutThreads(disk, DIRECTORY)) {
            PartitionLog log = store.partition(LogTester.ID).orElseThrow();
            int frames = LogTester.readAll(log).size();
            log.offsetForTime(TimeKind.APPEND, 1_700_000_000_000_000L);
            log.transactions().lastStableOffset();
            log.append(LogTester.row("another").with(new ProducerSequence(9, (short) 0, 0)));
            store.commitPending();
            return frames;
        } catch (ThalwegException e) {
            // A strange memory of producers may well refuse the next append.
            if (e.code() != ErrorCode.DATA_CORRUPTED && e.code() != ErrorCode.PROTOCOL_VIOLATION) {
                throw e;
            }
            return 0;
        }
    }

    /** A batch with columns of most kinds. */
    static DeltaBatch batch() {
        byte[] text = "onetwothree".getBytes(StandardCharsets.UTF_8);
        Column[] columns = {
            new IntColumn(3, new int[] {1, 2, 300_000}, null),
            new LongColumn(3, new long[] {-1, 1L << 40, 7}, new long[] {2}),
            new DoubleColumn(3, new double[] {0.5, -1, 1e300}, null),
            new BytesColumn(3, text, new int[] {0, 3, 6}, new int[] {3, 3, 5}, null)
        };
        return new DeltaBatch(3, columns, new int[] {1, -1, 1});
    }
}
