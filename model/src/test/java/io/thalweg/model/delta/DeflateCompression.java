package io.thalweg.model.delta;

import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** A compression that the JDK has, in the place of the one that the server brings. */
final class DeflateCompression implements BlockCompression {
    @Override
    public int compress(byte[] source, int length, byte[] target) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(source, 0, length);
            deflater.finish();
            int size = deflater.deflate(target);
            return deflater.finished() ? size : -1;
        } finally {
            deflater.end();
        }
    }

    @Override
    public int decompress(byte[] source, int start, int length, byte[] target) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(source, start, length);
            int size = inflater.inflate(target);
            return inflater.finished() ? size : -1;
        } catch (DataFormatException e) {
            return -1;
        } finally {
            inflater.end();
        }
    }
}
