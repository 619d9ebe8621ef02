package io.thalweg.log.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.frame.Frame;
import io.thalweg.log.frame.FrameContent;
import io.thalweg.log.frame.FrameDraft;
import io.thalweg.log.frame.FrameOwner;
import io.thalweg.log.frame.ProducerSequence;
import io.thalweg.log.segment.FrameIndex.Entry;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The sparse index of a segment, in memory and as a file. */
class FrameIndexTest {
    private static final FrameOwner OWNER = new FrameOwner(1, 2, new UUID(3, 4));
    private static final SegmentHeader SEGMENT = SegmentHeader.first(OWNER, Long.MIN_VALUE, 5);

    private static FrameIndex index() {
        FrameIndex index = new FrameIndex();
        FrameContent content = new FrameContent((byte) 1, ByteBuffer.allocate(0), 10, 0, 0, ProducerSequence.NONE);
        Frame frame = new Frame();
        for (int i = 0; i < 1_000; i++) {
            frame.moveTo(new FrameDraft(OWNER, content).seal(10L * i, 5L * i, 0, 7L * i), 0);
            index.add(frame, SegmentHeader.BYTES + 1_000L * i);
        }
        return index;
    }

    @Test
    void findsAFrameAtOrALittleBeforeAnOffset() throws DamagedFileException {
        FrameIndex written = index();
        FrameIndex read = FrameIndex.decode(written.encode(SEGMENT, 1_000_128), SEGMENT, 1_000_128);
        for (long offset = 0; offset < 10_000; offset += 3) {
            Entry entry = written.floor(offset).orElseThrow();
            assertEquals(0, entry.offset() % 10);
            assertEquals(entry.offset() * 100 + SegmentHeader.BYTES, entry.position());
            assertTrue(entry.offset() <= offset && offset - entry.offset() <= 10 * 67);
            assertEquals(entry, read.floor(offset).orElseThrow());
        }
        assertEquals(Optional.empty(), new FrameIndex().floor(5));
        assertEquals(Optional.empty(), written.floor(-1));
    }

    @Test
    void findsAFrameALittleBeforeATime() {
        FrameIndex index = index();
        for (long time = 1; time < 7_000; time += 3) {
            Entry byAppend = index.lastBelow(Entry::appendedAtMicros, time).orElseThrow();
            assertTrue(byAppend.appendedAtMicros() < time && time - byAppend.appendedAtMicros() <= 7 * 67);
            Entry byEvent = index.lastBelow(Entry::maxEventTimeBefore, time).orElseThrow();
            assertTrue(byEvent.maxEventTimeBefore() < time);
            assertEquals(byEvent.maxEventTimeBefore() * 2, byEvent.offset());
        }
        assertEquals(Optional.empty(), index.lastBelow(Entry::appendedAtMicros, 0));
    }

    @Test
    void isRefusedForAnotherStateOfTheSegment() {
        ByteBuffer file = index().encode(SEGMENT, 1_000_128);
        assertThrows(DamagedFileException.class, () -> FrameIndex.decode(file, SEGMENT, 1_000_129));
        SegmentHeader other = SegmentHeader.first(new FrameOwner(1, 2, new UUID(3, 5)), Long.MIN_VALUE, 5);
        assertThrows(DamagedFileException.class, () -> FrameIndex.decode(file, other, 1_000_128));
    }
}
