package io.thalweg.server.query;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.lz4.Lz4Compressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.thalweg.model.delta.BlockCompression;

/** LZ4 by a library in plain Java. Thread-safe: what is not shared costs 16 KiB a call of the writer. */
final class Lz4Compression implements BlockCompression {
    static final Lz4Compression INSTANCE = new Lz4Compression();

    private Lz4Compression() {}

    @Override
    public int compress(byte[] source, int length, byte[] target) {
        Lz4Compressor compressor = new Lz4Compressor();
        // The library wants room for the worst case before it begins.
        byte[] room = new byte[compressor.maxCompressedLength(length)];
        int size = compressor.compress(source, 0, length, room, 0, room.length);
        if (size > target.length) {
            return -1;
        }
        System.arraycopy(room, 0, target, 0, size);
        return size;
    }

    @Override
    public int decompress(byte[] source, int start, int length, byte[] target) {
        try {
            return new Lz4Decompressor().decompress(source, start, length, target, 0, target.length);
        } catch (MalformedInputException | IllegalArgumentException damaged) {
            return -1;
        }
    }
}
