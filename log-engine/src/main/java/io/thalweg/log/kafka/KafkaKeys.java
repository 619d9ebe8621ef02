package io.thalweg.log.kafka;

import io.thalweg.log.LogCursor;
import io.thalweg.log.RowKeys;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;

/**
 * Lets a partition of Kafka batches be compacted as Kafka does it: by the keys of records, a record without a value being
 * a tombstone. Records are taken out of batches that are not compressed; the batch keeps its offsets, so that readers see
 * gaps. A compressed batch goes when all of its records may.
 */
public final class KafkaKeys implements RowKeys {
    private final Decompression decompression;
    private final long maxRecordBytes;

    /**
     * @param maxRecordBytes bound of the records of a batch without their compression
     */
    public KafkaKeys(Decompression decompression, long maxRecordBytes) {
        this.decompression = decompression;
        this.maxRecordBytes = maxRecordBytes;
    }

    @Override
    public void visit(LogCursor frame, Visitor visitor) {
        try (RecordReader records = open(RecordBatch.view(frame.payload()), true)) {
            while (records.next()) {
                byte[] key = records.key();
                if (key != null) {
                    visitor.row(records.offsetDelta(), key, records.isTombstone());
                }
            }
        }
    }

    private RecordReader open(RecordBatch batch, boolean wantsKeys) {
        return RecordReader.open(batch, decompression, maxRecordBytes, wantsKeys);
    }

    @Override
    public int presentRows(LogCursor frame) {
        return RecordBatch.view(frame.payload()).count();
    }

    @Override
    public boolean isDivisible(LogCursor frame) {
        return RecordBatch.view(frame.payload())
                .compression()
                .filter(BatchCompression.NONE::equals)
                .isPresent();
    }

    @Override
    public ByteBuffer without(LogCursor frame, BitSet removed) {
        RecordBatch batch = RecordBatch.view(frame.payload());
        ByteBuffer source = batch.bytes();
        ByteBuffer kept = ByteBuffer.allocate(source.remaining()).order(ByteOrder.BIG_ENDIAN);
        kept.put(source.slice(0, RecordBatch.HEADER_BYTES));
        int count = 0;
        long maxTimestamp = RecordBatch.NONE;
        try (RecordReader records = open(batch, false)) {
            int start = RecordBatch.HEADER_BYTES;
            while (records.next()) {
                int end = RecordBatch.HEADER_BYTES + Math.toIntExact(records.endPosition());
                if (!removed.get(records.offsetDelta())) {
                    kept.put(source.slice(start, end - start));
                    maxTimestamp = Math.max(maxTimestamp, records.timestamp());
                    count++;
                }
                start = end;
            }
        }
        kept.flip();
        kept.putInt(RecordBatch.LENGTH_AT, kept.limit() - RecordBatch.LENGTH_OVERHEAD);
        kept.putInt(RecordBatch.COUNT_AT, count);
        kept.putLong(RecordBatch.MAX_TIMESTAMP_AT, maxTimestamp);
        kept.putInt(RecordBatch.CHECKSUM_AT, RecordBatch.checksum(kept));
        return kept;
    }
}
