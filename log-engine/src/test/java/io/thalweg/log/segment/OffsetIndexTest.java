package io.thalweg.log.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thalweg.log.frame.FrameOwner;
import io.thalweg.log.segment.OffsetIndex.Entry;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The sparse index of a segment, in memory and as a file. */
class OffsetIndexTest {
    private static final Entry START = new Entry(0, SegmentHeader.BYTES);
    private static final SegmentHeader SEGMENT = SegmentHeader.first(new FrameOwner(1, 2, new UUID(3, 4)), 5);

    private static OffsetIndex index() {
        OffsetIndex index = new OffsetIndex();
        for (int i = 0; i < 1_000; i++) {
            index.add(10L * i, SegmentHeader.BYTES + 1_000L * i);
        }
        return index;
    }

    @Test
    void findsAFrameAtOrALittleBeforeAnOffset() throws DamagedFileException {
        OffsetIndex written = index();
        OffsetIndex read = OffsetIndex.decode(written.encode(SEGMENT, 1_000_128), SEGMENT, 1_000_128);
        for (long offset = 0; offset < 10_000; offset += 3) {
            Entry entry = written.floor(offset, START);
            assertEquals(0, entry.offset() % 10);
            assertEquals(entry.offset() * 100 + SegmentHeader.BYTES, entry.position());
            assertEquals(true, entry.offset() <= offset && offset - entry.offset() <= 10 * 67);
            assertEquals(entry, read.floor(offset, START));
        }
        assertEquals(START, new OffsetIndex().floor(5, START));
    }

    @Test
    void isRefusedForAnotherStateOfTheSegment() {
        ByteBuffer file = index().encode(SEGMENT, 1_000_128);
        assertThrows(DamagedFileException.class, () -> OffsetIndex.decode(file, SEGMENT, 1_000_129));
        SegmentHeader other = SegmentHeader.first(new FrameOwner(1, 2, new UUID(3, 5)), 5);
        assertThrows(DamagedFileException.class, () -> OffsetIndex.decode(file, other, 1_000_128));
    }

    @Test
    void forgetsWhatWasCut() {
        OffsetIndex index = index();
        index.truncate(SegmentHeader.BYTES + 500_000L);
        assertEquals(true, index.floor(9_999, START).position() < SegmentHeader.BYTES + 500_000L);
    }
}
