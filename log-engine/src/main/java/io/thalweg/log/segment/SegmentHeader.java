package io.thalweg.log.segment;

import io.thalweg.log.frame.FrameOwner;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * The first 128 bytes of a segment file. A segment gets its name only after its header is on disk, and only after all
 * rows below its base offset are: so a named segment with a wrong header is damaged, and a named segment proves that
 * everything before it was durable.
 *
 * <pre>
 *   0  magic "TWSG", version 1, length 128, CRC32C   ({@link ChecksummedBytes})
 *  16  long  stream id
 *  24  int   partition
 *  28  int   flags, 0
 *  32  long  incarnation, high half
 *  40  long  incarnation, low half
 *  48  long  base offset: the offset of the first row in this segment
 *  56  long  base offset of the segment before, -1 when this is the first
 *  64  long  greatest event time of all earlier offsets, and of what the partition goes on from, or NO_EVENT_TIME
 *  72  long  creation time, microseconds since 1970
 *  80  long  when compaction last removed rows that tombstones in here supersede, microseconds since 1970; 0: never
 *  88  long  base offset of the segment behind those that were joined into this one; 0: it was not joined
 *  96        reserved, 0
 * </pre>
 */
public record SegmentHeader(
        FrameOwner owner,
        long baseOffset,
        long previousBaseOffset,
        long maxEventTimeBefore,
        long createdAtMicros,
        long compactedAtMicros,
        long joinedUpTo) {
    /** The length of the header; the first frame follows it. */
    public static final int BYTES = 128;
    /** Says that a segment is the first of its partition. */
    public static final long NO_PREVIOUS = -1;

    private static final int MAGIC = 0x47535754;
    private static final int VERSION = 1;

    /** The header of a segment that was not compacted. */
    public SegmentHeader(
            FrameOwner owner, long baseOffset, long previousBaseOffset, long maxEventTimeBefore, long createdAtMicros) {
        this(owner, baseOffset, previousBaseOffset, maxEventTimeBefore, createdAtMicros, 0, 0);
    }

    /**
     * The same segment with the rows of its neighbours up to an offset, which no longer have segments of their own; if
     * the file of one is still there, a crash came between.
     */
    public SegmentHeader joinedUpTo(long nextBaseOffset, long compactedAt) {
        return new SegmentHeader(
                owner,
                baseOffset,
                previousBaseOffset,
                maxEventTimeBefore,
                createdAtMicros,
                compactedAt,
                nextBaseOffset);
    }

    /** Whether the segment with this header is the one before another. */
    public boolean precedes(SegmentHeader next) {
        return baseOffset == next.previousBaseOffset || joinedUpTo == next.baseOffset;
    }

    /** The same segment after a compaction. */
    public SegmentHeader withCompactedAt(long micros) {
        return new SegmentHeader(
                owner, baseOffset, previousBaseOffset, maxEventTimeBefore, createdAtMicros, micros, joinedUpTo);
    }

    /**
     * The header of the first segment of a new partition.
     *
     * @param maxEventTimeBefore the greatest event time of the partitions that it goes on from, or NO_EVENT_TIME
     */
    public static SegmentHeader first(FrameOwner owner, long maxEventTimeBefore, long createdAtMicros) {
        return new SegmentHeader(owner, 0, NO_PREVIOUS, maxEventTimeBefore, createdAtMicros);
    }

    /** The bytes of this header. */
    public ByteBuffer encode() {
        ByteBuffer block = ChecksummedBytes.allocate(MAGIC, VERSION, BYTES)
                .putLong(owner.streamId())
                .putInt(owner.partition())
                .putInt(0)
                .putLong(owner.incarnation().getMostSignificantBits())
                .putLong(owner.incarnation().getLeastSignificantBits())
                .putLong(baseOffset)
                .putLong(previousBaseOffset)
                .putLong(maxEventTimeBefore)
                .putLong(createdAtMicros)
                .putLong(compactedAtMicros)
                .putLong(joinedUpTo);
        return ChecksummedBytes.seal(block);
    }

    /** Reads and checks a header. */
    public static SegmentHeader decode(ByteBuffer bytes) throws DamagedFileException {
        return ChecksummedBytes.read(bytes, MAGIC, VERSION, "segment header", SegmentHeader::read);
    }

    private static SegmentHeader read(ByteBuffer block) {
        long streamId = block.getLong();
        int partition = block.getInt();
        block.getInt();
        UUID incarnation = new UUID(block.getLong(), block.getLong());
        return new SegmentHeader(
                new FrameOwner(streamId, partition, incarnation),
                block.getLong(),
                block.getLong(),
                block.getLong(),
                block.getLong(),
                block.getLong(),
                block.getLong());
    }

    /** The place of the first frame. */
    public LogPoint start() {
        return new LogPoint(baseOffset, BYTES, baseOffset, maxEventTimeBefore);
    }
}
