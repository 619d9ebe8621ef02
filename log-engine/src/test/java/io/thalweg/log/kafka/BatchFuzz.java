package io.thalweg.log.kafka;

import io.thalweg.log.AppendRequest;
import io.thalweg.log.Durability;
import java.nio.ByteBuffer;
import org.apache.kafka.common.record.internal.CompressionType;

/** What a Kafka client may send, for those who send nonsense. */
public final class BatchFuzz {
    private BatchFuzz() {}

    /** A batch as a client makes it. */
    public static byte[] seed() {
        ByteBuffer batch = Batches.batch("one", "two", "three and more");
        byte[] bytes = new byte[batch.remaining()];
        batch.duplicate().get(bytes);
        return bytes;
    }

    /** Checks a batch like one that has just come, with every codec, and takes it apart if it is accepted. */
    public static void parse(byte[] input) {
        for (CompressionType codec : CompressionType.values()) {
            byte[] sent = input.clone();
            if (sent.length >= RecordBatch.HEADER_BYTES) {
                ByteBuffer batch = ByteBuffer.wrap(sent);
                batch.putInt(RecordBatch.LENGTH_OVERHEAD - Integer.BYTES, sent.length - RecordBatch.LENGTH_OVERHEAD);
                batch.putShort(
                        RecordBatch.ATTRIBUTES_AT, (short) (batch.getShort(RecordBatch.ATTRIBUTES_AT) & ~7 | codec.id));
                batch.putInt(RecordBatch.CHECKSUM_AT, RecordBatch.checksum(batch));
            }
            try {
                AppendRequest request = new BatchValidator(BatchRules.defaults(), new KafkaCodecs())
                        .validate(ByteBuffer.wrap(sent), Durability.SYNC, Batches.NOW);
                RecordBatch.view(request.payload()).records().remaining();
            } catch (BatchRefusedException refused) {
                // It says so, which is all that nonsense can expect.
            }
        }
    }
}
