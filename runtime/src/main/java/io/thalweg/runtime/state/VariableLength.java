package io.thalweg.runtime.state;

/** The length before a byte string: one byte below 255, otherwise the byte 255 and four more. */
final class VariableLength {
    private static final int ESCAPE = 255;

    private VariableLength() {}

    /** How many bytes the length itself takes. */
    static int bytes(int length) {
        return length < ESCAPE ? 1 : 1 + Integer.BYTES;
    }

    /** How many bytes the string whose length is at a position takes with its length. */
    static int total(byte[] data, int position) {
        int length = read(data, position);
        return bytes(length) + length;
    }

    /** Writes a length; the result is the position behind it. */
    static int write(byte[] data, int position, int length) {
        if (length < ESCAPE) {
            data[position] = (byte) length;
            return position + 1;
        }
        data[position] = (byte) ESCAPE;
        ByteWords.setInt(data, position + 1, length);
        return position + 1 + Integer.BYTES;
    }

    static int read(byte[] data, int position) {
        int first = data[position] & 0xFF;
        return first < ESCAPE ? first : ByteWords.getInt(data, position + 1);
    }
}
