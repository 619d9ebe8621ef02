package io.thalweg.server.format.parquet;

import io.airlift.compress.Decompressor;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyCompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import io.thalweg.server.format.MalformedFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.format.CompressionCodec;

/** Compresses and decompresses the pages of a file. */
final class PageCodec {
    private PageCodec() {}

    /** The bytes of a page, whose length is known. */
    static byte[] decompress(CompressionCodec codec, byte[] page, int from, int uncompressedSize) throws IOException {
        int length = page.length - from;
        if (codec == CompressionCodec.UNCOMPRESSED) {
            return from == 0 ? page : Arrays.copyOfRange(page, from, page.length);
        }
        if (codec == CompressionCodec.GZIP) {
            try (GZIPInputStream input = new GZIPInputStream(new ByteArrayInputStream(page, from, length))) {
                return whole(input.readNBytes(uncompressedSize), uncompressedSize);
            }
        }
        byte[] target = new byte[uncompressedSize];
        try {
            int size = decompressor(codec).decompress(page, from, length, target, 0, target.length);
            return whole(size == target.length ? target : Arrays.copyOf(target, size), uncompressedSize);
        } catch (MalformedInputException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new MalformedFile("a page is damaged", e);
        }
    }

    private static byte[] whole(byte[] bytes, int size) throws IOException {
        if (bytes.length != size) {
            throw new MalformedFile("a page has another length than it says");
        }
        return bytes;
    }

    private static Decompressor decompressor(CompressionCodec codec) throws IOException {
        return switch (codec) {
            case SNAPPY -> new SnappyDecompressor();
            case ZSTD -> new ZstdDecompressor();
            case LZ4_RAW -> new Lz4Decompressor();
            default -> throw new MalformedFile("its pages are compressed by " + codec + ", which is not supported");
        };
    }

    /** A page compressed by Snappy. */
    static byte[] snappy(byte[] page) {
        SnappyCompressor compressor = new SnappyCompressor();
        byte[] target = new byte[compressor.maxCompressedLength(page.length)];
        return Arrays.copyOf(target, compressor.compress(page, 0, page.length, target, 0, target.length));
    }
}
