package io.thalweg.log.kafka;

import io.thalweg.log.kafka.BatchRefusedException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * The records of a batch as a stream of bytes that is never longer than a bound, whatever a decompressor makes of a few
 * bytes. One thread.
 */
final class RecordBytes {
    private static final int CHUNK_BYTES = 8 * 1024;
    private static final int VARINT_BYTES = 5;
    private static final int VARLONG_BYTES = 10;

    private final InputStream source;
    private final long maxBytes;
    private byte[] chunk;
    private int at;
    private int end;
    /** The bytes in all chunks so far. */
    private long filled;

    /** Bytes that are in memory. */
    RecordBytes(ByteBuffer records) {
        this.source = InputStream.nullInputStream();
        this.maxBytes = records.remaining();
        if (records.hasArray()) {
            this.chunk = records.array();
            this.at = records.arrayOffset() + records.position();
        } else {
            this.chunk = new byte[records.remaining()];
            records.duplicate().get(chunk);
        }
        this.end = at + records.remaining();
        this.filled = records.remaining();
    }

    /** Bytes that come out of a decompressor. */
    RecordBytes(InputStream source, long maxBytes) {
        this.source = source;
        this.maxBytes = maxBytes;
        this.chunk = new byte[CHUNK_BYTES];
    }

    /** How many bytes were read or skipped. */
    long position() {
        return filled - (end - at);
    }

    /** Whether there is nothing more; reads ahead. */
    boolean isAtEnd() throws IOException {
        return at == end && !fill();
    }

    byte readByte() throws IOException {
        if (at == end && !fill()) {
            throw ended();
        }
        return chunk[at++];
    }

    /** A number of at most 32 bits whose sign is in its lowest bit. */
    int readVarint() throws IOException {
        long raw = readRaw(VARINT_BYTES);
        if (raw >>> Integer.SIZE != 0) {
            throw invalid("a number is longer than 32 bits");
        }
        int value = (int) raw;
        return (value >>> 1) ^ -(value & 1);
    }

    /** A number of at most 64 bits whose sign is in its lowest bit. */
    long readVarlong() throws IOException {
        long raw = readRaw(VARLONG_BYTES);
        return (raw >>> 1) ^ -(raw & 1);
    }

    private long readRaw(int maxLength) throws IOException {
        long value = 0;
        for (int i = 0; i < maxLength; i++) {
            byte next = readByte();
            value |= (long) (next & 0x7f) << (7 * i);
            if (next >= 0) {
                return value;
            }
        }
        throw invalid("a number does not end");
    }

    void skip(long count) throws IOException {
        long left = count;
        while (left > 0) {
            if (at == end && !fill()) {
                throw ended();
            }
            int step = (int) Math.min(left, end - at);
            at += step;
            left -= step;
        }
    }

    /** Bytes as an array of their own; the count must have been checked against a bound. */
    byte[] read(int count) throws IOException {
        byte[] copy = new byte[count];
        int done = 0;
        while (done < count) {
            if (at == end && !fill()) {
                throw ended();
            }
            int step = Math.min(count - done, end - at);
            System.arraycopy(chunk, at, copy, done, step);
            at += step;
            done += step;
        }
        return copy;
    }

    private boolean fill() throws IOException {
        int count = readSource(filled < maxBytes ? (int) Math.min(chunk.length, maxBytes - filled) : 1);
        if (count <= 0) {
            return false;
        }
        filled += count;
        if (filled > maxBytes) {
            throw new BatchRefusedException(
                    Reason.TOO_LARGE, "its records take more than " + maxBytes + " bytes without compression");
        }
        at = 0;
        end = count;
        return true;
    }

    /** A codec may throw anything when the bytes are not what they should be. */
    private int readSource(int length) throws IOException {
        try {
            return source.read(chunk, 0, length);
        } catch (RuntimeException e) {
            throw new IOException("the codec failed", e);
        }
    }

    static BatchRefusedException invalid(String what) {
        return new BatchRefusedException(Reason.INVALID_RECORD, what);
    }

    private static BatchRefusedException ended() {
        return invalid("its records end early");
    }
}
