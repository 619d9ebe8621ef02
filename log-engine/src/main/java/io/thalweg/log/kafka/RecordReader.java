package io.thalweg.log.kafka;

import io.thalweg.log.kafka.BatchRefusedException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the records of a batch and believes nothing. Keys are copied only if asked for; values are never. One
 * thread.
 *
 * <p>The varints of a record have their sign in the lowest bit.
 *
 * <pre>
 *   varint   length of what follows
 *   byte     attributes, unused
 *   varlong  timestamp minus the batch's base timestamp
 *   varint   offset minus the batch's base offset
 *   varint   length of the key, -1 when there is none; key
 *   varint   length of the value, -1 when there is none: then the record is a tombstone; value
 *   varint   number of headers, then per header: varint length of its key, key, varint length of its value, -1 when
 *            there is none, value
 * </pre>
 */
final class RecordReader implements AutoCloseable {
    private final RecordBatch batch;
    private final InputStream source;
    private final RecordBytes bytes;
    private final boolean wantsKeys;
    private int number;
    private long timestamp;
    private int offsetDelta;
    private int keyLength;
    private boolean tombstone;
    private byte @Nullable [] key;

    private RecordReader(RecordBatch batch, InputStream source, RecordBytes bytes, boolean wantsKeys) {
        this.batch = batch;
        this.source = source;
        this.bytes = bytes;
        this.wantsKeys = wantsKeys;
    }

    /**
     * Opens the records of a batch whose header was checked.
     *
     * @param maxBytes bound of the decompressed records
     * @throws BatchRefusedException when they cannot be read
     */
    static RecordReader open(RecordBatch batch, Decompression decompression, long maxBytes, boolean wantsKeys) {
        BatchCompression compression = batch.compression()
                .orElseThrow(() -> new BatchRefusedException(
                        Reason.UNSUPPORTED_COMPRESSION, "its compression is none that Kafka has"));
        if (compression == BatchCompression.NONE) {
            RecordBytes plain = new RecordBytes(batch.records());
            return new RecordReader(batch, InputStream.nullInputStream(), plain, wantsKeys);
        }
        try {
            InputStream opened = decompression.open(compression, new BufferStream(batch.records()));
            return new RecordReader(batch, opened, new RecordBytes(opened, maxBytes), wantsKeys);
        } catch (UnsupportedOperationException e) {
            throw new BatchRefusedException(
                    Reason.UNSUPPORTED_COMPRESSION, "compression " + compression + " is not supported", e);
        } catch (IOException | RuntimeException e) {
            throw unreadable(e);
        }
    }

    /** Moves to the next record; false behind the last one, when nothing is left over. */
    boolean next() {
        try {
            if (number == batch.count()) {
                if (!bytes.isAtEnd()) {
                    throw RecordBytes.invalid("something follows its last record");
                }
                return false;
            }
            number++;
            read();
            return true;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private void read() throws IOException {
        int length = bytes.readVarint();
        long start = bytes.position();
        bytes.readByte();
        timestamp = batch.baseTimestamp() + bytes.readVarlong();
        offsetDelta = bytes.readVarint();
        keyLength = bytes.readVarint();
        requireWithin(keyLength, length);
        key = wantsKeys && keyLength >= 0 ? bytes.read(keyLength) : null;
        if (key == null) {
            bytes.skip(keyLength);
        }
        tombstone = skipValue(length) < 0;
        int headers = bytes.readVarint();
        requireWithin(headers, length);
        for (int i = 0; i < headers; i++) {
            if (skipValue(length) < 0) {
                throw RecordBytes.invalid("a header has no key");
            }
            skipValue(length);
        }
        if (headers < 0 || bytes.position() - start != length) {
            throw RecordBytes.invalid("a record is not as long as it says");
        }
    }

    private int skipValue(int recordLength) throws IOException {
        int length = bytes.readVarint();
        requireWithin(length, recordLength);
        bytes.skip(length);
        return length;
    }

    private static void requireWithin(int length, int recordLength) {
        if (length < RecordBatch.NONE || length > recordLength) {
            throw RecordBytes.invalid("a record has a part of " + length + " bytes");
        }
    }

    private static BatchRefusedException unreadable(Exception cause) {
        return new BatchRefusedException(Reason.CORRUPT, "its records cannot be decompressed", cause);
    }

    /** The time of the record. */
    long timestamp() {
        return batch.hasAppendTime() ? batch.maxTimestamp() : timestamp;
    }

    int offsetDelta() {
        return offsetDelta;
    }

    /** The position behind the record, counted from the first one. */
    long endPosition() {
        return bytes.position();
    }

    boolean hasKey() {
        return keyLength >= 0;
    }

    /** The key, if there is one and keys were asked for. */
    byte @Nullable [] key() {
        return key;
    }

    /** Whether the record has no value. */
    boolean isTombstone() {
        return tombstone;
    }

    @Override
    public void close() {
        try {
            source.close();
        } catch (IOException e) {
            // All that was wanted has been read.
        }
    }

    /** A buffer as a stream, for decompressors. */
    private static final class BufferStream extends InputStream {
        private final ByteBuffer buffer;

        BufferStream(ByteBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public int read() {
            return buffer.hasRemaining() ? buffer.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int from, int length) {
            if (!buffer.hasRemaining()) {
                return length == 0 ? 0 : -1;
            }
            int count = Math.min(length, buffer.remaining());
            buffer.get(target, from, count);
            return count;
        }

        @Override
        public int available() {
            return buffer.remaining();
        }
    }
}
