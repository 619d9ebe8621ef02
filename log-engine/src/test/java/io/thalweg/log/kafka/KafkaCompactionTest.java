package io.thalweg.log.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.CompactionPolicy;
import io.thalweg.log.Durability;
import io.thalweg.log.LogConfig;
import io.thalweg.log.LogStore;
import io.thalweg.log.PartitionId;
import io.thalweg.log.StoredRegion;
import io.thalweg.log.file.MemoryFileSystem;
import io.thalweg.log.kafka.Batches.Sender;
import io.thalweg.log.simulation.SteppingClock;
import io.thalweg.model.time.Clock;
import io.thalweg.model.time.SystemClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;

/** Compaction takes records out of batches, and what is left is what a Kafka client can read. */
class KafkaCompactionTest {
    private static final long SEED = Long.getLong("thalweg.seed", new Random().nextLong());
    private static final PartitionId ID = new PartitionId(9, 0);
    private static final Clock WALL = new SystemClock();
    private static final int KEYS = 20;

    private final Map<String, String> newest = new TreeMap<>();
    private final Map<String, Long> newestOffset = new TreeMap<>();

    @Test
    void keepsTheNewestRecordOfEachKeyAtItsOffset() throws IOException {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        LogConfig config = LogConfig.defaults().withSegmentBytes(4_096).withReserveBytes(0);
        try (LogStore store = LogStore.open(new MemoryFileSystem(), Path.of("/data"), config, new SteppingClock())) {
            KafkaPartition partition = new KafkaPartition(
                    store.create(ID), BatchRules.defaults().requiringKeys(), new KafkaCodecs(), new SteppingClock());
            for (int i = 0; i < 300; i++) {
                append(partition, random, CompressionType.NONE);
            }
            for (CompressionType codec : CompressionType.values()) {
                append(partition, random, codec);
            }
            int before = read(partition).size();
            partition.log().compact(new CompactionPolicy(new KafkaKeys(new KafkaCodecs(), 1 << 20), 0, 1, 1 << 20));
            List<Record> left = read(partition);
            long deadline = WALL.monotonicNanos() + TimeUnit.SECONDS.toNanos(60);
            while (left.size() > before / 4 && WALL.monotonicNanos() < deadline) {
                partition.log().awaitEnd(partition.log().endOffset(), TimeUnit.MILLISECONDS.toNanos(50));
                left = read(partition);
            }
            assertTrue(left.size() <= before / 4, left.size() + " of " + before + " are left");
            checkState(left);
        }
    }

    private void append(KafkaPartition partition, Random random, CompressionType codec) {
        List<SimpleRecord> records = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (int i = random.nextInt(6); i >= 0; i--) {
            String key = "k" + random.nextInt(KEYS);
            keys.add(key);
            byte[] value = random.nextInt(15) == 0
                    ? null
                    : Integer.toString(random.nextInt()).getBytes(StandardCharsets.UTF_8);
            long timestamp = Batches.NOW + random.nextInt(1_000);
            records.add(new SimpleRecord(timestamp, key.getBytes(StandardCharsets.UTF_8), value));
        }
        ByteBuffer batch = Batches.batch(codec, Sender.ANYBODY, records);
        long offset = partition.append(batch, Durability.OS).join().baseOffset();
        for (int i = 0; i < keys.size(); i++) {
            newest.put(keys.get(i), text(records.get(i).value()));
            newestOffset.put(keys.get(i), offset + i);
        }
    }

    private static String text(ByteBuffer value) {
        return value == null
                ? ""
                : StandardCharsets.UTF_8.decode(value.duplicate()).toString();
    }

    private void checkState(List<Record> left) {
        Map<String, String> state = new TreeMap<>();
        Map<String, Long> offsets = new TreeMap<>();
        long last = -1;
        for (Record record : left) {
            assertTrue(record.offset() > last);
            last = record.offset();
            state.put(text(record.key()), text(record.value()));
            offsets.put(text(record.key()), record.offset());
        }
        newest.forEach((key, value) -> {
            if (!value.isEmpty() || state.containsKey(key)) {
                assertEquals(value, state.get(key), key);
                assertEquals(newestOffset.get(key), offsets.get(key), key);
            }
        });
    }

    /** Everything, as a Kafka client reads it. */
    private static List<Record> read(KafkaPartition partition) throws IOException {
        List<Record> records = new ArrayList<>();
        try (FetchedBatches fetched = partition.fetch(FetchRange.uncommitted(0, Integer.MAX_VALUE))) {
            for (StoredRegion region : fetched.regions()) {
                for (MutableRecordBatch batch :
                        MemoryRecords.readableRecords(region.read()).batches()) {
                    batch.ensureValid();
                    long greatest = -1;
                    for (Record record : batch) {
                        records.add(record);
                        greatest = Math.max(greatest, record.timestamp());
                    }
                    assertEquals(batch.maxTimestamp(), greatest);
                }
            }
        }
        return records;
    }
}
