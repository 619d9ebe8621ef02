package io.thalweg.log.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The bytes of a frame. All numbers are little-endian; a frame starts at a multiple of 8 and is padded with zeros to
 * one, so a search for frames in damaged bytes tries every eighth position only.
 *
 * <pre>
 *   0  int    magic "TWF1"
 *   4  byte   version, 1
 *   5  byte   payload kind; 0 stands for rows that compaction removed, -1 and -2 for a
 *             marker that commits or aborts the transaction of its producer, all three without a payload
 *   6  short  flags; bit 0: the rows belong to the open transaction of their producer
 *   8  int    payload length, without padding
 *  12  int    row count, at least 1
 *  16  long   stream id
 *  24  int    partition
 *  28  int    CRC32C of: payload, padding, the partition's incarnation (16 bytes, not stored here), header with
 *             this field as 0; the first 16 bytes of a Kafka batch come last instead of first
 *  32  long   base offset: the offset of the first row
 *  40  long   smallest event time, or NO_EVENT_TIME
 *  48  long   greatest event time, or NO_EVENT_TIME
 *  56  long   greatest event time of all earlier offsets of the partition, or NO_EVENT_TIME
 *  64  long   durable up to: every row below this offset was on disk before this frame was written
 *  72  long   wall-clock time of the append, microseconds since 1970
 *  80  long   producer id, or -1
 *  88  short  producer epoch, or -1
 *  90  short  reserved, 0
 *  92  int    producer sequence, or -1
 *  96         payload, padding
 * </pre>
 *
 * <p>The payload comes first in the checksum because its writer has it before the log knows the offset: only the 96
 * bytes of the header are left to sum when the order of frames is decided. A Kafka batch begins with its offset, its
 * length and its leader epoch (big-endian, 16 bytes), which the log writes into it: they are summed with the header.
 *
 * <p>A frame proves that all bytes below its {@code durable up to} were acknowledged: damage there is corruption, and
 * never the torn end of an interrupted write.
 *
 * <p>A frame may share a disk sector with the one before it. The format relies on a disk to write a sector whole or not
 * at all; what it had before is then never lost to a write that is cut off.
 *
 * <p>A new frame version needs a new version of the segment header, which an older release refuses as a whole: a frame
 * of a version it does not know would look like a torn end to it.
 */
public final class FrameFormat {
    /** The length of the header. */
    public static final int HEADER_BYTES = 96;
    /** Stands for the event time of rows that have none; smaller than every event time. */
    public static final long NO_EVENT_TIME = Long.MIN_VALUE;
    /** Frames start at multiples of this. */
    public static final int ALIGNMENT = 8;
    /** The longest payload the format allows; a store may be configured to allow less. */
    public static final int MAX_PAYLOAD_BYTES = 1 << 30;

    /** The payload kind of a gap: its rows were removed, and it keeps their offsets and the greatest event time. */
    public static final byte GAP = 0;

    /** The payload kind of a Kafka record batch, the only one into which the log writes. */
    public static final byte KAFKA_BATCH = 2;

    /** The payload kind of a marker that commits a transaction; it takes one offset. */
    public static final byte COMMIT = -1;
    /** The payload kind of a marker that aborts a transaction; it takes one offset. */
    public static final byte ABORT = -2;

    static final short TRANSACTIONAL = 1;
    static final int MAGIC = 0x31465754;
    static final byte VERSION = 1;

    static final int VERSION_AT = 4;
    static final int KIND_AT = 5;
    static final int FLAGS_AT = 6;
    static final int PAYLOAD_LENGTH_AT = 8;
    static final int ROW_COUNT_AT = 12;
    static final int STREAM_AT = 16;
    static final int PARTITION_AT = 24;
    static final int CHECKSUM_AT = 28;
    static final int BASE_OFFSET_AT = 32;
    static final int MIN_EVENT_TIME_AT = 40;
    static final int MAX_EVENT_TIME_AT = 48;
    static final int MAX_EVENT_TIME_BEFORE_AT = 56;
    static final int DURABLE_UP_TO_AT = 64;
    static final int APPENDED_AT_AT = 72;
    static final int PRODUCER_ID_AT = 80;
    static final int PRODUCER_EPOCH_AT = 88;
    static final int PRODUCER_SEQUENCE_AT = 92;

    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    /** Where the log writes the leader epoch into a Kafka batch, which begins with the base offset. */
    static final int KAFKA_EPOCH_AT = HEADER_BYTES + 12;
    /** What of a Kafka batch the log may write, and so sums last. */
    static final int KAFKA_STAMPED_BYTES = 16;

