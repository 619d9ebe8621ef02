package io.thalweg.log.kafka;

import io.thalweg.log.AppendRequest;
import io.thalweg.log.Durability;
import io.thalweg.log.PayloadKind;
import io.thalweg.log.frame.ProducerSequence;
import io.thalweg.log.kafka.BatchRefusedException.Reason;
import java.nio.ByteBuffer;

/**
 * Makes sure of everything that a Kafka client promises about a batch before it is kept: readers get it as it came.
 * Thread-safe.
 */
final class BatchValidator {
    private static final long MICROS_PER_MILLI = 1_000;

    private final BatchRules rules;
    private final Decompression decompression;

    BatchValidator(BatchRules rules, Decompression decompression) {
        this.rules = rules;
        this.decompression = decompression;
    }

    /** The smallest and the greatest time of the records of a batch, or {@link RecordBatch#NONE}. */
    private record Times(long min, long max) {}

    /**
     * The append that a batch asks for. Its payload is the batch itself, or a copy when its times had to be changed.
     *
     * @throws BatchRefusedException when the batch is not taken
     */
    AppendRequest validate(ByteBuffer bytes, Durability durability, long nowMillis) {
        RecordBatch batch = checkedHeader(bytes);
        Times times = checkedRecords(batch, nowMillis);
        if (rules.setsAppendTime()) {
            times = new Times(nowMillis, nowMillis);
            batch = batch.withAppendTime(nowMillis);
        } else if (batch.maxTimestamp() != times.max()) {
            batch = batch.withMaxTimestamp(times.max());
        }
        return new AppendRequest(
                PayloadKind.KAFKA_BATCH,
                batch.bytes(),
                batch.count(),
                eventTime(times.min()),
                eventTime(times.max()),
                durability,
                producer(batch));
    }

    /** Kafka's milliseconds as an event time; one that no number of microseconds stands for becomes the nearest. */
    static long eventTime(long millis) {
        if (millis == RecordBatch.NONE) {
            return AppendRequest.NO_EVENT_TIME;
        }
        long bound = Long.MAX_VALUE / MICROS_PER_MILLI;
        return Math.max(-bound, Math.min(bound, millis)) * MICROS_PER_MILLI;
    }

    private static ProducerSequence producer(RecordBatch batch) {
        return batch.producerId() == RecordBatch.NONE
                ? ProducerSequence.NONE
                : new ProducerSequence(
                        batch.producerId(), batch.producerEpoch(), batch.baseSequence(), batch.isTransactional());
    }

    private RecordBatch checkedHeader(ByteBuffer bytes) {
        if (bytes.remaining() > rules.maxBatchBytes()) {
            throw new BatchRefusedException(
                    Reason.TOO_LARGE, "it has " + bytes.remaining() + " bytes, the limit is " + rules.maxBatchBytes());
        }
        if (bytes.remaining() <= RecordBatch.MAGIC_AT) {
            throw new BatchRefusedException(Reason.CORRUPT, "it has only " + bytes.remaining() + " bytes");
        }
        byte magic = bytes.get(bytes.position() + RecordBatch.MAGIC_AT);
        if (magic >= 0 && magic < RecordBatch.MAGIC) {
            throw new BatchRefusedException(Reason.OLD_FORMAT, "it is of message format " + magic);
        }
        if (magic != RecordBatch.MAGIC || bytes.remaining() < RecordBatch.HEADER_BYTES) {
            throw new BatchRefusedException(Reason.CORRUPT, "it is no record batch");
        }
        RecordBatch batch = RecordBatch.view(bytes);
        if (batch.lengthBytes() > bytes.remaining() || batch.lengthBytes() < RecordBatch.HEADER_BYTES) {
            throw new BatchRefusedException(
                    Reason.CORRUPT, "it says it has " + batch.lengthBytes() + " bytes, not " + bytes.remaining());
        }
        if (batch.lengthBytes() < bytes.remaining()) {
            throw RecordBytes.invalid("something follows it; one batch at a time is taken");
        }
        if (!batch.checksumMatches()) {
            throw new BatchRefusedException(Reason.CORRUPT, "its checksum is wrong");
        }
        checkClaims(batch);
        return batch;
    }

    private static void checkClaims(RecordBatch batch) {
        if (batch.isControl()) {
            throw RecordBytes.invalid("it is a control batch");
        }
        if (batch.count() < 1 || batch.lastOffsetDelta() != batch.count() - 1) {
            throw RecordBytes.invalid(
                    "it has " + batch.count() + " records with offsets up to " + batch.lastOffsetDelta());
        }
        boolean hasProducer = batch.producerId() >= 0;
        boolean hasSequence = batch.producerEpoch() >= 0 && batch.baseSequence() >= 0;
        if (batch.producerId() < RecordBatch.NONE || hasProducer && !hasSequence) {
            throw RecordBytes.invalid("producer " + batch.producerId() + " has epoch " + batch.producerEpoch()
                    + " and sequence " + batch.baseSequence());
        }
        if (!hasProducer && batch.isTransactional()) {
            throw RecordBytes.invalid("it is transactional and has no producer");
        }
    }

    private Times checkedRecords(RecordBatch batch, long nowMillis) {
        long min = Long.MAX_VALUE;
        long max = RecordBatch.NONE;
        int expectedDelta = 0;
        try (RecordReader records = RecordReader.open(batch, decompression, rules.maxRecordBytes(), false)) {
            while (records.next()) {
                if (records.offsetDelta() != expectedDelta) {
                    throw RecordBytes.invalid(
                            "record " + expectedDelta + " has the offset of record " + records.offsetDelta());
                }
                if (rules.requiresKeys() && !records.hasKey()) {
                    throw RecordBytes.invalid("record " + expectedDelta + " has no key");
                }
                long timestamp = records.timestamp();
                if (timestamp != RecordBatch.NONE && !rules.setsAppendTime()) {
                    checkTime(timestamp, nowMillis, expectedDelta);
                    min = Math.min(min, timestamp);
                    max = Math.max(max, timestamp);
                }
                expectedDelta++;
            }
        }
        return max == RecordBatch.NONE ? new Times(RecordBatch.NONE, RecordBatch.NONE) : new Times(min, max);
    }

    private void checkTime(long timestamp, long nowMillis, int record) {
        boolean ahead = timestamp > nowMillis && exceeds(timestamp - nowMillis, rules.maxAheadMillis());
        boolean behind = timestamp < nowMillis && exceeds(nowMillis - timestamp, rules.maxAgeMillis());
        if (ahead || behind) {
            throw new BatchRefusedException(
                    Reason.INVALID_TIMESTAMP,
                    "record " + record + " has the time " + timestamp + ", now is " + nowMillis);
        }
    }

    /** A difference that has become negative is beyond every limit but none. */
    private static boolean exceeds(long difference, long limit) {
        return limit != Long.MAX_VALUE && (difference < 0 || difference > limit);
    }
}
