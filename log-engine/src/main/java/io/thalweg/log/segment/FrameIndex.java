package io.thalweg.log.segment;

import io.thalweg.log.frame.Frame;
import io.thalweg.log.frame.FrameOwner;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToLongFunction;

/**
 * Finds the frame to start at for an offset or a time: one entry for about every {@link #INTERVAL_BYTES} of a segment.
 * It is a hint that can be lost or rebuilt at any time; whoever uses it checks the frame it points to. Thread-safe: one
 * thread adds, many look up.
 *
 * <p>The file:
 *
 * <pre>
 *   0  magic "TWIX", version 2, length, CRC32C   ({@link ChecksummedBytes})
 *  16  long  incarnation of the partition, high half
 *  24  long  incarnation of the partition, low half
 *  32  long  base offset of the segment
 *  40  long  bytes of the segment that are indexed
 *  48  per entry: long offset, long position, long greatest event time of all earlier offsets, long append time of the
 *      frame; all four ascending
 * </pre>
 */
public final class FrameIndex {
    /** The distance between two entries. */
    public static final int INTERVAL_BYTES = 64 * 1024;

    private static final int MAGIC = 0x58495754;
    private static final int VERSION = 2;
    private static final int FIXED_BYTES = 48;
    private static final int ENTRY_BYTES = 4 * Long.BYTES;

    /** Guarded by this. */
    private final List<Entry> entries = new ArrayList<>();

    /** A frame that an index names: where it is, and the times that it and what is before it have. */
    public record Entry(long offset, long position, long maxEventTimeBefore, long appendedAtMicros) {}

    /** Notes a frame, if the last entry is far enough away. */
    public void add(Frame frame, long position) {
        add(new Entry(frame.baseOffset(), position, frame.maxEventTimeBefore(), frame.appendedAtMicros()));
    }

    private synchronized void add(Entry entry) {
        if (entries.isEmpty()
                || entry.position() - entries.get(entries.size() - 1).position() >= INTERVAL_BYTES) {
            entries.add(entry);
        }
    }

    /** Notes all entries of an index of later frames. */
    public void addAll(FrameIndex later) {
        later.copy().forEach(this::add);
    }

    /** The last entry at or below an offset, if there is one. */
    public Optional<Entry> floor(long offset) {
        return offset == Long.MAX_VALUE ? lastBelow(Entry::offset, offset) : lastBelow(Entry::offset, offset + 1);
    }

    /** The last entry with a time, or whatever ascends with the entries, below a limit. */
    public synchronized Optional<Entry> lastBelow(ToLongFunction<Entry> ascending, long limit) {
        int count = countBelow(ascending, limit);
        return count == 0 ? Optional.empty() : Optional.of(entries.get(count - 1));
    }

    /** The bytes of the index file of a segment that is indexed up to a position. */
    public synchronized ByteBuffer encode(SegmentHeader segment, long indexedBytes) {
        UUID incarnation = segment.owner().incarnation();
        ByteBuffer block = ChecksummedBytes.allocate(MAGIC, VERSION, FIXED_BYTES + entries.size() * ENTRY_BYTES)
                .putLong(incarnation.getMostSignificantBits())
                .putLong(incarnation.getLeastSignificantBits())
                .putLong(segment.baseOffset())
                .putLong(indexedBytes);
        for (Entry entry : entries) {
            block.putLong(entry.offset())
                    .putLong(entry.position())
                    .putLong(entry.maxEventTimeBefore())
                    .putLong(entry.appendedAtMicros());
        }
        return ChecksummedBytes.seal(block);
    }

    /** Reads an index file; fails unless it belongs to this segment and covers exactly so many bytes of it. */
    public static FrameIndex decode(ByteBuffer bytes, SegmentHeader segment, long indexedBytes)
            throws DamagedFileException {
        return ChecksummedBytes.read(bytes, MAGIC, VERSION, "frame index", block -> read(block, segment, indexedBytes));
    }

    private static FrameIndex read(ByteBuffer block, SegmentHeader segment, long indexedBytes)
            throws DamagedFileException {
        FrameOwner owner = segment.owner();
        boolean matches = block.remaining() >= FIXED_BYTES - ChecksummedBytes.PREFIX_BYTES
                && block.getLong() == owner.incarnation().getMostSignificantBits()
                && block.getLong() == owner.incarnation().getLeastSignificantBits()
                && block.getLong() == segment.baseOffset()
                && block.getLong() == indexedBytes;
        if (!matches) {
            throw new DamagedFileException("frame index belongs to another state of the segment");
        }
        FrameIndex index = new FrameIndex();
        while (block.remaining() >= ENTRY_BYTES) {
            Entry entry = new Entry(block.getLong(), block.getLong(), block.getLong(), block.getLong());
            if (entry.offset() < segment.baseOffset()
                    || entry.position() < SegmentHeader.BYTES
                    || entry.position() >= indexedBytes) {
                throw new DamagedFileException("frame index points outside of its segment");
            }
            index.add(entry);
        }
        return index;
    }

    private int countBelow(ToLongFunction<Entry> ascending, long limit) {
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending.applyAsLong(entries.get(middle)) < limit) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private synchronized List<Entry> copy() {
        return List.copyOf(entries);
    }
}
