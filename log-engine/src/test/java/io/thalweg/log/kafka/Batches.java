package io.thalweg.log.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.SimpleRecord;

/** Batches made by Kafka's own client classes. */
final class Batches {
    static final long NOW = 1_700_000_000_000L;

    private Batches() {}

    /** Who sends a batch; all -1 for nobody in particular. */
    record Sender(long producerId, short epoch, int sequence, boolean transactional) {
        static final Sender ANYBODY = new Sender(-1, (short) -1, -1, false);
    }

    static ByteBuffer batch(CompressionType codec, Sender sender, List<SimpleRecord> records) {
        MemoryRecordsBuilder builder = MemoryRecords.builder(
                ByteBuffer.allocate(4_096),
                (byte) 2,
                Compression.of(codec).build(),
                TimestampType.CREATE_TIME,
                0,
                -1,
                sender.producerId(),
                sender.epoch(),
                sender.sequence(),
                sender.transactional(),
                -1);
        records.forEach(builder::append);
        return builder.build().buffer();
    }

    static ByteBuffer batch(String... values) {
        List<SimpleRecord> records = new ArrayList<>();
        for (String value : values) {
            records.add(record(NOW, value));
        }
        return batch(CompressionType.NONE, Sender.ANYBODY, records);
    }

    static SimpleRecord record(long timestamp, String value) {
        return new SimpleRecord(
                timestamp, value.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    }

    static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
    }

    /** The same batch with another number in its header and the checksum that fits. */
    static ByteBuffer edited(ByteBuffer batch, int at, int length, long value) {
        ByteBuffer copy = copy(batch);
        switch (length) {
            case 1 -> copy.put(at, (byte) value);
            case 2 -> copy.putShort(at, (short) value);
            case 4 -> copy.putInt(at, (int) value);
            default -> copy.putLong(at, value);
        }
        return copy.putInt(RecordBatch.CHECKSUM_AT, RecordBatch.checksum(copy));
    }
}