    static final VarHandle KAFKA_LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    static final VarHandle KAFKA_INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private static final byte[] ZERO = new byte[Integer.BYTES];

    private FrameFormat() {}

    /** The length of a frame with its header and padding. */
    public static int frameBytes(int payloadBytes) {
        return Math.addExact(HEADER_BYTES + ALIGNMENT - 1, payloadBytes) & -ALIGNMENT;
    }

    /** Whether a frame may start here; cheap, for a search. Needs 4 readable bytes. */
    public static boolean startsLikeFrame(byte[] bytes, int start) {
        return (int) INT.get(bytes, start) == MAGIC;
    }

    /**
     * Whether the header can be one of this partition's; false for any length that must not be believed. Needs
     * {@link #HEADER_BYTES} readable bytes.
     */
    public static boolean isPlausibleHeader(byte[] bytes, int start, FrameOwner owner) {
        int payloadLength = (int) INT.get(bytes, start + PAYLOAD_LENGTH_AT);
        return startsLikeFrame(bytes, start)
                && bytes[start + VERSION_AT] == VERSION
                && payloadLength >= 0
                && payloadLength <= MAX_PAYLOAD_BYTES
                && (int) INT.get(bytes, start + ROW_COUNT_AT) >= 1
                && (long) LONG.get(bytes, start + BASE_OFFSET_AT) >= 0
                && hasPlausibleProducer(bytes, start)
                && (long) LONG.get(bytes, start + STREAM_AT) == owner.streamId()
                && (int) INT.get(bytes, start + PARTITION_AT) == owner.partition();
    }

    private static boolean hasPlausibleProducer(byte[] bytes, int start) {
        return (long) LONG.get(bytes, start + PRODUCER_ID_AT) < 0
                || (short) SHORT.get(bytes, start + PRODUCER_EPOCH_AT) >= 0
                        && (int) INT.get(bytes, start + PRODUCER_SEQUENCE_AT) >= 0;
    }

    /** The length of the frame whose plausible header is here. */
    public static int frameBytesAt(byte[] bytes, int start) {
        return frameBytes((int) INT.get(bytes, start + PAYLOAD_LENGTH_AT));
    }

    /** Whether the whole frame is as it was written. Needs a plausible header and all of the frame's bytes. */
    public static boolean checksumMatches(byte[] bytes, int start, FrameOwner owner) {
        CRC32C checksum = new CRC32C();
        sumPayload(checksum, bytes, start, frameBytesAt(bytes, start));
        return finish(checksum, bytes, start, owner) == (int) INT.get(bytes, start + CHECKSUM_AT);
    }

    /** Begins the checksum with what is known of payload and padding before the frame has its place. */
    static void sumPayload(CRC32C checksum, byte[] bytes, int start, int frameBytes) {
        int before = HEADER_BYTES + stampedBytes(bytes, start);
        checksum.update(bytes, start + before, frameBytes - before);
    }

    private static int stampedBytes(byte[] bytes, int start) {
        boolean stamped = bytes[start + KIND_AT] == KAFKA_BATCH
                && (int) INT.get(bytes, start + PAYLOAD_LENGTH_AT) >= KAFKA_STAMPED_BYTES;
        return stamped ? KAFKA_STAMPED_BYTES : 0;
    }

    /** Completes the checksum of payload and padding with the partition, the header and what the log wrote. */
    static int finish(CRC32C checksum, byte[] bytes, int start, FrameOwner owner) {
        checksum.update(owner.checksumSeed());
        checksum.update(bytes, start, CHECKSUM_AT);
        checksum.update(ZERO);
        int after = CHECKSUM_AT + Integer.BYTES;
        checksum.update(bytes, start + after, HEADER_BYTES - after + stampedBytes(bytes, start));
        return (int) checksum.getValue();
    }
}
