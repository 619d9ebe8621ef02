package io.thalweg.wire.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.wire.WireLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrameCodecTest {
    @Test
    void framesComeBackOneByOne() throws IOException {
        byte[] large = new byte[100_000];
        large[99_999] = 7;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FrameCodec.write(out, ByteBuffer.wrap(new byte[] {9, 1, 2, 9}, 1, 2));
        FrameCodec.write(out, ByteBuffer.wrap(large));
        InputStream in = new OneByteAtATime(out.toByteArray());
        assertArrayEquals(new byte[] {1, 2}, bytes(FrameCodec.read(in, 1_000_000)));
        assertArrayEquals(large, bytes(FrameCodec.read(in, 1_000_000)));
        assertEquals(Optional.empty(), FrameCodec.read(in, 1_000_000));
    }

    @Test
    void lengthsOutOfBoundsAreViolations() {
        for (int length : new int[] {0, -1, Integer.MIN_VALUE, WireLimits.MAX_HANDSHAKE_FRAME_BYTES + 1}) {
            byte[] bytes = ByteBuffer.allocate(8).putInt(length).array();
            ThalwegException error = assertThrows(
                    ThalwegException.class,
                    () -> FrameCodec.read(new ByteArrayInputStream(bytes), WireLimits.MAX_HANDSHAKE_FRAME_BYTES));
            assertEquals(ErrorCode.PROTOCOL_VIOLATION, error.code());
        }
    }

    @Test
    void endWithinAFrameIsAnError() {
        byte[] bytes = {0, 0, 0, 3, 1, 2};
        for (int length = 1; length < bytes.length; length++) {
            InputStream in = new ByteArrayInputStream(bytes, 0, length);
            assertThrows(EOFException.class, () -> FrameCodec.read(in, 10));
        }
    }

    @Test
    void memoryIsTakenOnlyAsBytesCome() {
        byte[] bytes =
                ByteBuffer.allocate(10).putInt(WireLimits.MAX_FRAME_BYTES).array();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(id);
        assertThrows(
                EOFException.class, () -> FrameCodec.read(new ByteArrayInputStream(bytes), WireLimits.MAX_FRAME_BYTES));
        long allocated = threads.getThreadAllocatedBytes(id) - before;
        assertTrue(allocated < 1 << 20, () -> allocated + " bytes allocated");
    }

    private static byte[] bytes(Optional<ByteBuffer> frame) {
        byte[] bytes = new byte[frame.orElseThrow().remaining()];
        frame.get().get(bytes);
        return bytes;
    }

    /** A stream that gives as little as it may. */
    private static final class OneByteAtATime extends ByteArrayInputStream {
        OneByteAtATime(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, 1));
        }
    }
}
