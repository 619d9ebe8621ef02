package io.thalweg.wire.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.wire.message.ClientMessage;
import io.thalweg.wire.message.Rows;
import io.thalweg.wire.message.ServerMessage;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whatever the bytes of a frame are, decoding gives a message or PROTOCOL_VIOLATION, and takes little memory. */
class MutatedFrameTest {
    private static final long SEED = 20_261_123;
    private static final int ROUNDS = 2_000;
    private static final Consumer<ByteBuffer> CLIENT = MessageCodec::decodeClientMessage;
    private static final Consumer<ByteBuffer> SERVER = MutatedFrameTest::decodeWithRows;

    @Test
    void truncatedFramesAreViolations() {
        for (byte[] frame : clientFrames()) {
            // A block is what is left of its frame, and only checked when it is decoded.
            int certain = frame[0] == 'x' ? 20 : frame.length;
            for (int length = 0; length < certain; length++) {
                assertViolation(Arrays.copyOf(frame, length), MessageCodec::decodeClientMessage);
            }
        }
        for (byte[] frame : serverFrames()) {
            int certain = frame[0] == 'D' ? 2 : frame.length;
            for (int length = 0; length < certain; length++) {
                assertViolation(Arrays.copyOf(frame, length), MessageCodec::decodeServerMessage);
            }
        }
    }

    @Test
    void mutatedFramesAreMessagesOrErrors() {
        Random random = new Random(SEED);
        for (byte[] frame : clientFrames()) {
            mutate(frame, random, CLIENT);
        }
        for (byte[] frame : serverFrames()) {
            mutate(frame, random, SERVER);
        }
    }

    private static void mutate(byte[] frame, Random random, Consumer<ByteBuffer> decoder) {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] mutated = Arrays.copyOf(frame, frame.length + random.nextInt(3));
            int changes = 1 + random.nextInt(4);
            for (int i = 0; i < changes; i++) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            tryDecode(mutated, decoder);
        }
    }

    @Test
    void randomFramesAreMessagesOrErrors() {
        Random random = new Random(SEED);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            tryDecode(bytes, CLIENT);
            tryDecode(bytes, SERVER);
        }
    }

    private static void tryDecode(byte[] bytes, Consumer<ByteBuffer> decoder) {
        try {
            decoder.accept(ByteBuffer.wrap(bytes));
        } catch (ThalwegException e) {
            assertTrue(
                    e.code() == ErrorCode.PROTOCOL_VIOLATION || e.code() == ErrorCode.DATA_CORRUPTED,
                    () -> "seed " + SEED + ", bytes " + Arrays.toString(bytes) + ": " + e);
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + SEED + ", bytes " + Arrays.toString(bytes), e);
        }
    }

    @Test
    void lengthsAllocateNothing() {
        // A string, a map and a list that claim two thousand million elements.
        byte[] string = {'p', 1, -1, -1, -1, -1, 7, 'x'};
        byte[] map = {'H', 0x54, 0x48, 0x4C, 0x57, 1, 1, 'x', -1, -1, -1, -1, 7, 1, 'a'};
        byte[] list = {'P', 1, 0, -1, -1, -1, -1, 7, 0, 0, 0, 0};
        long allocated = allocatedBy(() -> {
            assertViolation(string, MessageCodec::decodeClientMessage);
            assertViolation(map, MessageCodec::decodeClientMessage);
            assertViolation(list, MessageCodec::decodeServerMessage);
        });
        assertTrue(allocated < 1 << 20, () -> allocated + " bytes allocated");
    }

    private static long allocatedBy(Runnable action) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(id);
        action.run();
        return threads.getThreadAllocatedBytes(id) - before;
    }

    private static void assertViolation(byte[] bytes, Consumer<ByteBuffer> decoder) {
        ThalwegException error = assertThrows(
                ThalwegException.class, () -> decoder.accept(ByteBuffer.wrap(bytes)), () -> Arrays.toString(bytes));
        assertEquals(ErrorCode.PROTOCOL_VIOLATION, error.code());
    }

    private static void decodeWithRows(ByteBuffer frame) {
        if (MessageCodec.decodeServerMessage(frame) instanceof Rows rows) {
            rows.rows().decode();
        }
    }

    private static List<byte[]> clientFrames() {
        List<byte[]> frames = new ArrayList<>();
        for (ClientMessage message : SampleMessages.client()) {
            frames.add(bytes(MessageCodec.encode(message)));
        }
        return frames;
    }

    private static List<byte[]> serverFrames() {
        List<byte[]> frames = new ArrayList<>();
        for (ServerMessage message : SampleMessages.server()) {
            frames.add(bytes(MessageCodec.encode(message)));
        }
        return frames;
    }

    private static byte[] bytes(ByteBuffer frame) {
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }
}
