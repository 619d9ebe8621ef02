package io.thalweg.log.kafka;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.utils.internals.BufferSupplier;

/** Kafka's own codecs behind our port, as the door for Kafka clients will supply them. */
final class KafkaCodecs implements Decompression {
    @Override
    public InputStream open(BatchCompression compression, InputStream compressed) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        compressed.transferTo(bytes);
        CompressionType type = CompressionType.forId(compression.ordinal());
        try {
            return new Tamed(Compression.of(type)
                    .build()
                    .wrapForInput(ByteBuffer.wrap(bytes.toByteArray()), (byte) 2, BufferSupplier.create()));
        } catch (Error e) {
            throw tamed(e);
        }
    }

    /** The library for Snappy answers garbage with an {@link Error} of its own. */
    private static IOException tamed(Error e) {
        if (e instanceof VirtualMachineError) {
            throw e;
        }
        return new IOException(e);
    }

    private static final class Tamed extends FilterInputStream {
        Tamed(InputStream source) {
            super(source);
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            try {
                return super.read(target, from, length);
            } catch (Error e) {
                throw tamed(e);
            }
        }
    }
}
