package io.thalweg.log.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.Durability;
import io.thalweg.log.LeaderEpochs;
import io.thalweg.log.LogConfig;
import io.thalweg.log.LogStore;
import io.thalweg.log.PartitionId;
import io.thalweg.log.StoredRegion;
import io.thalweg.log.file.DiskFileSystem;
import io.thalweg.log.file.LogFileSystem;
import io.thalweg.log.file.MemoryFileSystem;
import io.thalweg.log.kafka.Batches.Sender;
import io.thalweg.log.simulation.SteppingClock;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches go in as a Kafka client sends them and come out as one reads them. */
class KafkaPartitionTest {
    private static final PartitionId ID = new PartitionId(9, 0);
    private static final int ALL = 1 << 20;

    @TempDir
    Path directory;

    private LogFileSystem files = new DiskFileSystem();
    private LogStore store;

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }

    private KafkaPartition open() {
        close();
        LogConfig config = LogConfig.defaults().withSegmentBytes(4_096).withReserveBytes(0);
        SteppingClock clock = new SteppingClock();
        store = LogStore.open(files, directory, config, clock);
        return new KafkaPartition(
                store.partition(ID).orElseGet(() -> store.create(ID)), BatchRules.defaults(), new KafkaCodecs(), clock);
    }

    private static long append(KafkaPartition partition, ByteBuffer batch) {
        return partition.append(batch, Durability.SYNC).join().baseOffset();
    }

    private static byte[] fetched(KafkaPartition partition, FetchRange range) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (FetchedBatches batches = partition.fetch(range)) {
            for (StoredRegion region : batches.regions()) {
                ByteBuffer read = region.read();
                bytes.write(read.array(), read.arrayOffset() + read.position(), read.remaining());
            }
            assertEquals(batches.sizeBytes(), bytes.size());
        }
        return bytes.toByteArray();
    }

    private static List<String> values(byte[] batches) {
        List<String> values = new ArrayList<>();
        for (MutableRecordBatch batch :
                MemoryRecords.readableRecords(ByteBuffer.wrap(batches)).batches()) {
            batch.ensureValid();
            for (Record record : batch) {
                String value = batch.isControlBatch()
                        ? "marker"
                        : StandardCharsets.UTF_8.decode(record.value()).toString();
                values.add(record.offset() + ":" + value);
            }
        }
        return values;
    }

    @Test
    void keepsBatchesOfEveryCodecAsTheyCame() throws IOException {
        KafkaPartition partition = open();
        long offset = 0;
        for (CompressionType codec : CompressionType.values()) {
            List<SimpleRecord> records =
                    List.of(Batches.record(Batches.NOW, "a".repeat(500)), Batches.record(Batches.NOW, "b"));
            ByteBuffer sent = Batches.batch(codec, Sender.ANYBODY, records);
            assertEquals(offset, append(partition, sent));
            sent.putLong(0, offset).putInt(RecordBatch.EPOCH_AT, 0);
            assertArrayEquals(sent.array(), padded(fetched(partition, FetchRange.uncommitted(offset, 1)), sent));
            offset += 2;
        }
    }

    /** The client's buffer is longer than what it sent. */
    private static byte[] padded(byte[] fetched, ByteBuffer sent) {
        byte[] padded = sent.array().clone();
        System.arraycopy(fetched, 0, padded, 0, fetched.length);
        assertEquals(sent.remaining(), fetched.length);
        return padded;
    }

    @Test
    void givesTheWholeBatchWhenAFetchStartsInIt() throws IOException {
        KafkaPartition partition = open();
        append(partition, Batches.batch("a", "b", "c"));
        append(partition, Batches.batch("d"));
        assertEquals(List.of("0:a", "1:b", "2:c", "3:d"), values(fetched(partition, FetchRange.uncommitted(1, ALL))));
        assertEquals(List.of("0:a", "1:b", "2:c"), values(fetched(partition, FetchRange.uncommitted(2, 10))));
        assertEquals(List.of(), values(fetched(partition, FetchRange.uncommitted(4, ALL))));
        ThalwegException beyond =
                assertThrows(ThalwegException.class, () -> partition.fetch(FetchRange.uncommitted(5, ALL)));
        assertEquals(ErrorCode.OFFSET_OUT_OF_RANGE, beyond.code());
    }

    @Test
    void worksInMemoryToo() throws IOException {
        files = new MemoryFileSystem();
        KafkaPartition partition = open();
        append(partition, Batches.batch("a", "b"));
        append(partition, Batches.batch("c"));
        assertEquals(List.of("0:a", "1:b", "2:c"), values(fetched(partition, FetchRange.uncommitted(0, ALL))));
    }

    @Test
    void beginsALeaderEpochWithEveryStart() throws IOException {
        KafkaPartition first = open();
        append(first, Batches.batch("a", "b"));
        KafkaPartition unused = open();
        assertEquals(1, unused.log().leaderEpochs().current());
        assertEquals(new LeaderEpochs.End(0, 2), unused.endOfEpoch(0));
        KafkaPartition second = open();
        assertEquals(1, second.log().leaderEpochs().current());
        append(second, Batches.batch("c"));
        KafkaPartition third = open();
        append(third, Batches.batch("d"));
        assertEquals(new LeaderEpochs.End(0, 2), third.endOfEpoch(0));
        assertEquals(new LeaderEpochs.End(1, 3), third.endOfEpoch(1));
        assertEquals(new LeaderEpochs.End(2, 4), third.endOfEpoch(2));
        assertEquals(LeaderEpochs.End.UNKNOWN, third.endOfEpoch(3));
        byte[] all = fetched(third, FetchRange.uncommitted(0, ALL));
        List<Integer> epochs = new ArrayList<>();
        MemoryRecords.readableRecords(ByteBuffer.wrap(all))
                .batches()
                .forEach(batch -> epochs.add(batch.partitionLeaderEpoch()));
        assertEquals(List.of(0, 1, 2), epochs);
    }

    @Test
    void showsMarkersAndHidesNothingFromReadersOfCommittedRows() throws IOException {
        KafkaPartition partition = open();
        Sender sender = new Sender(5, (short) 0, 0, true);
        append(partition, Batches.batch(CompressionType.NONE, sender, List.of(Batches.record(Batches.NOW, "a"))));
        append(partition, Batches.batch("b"));
        assertEquals(List.of(), values(fetched(partition, FetchRange.committed(0, ALL))));
        partition.log().transactions().end(5, (short) 1, false).join();
        try (FetchedBatches fetched = partition.fetch(FetchRange.committed(0, ALL))) {
            assertEquals(List.of(new FetchedBatches.AbortedTransaction(5, 0)), fetched.abortedTransactions());
            assertEquals(new FetchedBatches.Positions(0, 3, 3, 3), fetched.positions());
        }
        assertEquals(List.of("0:a", "1:b", "2:marker"), values(fetched(partition, FetchRange.committed(0, ALL))));
    }

    @Test
    void findsRecordsByTheirTime() {
        KafkaPartition partition = open();
        assertEquals(Optional.empty(), partition.maxTimestamp());
        for (CompressionType codec : CompressionType.values()) {
            long base = Batches.NOW + 10 * codec.id;
            List<SimpleRecord> records =
                    List.of(Batches.record(base + 5, "a"), Batches.record(base, "b"), Batches.record(base + 5, "c"));
            append(partition, Batches.batch(codec, Sender.ANYBODY, records));
        }
        assertEquals(Optional.of(new TimedOffset(0, Batches.NOW + 5, 0)), partition.offsetForTimestamp(0, false));
        assertEquals(
                Optional.of(new TimedOffset(3, Batches.NOW + 15, 0)),
                partition.offsetForTimestamp(Batches.NOW + 6, false));
        assertEquals(Optional.of(new TimedOffset(12, Batches.NOW + 45, 0)), partition.maxTimestamp());
        assertEquals(Optional.empty(), partition.offsetForTimestamp(Batches.NOW + 46, false));
        partition.log().trimTo(13);
        assertEquals(Optional.of(new TimedOffset(14, Batches.NOW + 45, 0)), partition.maxTimestamp());
    }

    @Test
    void tellsAClientWhyABatchIsRefused() {
        KafkaPartition partition = open();
        ThalwegException refused =
                assertThrows(ThalwegException.class, () -> partition.append(ByteBuffer.allocate(100), Durability.SYNC));
        assertTrue(refused.getCause() instanceof BatchRefusedException);
        assertEquals(ErrorCode.PROTOCOL_VIOLATION, refused.code());
    }
}
