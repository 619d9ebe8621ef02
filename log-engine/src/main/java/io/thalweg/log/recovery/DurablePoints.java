package io.thalweg.log.recovery;

import io.thalweg.log.file.AtomicFile;
import io.thalweg.log.frame.FrameOwner;
import io.thalweg.log.segment.ChecksummedBytes;
import io.thalweg.log.segment.LogPoint;
import io.thalweg.log.segment.SegmentHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * How far each partition was known to be on disk when this file was written. A start scans only above these points,
 * and calls anything wrong below them corruption. The file may be old, but it never claims too much.
 *
 * <pre>
 *   0  magic "TWDP", version 1, length, CRC32C   ({@link ChecksummedBytes})
 *  16  per partition, 64 bytes: long stream id, int partition, int 0, long incarnation (2), long base offset of the
 *      segment, long position in it, long offset, long greatest event time below that offset
 * </pre>
 */
public final class DurablePoints {
    /** The name of the file in the data directory. */
    public static final String FILE_NAME = "durable-points";

    private static final int MAGIC = 0x50445754;
    private static final int VERSION = 1;
    private static final int ENTRY_BYTES = 64;

    private DurablePoints() {}

    /** Replaces the file; durable when it returns. */
    public static void write(AtomicFile file, Map<FrameOwner, LogPoint> points) throws IOException {
        int length = ChecksummedBytes.PREFIX_BYTES + Math.multiplyExact(points.size(), ENTRY_BYTES);
        ByteBuffer block = ChecksummedBytes.allocate(MAGIC, VERSION, length);
        points.forEach((owner, point) -> block.putLong(owner.streamId())
                .putInt(owner.partition())
                .putInt(0)
                .putLong(owner.incarnation().getMostSignificantBits())
                .putLong(owner.incarnation().getLeastSignificantBits())
                .putLong(point.segmentBaseOffset())
                .putLong(point.position())
                .putLong(point.offset())
                .putLong(point.maxEventTime()));
        file.replace(ChecksummedBytes.seal(block));
    }

    /** Reads and checks the file. */
    public static Map<FrameOwner, LogPoint> read(AtomicFile file) throws IOException {
        return ChecksummedBytes.read(file.read(), MAGIC, VERSION, "durable points", DurablePoints::read);
    }

    private static Map<FrameOwner, LogPoint> read(ByteBuffer block) {
        Map<FrameOwner, LogPoint> points = new HashMap<>();
        while (block.remaining() >= ENTRY_BYTES) {
            long streamId = block.getLong();
            int partition = block.getInt();
            block.getInt();
            FrameOwner owner = new FrameOwner(streamId, partition, new UUID(block.getLong(), block.getLong()));
            LogPoint point = new LogPoint(block.getLong(), block.getLong(), block.getLong(), block.getLong());
            if (point.segmentBaseOffset() < 0
                    || point.offset() < point.segmentBaseOffset()
                    || point.position() < SegmentHeader.BYTES) {
                throw new IllegalArgumentException("no place in a segment: " + point);
            }
            points.put(owner, point);
        }
        return points;
    }
}
