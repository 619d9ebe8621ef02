package io.thalweg.server.format;

import java.io.InputStream;

/** Hands out one slice of bytes after the other, as if each were all there is. One owner thread. */
final class SliceInput extends InputStream {
    private byte[] data = {};
    private int position;
    private int end;
    private long served;

    /** The next bytes; what is left of those before is forgotten. */
    void feed(byte[] newData, int start, int length) {
        data = newData;
        position = start;
        end = start + length;
    }

    /** Counts from here on. */
    void begin() {
        served = 0;
    }

    /** How many bytes have been handed out. */
    long served() {
        return served;
    }

    @Override
    public int read() {
        if (position == end) {
            return -1;
        }
        served++;
        return data[position++] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (position == end) {
            return -1;
        }
        int count = Math.min(length, end - position);
        System.arraycopy(data, position, target, offset, count);
        position += count;
        served += count;
        return count;
    }
}
