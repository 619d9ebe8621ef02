package io.thalweg.log.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.AppendRequest;
import io.thalweg.log.Durability;
import io.thalweg.log.kafka.BatchRefusedException.Reason;
import io.thalweg.log.kafka.Batches.Sender;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;

/** What is read from a batch is what Kafka's classes read, and what is refused is refused for the right reason. */
class RecordBatchTest {
    private static final long SEED = Long.getLong("thalweg.seed", new Random().nextLong());

    @Test
    void readsWhatKafkaReads() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        for (int i = 0; i < 300; i++) {
            ByteBuffer bytes = randomBatch(random);
            MutableRecordBatch theirs = MemoryRecords.readableRecords(bytes.duplicate())
                    .batches()
                    .iterator()
                    .next();
            RecordBatch ours = RecordBatch.view(bytes);
            assertTrue(ours.checksumMatches());
            assertEquals(theirs.sizeInBytes(), ours.lengthBytes());
            assertEquals(theirs.maxTimestamp(), ours.maxTimestamp());
            assertEquals(theirs.producerId(), ours.producerId());
            assertEquals(theirs.producerEpoch(), ours.producerEpoch());
            assertEquals(theirs.baseSequence(), ours.baseSequence());
            assertEquals(theirs.isTransactional(), ours.isTransactional());
            assertEquals(theirs.countOrNull(), ours.count());
            assertEquals(
                    theirs.compressionType().id,
                    ours.compression().orElseThrow().ordinal());
            assertSameRecords(theirs, ours);
        }
    }

    private static void assertSameRecords(MutableRecordBatch theirs, RecordBatch ours) {
        try (RecordReader reader = RecordReader.open(ours, new KafkaCodecs(), 1 << 20, true)) {
            for (Record record : theirs) {
                assertTrue(reader.next());
                assertEquals(record.timestamp(), reader.timestamp());
                assertEquals(record.offset(), ours.baseOffset() + reader.offsetDelta());
                assertEquals(record.hasKey(), reader.hasKey());
                assertEquals(record.hasValue(), !reader.isTombstone());
                Optional<ByteBuffer> key = Optional.ofNullable(reader.key()).map(ByteBuffer::wrap);
                assertEquals(Optional.ofNullable(record.key()), key);
            }
            assertFalse(reader.next());
        }
    }

    private static ByteBuffer randomBatch(Random random) {
        List<SimpleRecord> records = new ArrayList<>();
        for (int i = random.nextInt(20); i >= 0; i--) {
            long timestamp = random.nextInt(8) == 0 ? -1 : Batches.NOW + random.nextInt(2_000_000) - 1_000_000;
            Header[] headers = new Header[random.nextInt(3)];
            for (int header = 0; header < headers.length; header++) {
                headers[header] = new RecordHeader("h" + header, randomBytes(random));
            }
            records.add(new SimpleRecord(timestamp, randomBytes(random), randomBytes(random), headers));
        }
        boolean idempotent = random.nextBoolean();
        Sender sender = idempotent
                ? new Sender(random.nextInt(), (short) random.nextInt(100), random.nextInt(9), random.nextBoolean())
                : Sender.ANYBODY;
        CompressionType[] codecs = CompressionType.values();
        Sender valid = sender.producerId() < -1 ? Sender.ANYBODY : sender;
        return Batches.batch(codecs[random.nextInt(codecs.length)], valid, records);
    }

    private static byte[] randomBytes(Random random) {
        if (random.nextInt(6) == 0) {
            return null;
        }
        byte[] bytes = new byte[random.nextInt(random.nextInt(10) == 0 ? 20_000 : 100)];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void makesTheControlBatchesThatKafkaMakes() {
        for (boolean commits : new boolean[] {true, false}) {
            EndTransactionMarker marker =
                    new EndTransactionMarker(commits ? ControlRecordType.COMMIT : ControlRecordType.ABORT, 0);
            MemoryRecords theirs =
                    MemoryRecords.withEndTransactionMarker(77, Batches.NOW, 5, 1L << 40, (short) 9, marker);
            ControlBatch.Place place = new ControlBatch.Place(77, 5, Batches.NOW);
            ByteBuffer ours = ControlBatch.bytes(place, 1L << 40, (short) 9, commits, 0);
            assertArrayEquals(array(theirs.buffer()), array(ours));
        }
    }

    private static byte[] array(ByteBuffer bytes) {
        byte[] array = new byte[bytes.remaining()];
        bytes.duplicate().get(array);
        return array;
    }

    @Test
    void refusesWhatIsNotOneSoundBatch() {
        ByteBuffer good = Batches.batch("a", "b");
        ByteBuffer flipped = Batches.copy(good);
        flipped.put(70, (byte) (flipped.get(70) ^ 1));
        assertRefused(Reason.CORRUPT, flipped);
        assertRefused(Reason.CORRUPT, Batches.copy(good).limit(good.remaining() - 1));
        assertRefused(Reason.CORRUPT, ByteBuffer.allocate(0));
        assertRefused(Reason.CORRUPT, ByteBuffer.allocate(200).put(16, (byte) 2));
        assertRefused(Reason.CORRUPT, Batches.copy(good).putInt(8, -5));
        assertRefused(Reason.OLD_FORMAT, Batches.copy(good).put(16, (byte) 1));
        assertRefused(Reason.CORRUPT, Batches.copy(good).put(16, (byte) 3));
        ByteBuffer two = ByteBuffer.allocate(2 * good.remaining())
                .put(good.duplicate())
                .put(good.duplicate())
                .flip();
        assertRefused(Reason.INVALID_RECORD, two);
        assertRefused(Reason.TOO_LARGE, Batches.batch("x".repeat(2_000)));
    }

    @Test
    void refusesClaimsThatTheRecordsDoNotBear() {
        ByteBuffer good = Batches.batch("a", "b");
        assertRefused(Reason.INVALID_RECORD, Batches.edited(good, RecordBatch.LAST_DELTA_AT, 4, 2));
        ByteBuffer three = Batches.edited(good, RecordBatch.LAST_DELTA_AT, 4, 2);
        assertRefused(Reason.INVALID_RECORD, Batches.edited(three, RecordBatch.COUNT_AT, 4, 3));
        ByteBuffer one = Batches.edited(good, RecordBatch.LAST_DELTA_AT, 4, 0);
        assertRefused(Reason.INVALID_RECORD, Batches.edited(one, RecordBatch.COUNT_AT, 4, 1));
        assertRefused(Reason.INVALID_RECORD, Batches.edited(good, RecordBatch.COUNT_AT, 4, -2));
        assertRefused(Reason.INVALID_RECORD, Batches.edited(good, RecordBatch.ATTRIBUTES_AT, 2, RecordBatch.CONTROL));
        assertRefused(
                Reason.INVALID_RECORD, Batches.edited(good, RecordBatch.ATTRIBUTES_AT, 2, RecordBatch.TRANSACTIONAL));
        assertRefused(Reason.INVALID_RECORD, Batches.edited(good, RecordBatch.PRODUCER_ID_AT, 8, 5));
        assertRefused(Reason.UNSUPPORTED_COMPRESSION, Batches.edited(good, RecordBatch.ATTRIBUTES_AT, 2, 7));
        assertRefused(Reason.CORRUPT, Batches.edited(good, RecordBatch.ATTRIBUTES_AT, 2, 1));
    }

    @Test
    void refusesRecordsWithoutKeysWhereTheyAreNeeded() {
        SimpleRecord keyless = new SimpleRecord(Batches.NOW, null, new byte[1]);
        for (CompressionType codec : CompressionType.values()) {
            assertRefused(
                    Reason.INVALID_RECORD,
                    Batches.batch(codec, Sender.ANYBODY, List.of(Batches.record(Batches.NOW, "a"), keyless)));
        }
    }

    @Test
    void refusesRecordsOfTheFuture() {
        List<SimpleRecord> future = List.of(Batches.record(Batches.NOW + 3_600_001, "a"));
        assertRefused(Reason.INVALID_TIMESTAMP, Batches.batch(CompressionType.NONE, Sender.ANYBODY, future));
    }

    @Test
    void refusesABatchThatGrowsTooLong() {
        List<SimpleRecord> zeros = List.of(new SimpleRecord(Batches.NOW, new byte[1], new byte[2_000_000]));
        for (CompressionType codec : List.of(CompressionType.GZIP, CompressionType.ZSTD)) {
            BatchRules rules = BatchRules.defaults().withMaxBytes(100_000, 1_000_000);
            ByteBuffer bomb = Batches.batch(codec, Sender.ANYBODY, zeros);
            assertTrue(bomb.remaining() < 10_000);
            assertEquals(Reason.TOO_LARGE, refusal(rules, bomb));
        }
    }

    @Test
    void setsTheTimeOfTheAppendIfAsked() {
        List<SimpleRecord> old = List.of(Batches.record(5, "a"), Batches.record(7, "b"));
        ByteBuffer batch = Batches.batch(CompressionType.ZSTD, Sender.ANYBODY, old);
        AppendRequest request = new BatchValidator(BatchRules.defaults().settingAppendTime(), new KafkaCodecs())
                .validate(batch, Durability.SYNC, Batches.NOW);
        DefaultRecordBatch read = (DefaultRecordBatch) MemoryRecords.readableRecords(request.payload())
                .batches()
                .iterator()
                .next();
        read.ensureValid();
        read.forEach(record -> assertEquals(Batches.NOW, record.timestamp()));
        assertEquals(1_000 * Batches.NOW, request.minEventTime());
    }

    @Test
    void correctsAWrongGreatestTime() {
        ByteBuffer batch = Batches.edited(Batches.batch("a"), RecordBatch.MAX_TIMESTAMP_AT, 8, Batches.NOW + 50);
        AppendRequest request = new BatchValidator(BatchRules.defaults(), new KafkaCodecs())
                .validate(batch, Durability.SYNC, Batches.NOW);
        RecordBatch kept = RecordBatch.view(request.payload());
        assertEquals(Batches.NOW, kept.maxTimestamp());
        assertTrue(kept.checksumMatches());
    }

    @Test
    void survivesAnyBytes() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        BatchValidator validator = new BatchValidator(BatchRules.defaults(), new KafkaCodecs());
        for (int i = 0; i < 20_000; i++) {
            ByteBuffer mutant = randomBatch(random);
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                mutant.put(17 + random.nextInt(mutant.limit() - 17), (byte) random.nextInt());
            }
            mutant.putInt(RecordBatch.CHECKSUM_AT, RecordBatch.checksum(mutant));
            try {
                validator.validate(mutant, Durability.SYNC, Batches.NOW);
            } catch (BatchRefusedException expected) {
                assertTrue(expected.getMessage().length() > 5);
            }
        }
    }

    private static void assertRefused(Reason reason, ByteBuffer batch) {
        assertEquals(reason, refusal(BatchRules.defaults().requiringKeys().withMaxBytes(1_000, 100_000), batch));
    }

    private static Reason refusal(BatchRules rules, ByteBuffer batch) {
        BatchValidator validator = new BatchValidator(rules, new KafkaCodecs());
        return assertThrows(BatchRefusedException.class, () -> validator.validate(batch, Durability.SYNC, Batches.NOW))
                .reason();
    }
}
