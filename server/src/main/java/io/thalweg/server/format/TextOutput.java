package io.thalweg.server.format;

import io.thalweg.runtime.expression.function.Slice;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of text on their way into a stream, gathered so that the stream is asked seldom. One owner thread. */
final class TextOutput {
    private static final int PASS_ON_BYTES = 1 << 16;

    private final OutputStream target;
    private byte[] bytes = new byte[PASS_ON_BYTES + 1_024];
    private int length;

    TextOutput(OutputStream target) {
        this.target = target;
    }

    void put(char ascii) {
        reserve(1);
        bytes[length++] = (byte) ascii;
    }

    void put(byte value) {
        reserve(1);
        bytes[length++] = value;
    }

    void put(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        put(encoded, 0, encoded.length);
    }

    void put(Slice text) {
        put(text.data, text.start, text.length);
    }

    void put(byte[] data, int start, int count) {
        reserve(count);
        System.arraycopy(data, start, bytes, length, count);
        length += count;
    }

    private void reserve(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, count)));
        }
    }

    /** Passes on what has been gathered, if it is enough. To be called after each row. */
    void passOn() throws IOException {
        if (length >= PASS_ON_BYTES) {
            flush();
        }
    }

    void flush() throws IOException {
        target.write(bytes, 0, length);
        length = 0;
        target.flush();
    }
}
