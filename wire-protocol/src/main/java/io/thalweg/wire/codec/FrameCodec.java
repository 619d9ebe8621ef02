package io.thalweg.wire.codec;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Frames on a stream of bytes: an int length, most significant byte first, then so many bytes, of which the first is the
 * type of the message. The length is at least 1 and does not count itself.
 */
public final class FrameCodec {
    /** The bytes of the length field. */
    public static final int LENGTH_BYTES = Integer.BYTES;

    /** What is allocated before any byte of a frame's body has come. */
    private static final int FIRST_ALLOCATION = 16 << 10;

    private FrameCodec() {}

    /** Checks the length field of a frame; throws PROTOCOL_VIOLATION if it is not between 1 and the limit. */
    public static void checkLength(int length, int limit) {
        if (length < 1 || length > limit) {
            throw new ThalwegException(
                    ErrorCode.PROTOCOL_VIOLATION,
                    "frame of " + Integer.toUnsignedString(length) + " bytes, where 1 to " + limit + " are allowed");
        }
    }

    /** Writes the remaining bytes of a frame that has an array, with its length before it. Does not flush. */
    public static void write(OutputStream out, ByteBuffer frame) throws IOException {
        int length = frame.remaining();
        out.write(length >>> 24);
        out.write(length >>> 16);
        out.write(length >>> 8);
        out.write(length);
        out.write(frame.array(), frame.arrayOffset() + frame.position(), length);
    }

    /**
     * Waits for the next frame. Memory is taken as the bytes come, so a length field alone costs nothing.
     *
     * @param limit the longest frame that is accepted
     * @return nothing if the stream ends between two frames
     */
    public static Optional<ByteBuffer> read(InputStream in, int limit) throws IOException {
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        int length = first;
        for (int i = 1; i < LENGTH_BYTES; i++) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("stream ends within the length of a frame");
            }
            length = length << 8 | next;
        }
        checkLength(length, limit);
        return Optional.of(ByteBuffer.wrap(readBody(in, length), 0, length));
    }

    private static byte[] readBody(InputStream in, int length) throws IOException {
        byte[] body = new byte[Math.min(length, FIRST_ALLOCATION)];
        int received = 0;
        while (received < length) {
            if (received == body.length) {
                body = Arrays.copyOf(body, (int) Math.min(length, received * 2L));
            }
            int count = in.read(body, received, body.length - received);
            if (count < 0) {
                throw new EOFException("stream ends within a frame");
            }
            received += count;
        }
        return body;
    }
}
