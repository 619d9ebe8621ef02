package io.thalweg.log.segment;

import io.thalweg.log.frame.FrameOwner;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Finds the frame to start at for an offset: one entry for about every {@link #INTERVAL_BYTES} of a segment. It is a
 * hint that can be lost or rebuilt at any time; whoever uses it checks the frame it points to. Thread-safe: one thread
 * adds, many look up.
 *
 * <p>The file:
 *
 * <pre>
 *   0  magic "TWIX", version 1, length, CRC32C   ({@link ChecksummedBytes})
 *  16  long  incarnation of the partition, high half
 *  24  long  incarnation of the partition, low half
 *  32  long  base offset of the segment
 *  40  long  bytes of the segment that are indexed
 *  48  per entry: long offset, long position; both ascending
 * </pre>
 */
public final class OffsetIndex {
    /** The distance between two entries. */
    public static final int INTERVAL_BYTES = 64 * 1024;

    private static final int MAGIC = 0x58495754;
    private static final int VERSION = 1;
    private static final int FIXED_BYTES = 48;
    private static final int ENTRY_BYTES = 2 * Long.BYTES;

    /** Guarded by this. */
    private long[] offsets = new long[16];
    /** Guarded by this. */
    private long[] positions = new long[16];
    /** Guarded by this. */
    private int count;

    /** A place that an index names. */
    public record Entry(long offset, long position) {}

    /** Notes a frame, if the last entry is far enough away. */
    public synchronized void add(long offset, long position) {
        if (count > 0 && position - positions[count - 1] < INTERVAL_BYTES) {
            return;
        }
        append(offset, position);
    }

    /** Notes all entries of an index of later frames. */
    public void addAll(OffsetIndex later) {
        for (Entry entry : later.entries()) {
            add(entry.offset(), entry.position());
        }
    }

    private synchronized List<Entry> entries() {
        List<Entry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            entries.add(new Entry(offsets[i], positions[i]));
        }
        return entries;
    }

    /** The last entry at or below an offset, or the fallback when there is none. */
    public synchronized Entry floor(long offset, Entry fallback) {
        int found = Arrays.binarySearch(offsets, 0, count, offset);
        int at = found >= 0 ? found : -found - 2;
        return at < 0 ? fallback : new Entry(offsets[at], positions[at]);
    }

    /** Forgets entries at or above a position, after the file was cut there. */
    public synchronized void truncate(long position) {
        while (count > 0 && positions[count - 1] >= position) {
            count--;
        }
    }

    /** The bytes of the index file of a segment that is indexed up to a position. */
    public synchronized ByteBuffer encode(SegmentHeader segment, long indexedBytes) {
        UUID incarnation = segment.owner().incarnation();
        ByteBuffer block = ChecksummedBytes.allocate(MAGIC, VERSION, FIXED_BYTES + count * ENTRY_BYTES)
                .putLong(incarnation.getMostSignificantBits())
                .putLong(incarnation.getLeastSignificantBits())
                .putLong(segment.baseOffset())
                .putLong(indexedBytes);
        for (int i = 0; i < count; i++) {
            block.putLong(offsets[i]).putLong(positions[i]);
        }
        return ChecksummedBytes.seal(block);
    }

    /** Reads an index file; fails unless it belongs to this segment and covers exactly so many bytes of it. */
    public static OffsetIndex decode(ByteBuffer bytes, SegmentHeader segment, long indexedBytes)
            throws DamagedFileException {
        ByteBuffer block = ChecksummedBytes.open(bytes, MAGIC, VERSION, "offset index");
        FrameOwner owner = segment.owner();
        boolean matches = block.remaining() >= FIXED_BYTES - ChecksummedBytes.PREFIX_BYTES
                && block.getLong() == owner.incarnation().getMostSignificantBits()
                && block.getLong() == owner.incarnation().getLeastSignificantBits()
                && block.getLong() == segment.baseOffset()
                && block.getLong() == indexedBytes;
        if (!matches) {
            throw new DamagedFileException("offset index belongs to another state of the segment");
        }
        OffsetIndex index = new OffsetIndex();
        while (block.remaining() >= ENTRY_BYTES) {
            index.append(block.getLong(), block.getLong());
        }
        return index;
    }

    private synchronized void append(long offset, long position) {
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * count);
            positions = Arrays.copyOf(positions, 2 * count);
        }
        offsets[count] = offset;
        positions[count] = position;
        count++;
    }
}
