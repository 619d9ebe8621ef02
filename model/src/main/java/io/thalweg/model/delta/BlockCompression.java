package io.thalweg.model.delta;

/**
 * LZ4 in its block form, without a frame, for the texts of stored blocks. The model only says what it needs; whoever
 * stores blocks brings a library. Thread-safe.
 */
public interface BlockCompression {
    /** Stands for a reader and writer of blocks that are never compressed, as on the wire. */
    BlockCompression NONE = new BlockCompression() {
        @Override
        public int compress(byte[] source, int length, byte[] target) {
            return -1;
        }

        @Override
        public int decompress(byte[] source, int start, int length, byte[] target) {
            return -1;
        }
    };

    /**
     * Compresses the first bytes of an array.
     *
     * @param target as long as a result that is worth it
     * @return how long the result is; -1 if it does not fit
     */
    int compress(byte[] source, int length, byte[] target);

    /** Restores bytes; returns how many, or -1 if the source is no result of compression or does not fit. */
    int decompress(byte[] source, int start, int length, byte[] target);
}
