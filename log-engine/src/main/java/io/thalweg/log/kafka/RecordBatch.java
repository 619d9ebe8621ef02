package io.thalweg.log.kafka;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The header of a Kafka record batch of version 2, as a view of its bytes. Nothing is checked here; the accessors are
 * good for any 61 bytes. One thread.
 *
 * <p>All numbers are big-endian.
 *
 * <pre>
 *   0  long   base offset: the offset of the first record; written by the log
 *   8  int    length of what follows this field
 *  12  int    leader epoch; written by the log
 *  16  byte   magic, 2
 *  17  int    CRC32C of everything that follows this field
 *  21  short  attributes: bits 0-2 compression, bit 3 append time instead of create time, bit 4 transactional,
 *             bit 5 control, bit 6 the base timestamp is a delete horizon
 *  23  int    last offset delta
 *  27  long   base timestamp, milliseconds since 1970
 *  35  long   greatest timestamp of a record
 *  43  long   producer id, or -1
 *  51  short  producer epoch, or -1
 *  53  int    base sequence, or -1
 *  57  int    number of records
 *  61         records, see {@link RecordReader}; compressed together if at all
 * </pre>
 */
public final class RecordBatch {
    /** The length of the header. */
    public static final int HEADER_BYTES = 61;
    /** What the length field does not count: itself and what is before it. */
    public static final int LENGTH_OVERHEAD = 12;
    /** Stands for no timestamp, no producer and no sequence. */
    public static final int NONE = -1;

    static final byte MAGIC = 2;
    static final int LENGTH_AT = 8;
    static final int EPOCH_AT = 12;
    static final int MAGIC_AT = 16;
    static final int CHECKSUM_AT = 17;
    static final int ATTRIBUTES_AT = 21;
    static final int LAST_DELTA_AT = 23;
    static final int BASE_TIMESTAMP_AT = 27;
    static final int MAX_TIMESTAMP_AT = 35;
    static final int PRODUCER_ID_AT = 43;
    static final int PRODUCER_EPOCH_AT = 51;
    static final int SEQUENCE_AT = 53;
    static final int COUNT_AT = 57;

    static final int COMPRESSION_BITS = 7;
    static final int APPEND_TIME = 1 << 3;
    static final int TRANSACTIONAL = 1 << 4;
    static final int CONTROL = 1 << 5;
    static final int DELETE_HORIZON = 1 << 6;

    private final ByteBuffer bytes;

    private RecordBatch(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** A view of the bytes from position to limit, which are left alone; at least a header. */
    public static RecordBatch view(ByteBuffer batch) {
        if (batch.remaining() < HEADER_BYTES) {
            throw new IllegalArgumentException("no Kafka batch has " + batch.remaining() + " bytes");
        }
        return new RecordBatch(batch.slice().order(ByteOrder.BIG_ENDIAN));
    }

    public long baseOffset() {
        return bytes.getLong(0);
    }

    /** The length of the whole batch, as it says itself. */
    public long lengthBytes() {
        return (long) bytes.getInt(LENGTH_AT) + LENGTH_OVERHEAD;
    }

    public int leaderEpoch() {
        return bytes.getInt(EPOCH_AT);
    }

    public byte magic() {
        return bytes.get(MAGIC_AT);
    }

    private int attributes() {
        return bytes.getShort(ATTRIBUTES_AT);
    }

    /** How the records are compressed; empty for a code that Kafka has not given out. */
    public Optional<BatchCompression> compression() {
        return BatchCompression.ofCode(attributes() & COMPRESSION_BITS);
    }

    /** Whether all records have the greatest timestamp, which the log set. */
    public boolean hasAppendTime() {
        return (attributes() & APPEND_TIME) != 0;
    }

    public boolean isTransactional() {
        return (attributes() & TRANSACTIONAL) != 0;
    }

    /** Whether this is written by the log itself, such as the marker of a transaction. */
    public boolean isControl() {
        return (attributes() & CONTROL) != 0;
    }

    /** Whether the base timestamp says from when on tombstones may go. */
    public boolean hasDeleteHorizon() {
        return (attributes() & DELETE_HORIZON) != 0;
    }

    public int lastOffsetDelta() {
        return bytes.getInt(LAST_DELTA_AT);
    }

    public long baseTimestamp() {
        return bytes.getLong(BASE_TIMESTAMP_AT);
    }

    public long maxTimestamp() {
        return bytes.getLong(MAX_TIMESTAMP_AT);
    }

    public long producerId() {
        return bytes.getLong(PRODUCER_ID_AT);
    }

    public short producerEpoch() {
        return bytes.getShort(PRODUCER_EPOCH_AT);
    }

    public int baseSequence() {
        return bytes.getInt(SEQUENCE_AT);
    }

    /** The number of records. */
    public int count() {
        return bytes.getInt(COUNT_AT);
    }

    /** What follows the header. */
    public ByteBuffer records() {
        return bytes.slice(HEADER_BYTES, bytes.limit() - HEADER_BYTES);
    }

    /** All bytes. */
    ByteBuffer bytes() {
        return bytes.duplicate().order(ByteOrder.BIG_ENDIAN);
    }

    /** Whether the batch is as it was sent, but for what the log writes. */
    public boolean checksumMatches() {
        return checksum(bytes) == bytes.getInt(CHECKSUM_AT);
    }

    /** The checksum of a whole batch in a buffer of its own. */
    static int checksum(ByteBuffer batch) {
        CRC32C checksum = new CRC32C();
        checksum.update(batch.duplicate().position(ATTRIBUTES_AT));
        return (int) checksum.getValue();
    }

    /** A batch with all records at one time, which the log gives them. */
    RecordBatch withAppendTime(long millis) {
        ByteBuffer copy = copy();
        copy.putShort(ATTRIBUTES_AT, (short) (attributes() | APPEND_TIME));
        return new RecordBatch(withMaxTimestamp(copy, millis));
    }

    /** The same batch with the right greatest timestamp. */
    RecordBatch withMaxTimestamp(long millis) {
        return new RecordBatch(withMaxTimestamp(copy(), millis));
    }

    private static ByteBuffer withMaxTimestamp(ByteBuffer copy, long millis) {
        copy.putLong(MAX_TIMESTAMP_AT, millis);
        return copy.putInt(CHECKSUM_AT, checksum(copy));
    }

    private ByteBuffer copy() {
        return ByteBuffer.allocate(bytes.limit()).put(bytes.duplicate()).flip().order(ByteOrder.BIG_ENDIAN);
    }
}
