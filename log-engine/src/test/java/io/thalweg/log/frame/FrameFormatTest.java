package io.thalweg.log.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The bytes of a frame, which files written years ago depend on. */
class FrameFormatTest {
    private static final FrameOwner OWNER = new FrameOwner(0x2a, 3, new UUID(1, 2));

    private static byte[] frame() {
        ByteBuffer payload = StandardCharsets.UTF_8.encode("hello, log");
        FrameContent content =
                new FrameContent((byte) 1, payload, 5, 1_000, 2_000, new ProducerSequence(77, (short) 8, 9));
        return new FrameDraft(OWNER, content).seal(100, 3_000, 95, 1_700_000_000_000_000L);
    }

    @Test
    void hasTheseBytes() {
        String expected = "54574631" + "01" + "01" + "0000" + "0a000000" + "05000000"
                + "2a00000000000000" + "03000000" + "7d8cdffd"
                + "6400000000000000" + "e803000000000000" + "d007000000000000" + "b80b000000000000"
                + "5f00000000000000" + "00401e18240a0600"
                + "4d00000000000000" + "0800" + "0000" + "09000000"
                + "68656c6c6f2c206c6f67" + "000000000000";
        assertEquals(expected, HexFormat.of().formatHex(frame()));
    }

    @Test
    void servesWhatWasPutIn() {
        Frame frame = new Frame();
        frame.moveTo(frame(), 0);
        assertEquals(1, frame.payloadKind());
        assertEquals(100, frame.baseOffset());
        assertEquals(105, frame.endOffset());
        assertEquals(1_000, frame.minEventTime());
        assertEquals(2_000, frame.maxEventTime());
        assertEquals(3_000, frame.maxEventTimeBefore());
        assertEquals(3_000, frame.maxEventTimeAfter());
        assertEquals(95, frame.durableUpTo());
        assertEquals(new ProducerSequence(77, (short) 8, 9), frame.producer());
        assertEquals(
                "hello, log", StandardCharsets.UTF_8.decode(frame.payload()).toString());
    }

    @Test
    void noticesEveryFlippedBit() {
        byte[] whole = frame();
        assertTrue(isWhole(whole, OWNER));
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(isWhole(flipped, OWNER), "bit " + bit);
        }
    }

    @Test
    void belongsToOneIncarnationOfOnePartition() {
        assertFalse(isWhole(frame(), new FrameOwner(0x2b, 3, new UUID(1, 2))));
        assertFalse(isWhole(frame(), new FrameOwner(0x2a, 4, new UUID(1, 2))));
        assertFalse(isWhole(frame(), new FrameOwner(0x2a, 3, new UUID(2, 1))));
    }

    private static boolean isWhole(byte[] bytes, FrameOwner owner) {
        return FrameFormat.isPlausibleHeader(bytes, 0, owner)
                && FrameFormat.frameBytesAt(bytes, 0) == bytes.length
                && FrameFormat.checksumMatches(bytes, 0, owner);
    }
}
