package io.thalweg.log.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.Durability;
import io.thalweg.log.LeaderEpochs;
import io.thalweg.log.LogConfig;
import io.thalweg.log.LogStore;
import io.thalweg.log.PartitionId;
import io.thalweg.log.StoredRegion;
import io.thalweg.log.file.MemoryFileSystem;
import io.thalweg.log.kafka.Batches.Sender;
import io.thalweg.log.producer.ProducerRefusedException;
import io.thalweg.log.producer.TransactionTable;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.time.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same batches go to a partition of ours and to Apache Kafka's own log, and whatever a client can ask for must be the
 * same afterwards. More rounds with {@code -Dthalweg.kafka.rounds=n}, another start with {@code -Dthalweg.seed=n}.
 */
class KafkaOracleTest {
    private static final long SEED = Long.getLong("thalweg.seed", new Random().nextLong());
    private static final int ROUNDS = Integer.getInteger("thalweg.kafka.rounds", 8);
    private static final int STEPS = 250;
    private static final PartitionId ID = new PartitionId(9, 0);
    private static final CompressionType[] CODECS = CompressionType.values();

    /** Kafka's records may not be an hour ahead; appends here take a microsecond. */
    private static final Clock CLOCK = new Clock() {
        @Override
        public long epochMicros() {
            return 1_000 * Batches.NOW;
        }

        @Override
        public long monotonicNanos() {
            return 0;
        }
    };

    @TempDir
    Path directory;

    @Test
    void answersLikeKafka() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = SEED + round;
            System.out.println("seed " + seed);
            try (KafkaOracle kafka = new KafkaOracle(directory.resolve("round" + round))) {
                new Round(seed, kafka).run();
            }
        }
    }

    /** A client that may be idempotent or transactional, and what it sent last. */
    private static final class Client {
        private final long id;
        private final boolean transactional;
        private final Deque<ByteBuffer> sent = new ArrayDeque<>();
        private short epoch;
        private int sequence;
        private boolean inTransaction;

        Client(long id, boolean transactional, int sequence) {
            this.id = id;
            this.transactional = transactional;
            this.sequence = sequence;
        }
    }

    /** One life of both logs. */
    private static final class Round {
        private final Random random;
        private final KafkaOracle kafka;
        private final MemoryFileSystem files = new MemoryFileSystem();
        private final List<Client> clients = new ArrayList<>();
        private final String seed;
        private LogStore store;
        private KafkaPartition ours;

        Round(long seed, KafkaOracle kafka) {
            this.random = new Random(seed);
            this.seed = "seed " + seed;
            this.kafka = kafka;
            for (int i = 0; i < 6; i++) {
                boolean transactional = i % 2 == 0;
                // An idempotent producer that nobody knows may begin anywhere, near the end of the numbers too.
                clients.add(new Client(i, transactional, transactional ? 0 : Integer.MAX_VALUE - random.nextInt(40)));
            }
            open();
        }

        private void open() {
            LogConfig config = LogConfig.defaults().withSegmentBytes(10_000).withReserveBytes(0);
            store = LogStore.open(files, Path.of("/data"), config, CLOCK);
            ours = new KafkaPartition(
                    store.partition(ID).orElseGet(() -> store.create(ID)),
                    BatchRules.defaults(),
                    new KafkaCodecs(),
                    CLOCK);
            kafka.beginLeaderEpoch(ours.log().leaderEpochs().current());
        }

        void run() throws IOException {
            for (int step = 0; step < STEPS; step++) {
                step();
            }
            clients.stream().filter(client -> client.inTransaction).forEach(this::end);
            compare();
            store.close();
        }

        private void step() throws IOException {
            int choice = random.nextInt(100);
            Client client = clients.get(random.nextInt(clients.size()));
            if (choice < 15) {
                sendSame(batch(Sender.ANYBODY));
            } else if (choice < 65) {
                send(client);
            } else if (choice < 73) {
                repeat(client);
            } else if (choice < 79 && !client.sent.isEmpty()) {
                sendSame(batch(new Sender(
                        client.id,
                        client.epoch,
                        (client.sequence + 1 + random.nextInt(50)) & Integer.MAX_VALUE,
                        client.transactional)));
            } else if (choice < 82 && client.epoch > 0) {
                sendSame(batch(new Sender(client.id, (short) (client.epoch - 1), 0, client.transactional)));
            } else if (choice < 84 && !client.inTransaction) {
                beginEpoch(client);
            } else if (choice < 86 && client.inTransaction) {
                sendSame(batch(new Sender(client.id, client.epoch, client.sequence, false)));
            } else if (choice < 94 && client.inTransaction) {
                end(client);
            } else if (choice < 96) {
                sendBroken();
            } else if (choice == 96) {
                trim();
            } else if (choice == 97) {
                store.close();
                open();
            } else {
                compare();
            }
        }

        private void send(Client client) {
            Sender sender = new Sender(client.id, client.epoch, client.sequence, client.transactional);
            ByteBuffer batch = batch(sender);
            sendSame(batch);
            client.sequence = (client.sequence + RecordBatch.view(batch).count()) & Integer.MAX_VALUE;
            client.inTransaction = client.transactional;
            client.sent.addLast(batch);
            if (client.sent.size() > 8) {
                client.sent.removeFirst();
            }
        }

        private void repeat(Client client) {
            if (!client.sent.isEmpty() && (!client.transactional || client.inTransaction)) {
                sendSame(List.copyOf(client.sent).get(random.nextInt(client.sent.size())));
            }
        }

        /** A new instance must begin at 0, and is tried with something else first. */
        private void beginEpoch(Client client) {
            if (client.sent.isEmpty()) {
                return;
            }
            client.epoch++;
            sendSame(batch(new Sender(client.id, client.epoch, 1 + random.nextInt(9), client.transactional)));
            client.sequence = 0;
            client.sent.clear();
            send(client);
        }

        private void end(Client client) {
            boolean commits = random.nextBoolean();
            client.epoch++;
            String theirs = kafka.end(client.id, client.epoch, commits);
            String mine = result(() -> ours.log()
                    .transactions()
                    .end(client.id, client.epoch, commits)
                    .join()
                    .baseOffset());
            assertEquals(theirs, mine, seed);
            client.sequence = 0;
            client.inTransaction = false;
            client.sent.clear();
        }

        private void trim() {
            long start = ours.log().startOffset();
            long offset = start + random.nextInt((int) (ours.log().endOffset() - start) / 3 + 1);
            kafka.trimTo(offset);
            ours.log().trimTo(offset);
        }

        private void sendBroken() {
            ByteBuffer broken = batch(Sender.ANYBODY);
            switch (random.nextInt(4)) {
                case 0 -> broken.put(17 + random.nextInt(broken.limit() - 17), (byte) random.nextInt());
                case 1 -> broken = Batches.edited(broken, RecordBatch.COUNT_AT, 4, random.nextInt(6));
                case 2 -> broken = Batches.edited(broken, RecordBatch.LAST_DELTA_AT, 4, random.nextInt(6));
                default -> broken = batchOf(List.of(Batches.record(Batches.NOW + 3_600_001, "ahead")), Sender.ANYBODY);
            }
            sendSame(broken);
        }

        private void sendSame(ByteBuffer batch) {
            String theirs = kafka.append(batch);
            String mine = result(() ->
                    ours.append(Batches.copy(batch), Durability.SYNC).join().baseOffset());
            assertEquals(theirs, mine, seed);
        }

        private static String result(Supplier<Long> action) {
            try {
                return Long.toString(action.get());
            } catch (ThalwegException e) {
                if (e.getCause() instanceof ProducerRefusedException refused) {
                    return switch (refused.reason()) {
                        case OUT_OF_SEQUENCE -> "OutOfOrderSequenceException";
                        case OLD_EPOCH -> "InvalidProducerEpochException";
                        case IN_TRANSACTION -> "InvalidTxnStateException";
                    };
                }
                if (e.getCause() instanceof BatchRefusedException refused) {
                    return switch (refused.reason()) {
                        case CORRUPT -> "CorruptRecordException";
                        case INVALID_TIMESTAMP -> "RecordValidationException";
                        default -> "InvalidRecordException";
                    };
                }
                throw e;
            }
        }

        private ByteBuffer batch(Sender sender) {
            List<SimpleRecord> records = new ArrayList<>();
            for (int i = random.nextInt(5); i >= 0; i--) {
                long timestamp = Batches.NOW - random.nextInt(1_000);
                records.add(Batches.record(timestamp, "value " + "x".repeat(random.nextInt(60))));
            }
            return batchOf(records, sender);
        }

        private ByteBuffer batchOf(List<SimpleRecord> records, Sender sender) {
            return Batches.batch(CODECS[random.nextInt(CODECS.length)], sender, records);
        }

        private void compare() throws IOException {
            long end = kafka.endOffset();
            long start = kafka.startOffset();
            assertEquals(end, ours.log().endOffset(), seed);
            assertEquals(start, ours.log().startOffset(), seed);
            compareStable(start);
            assertEquals(kafka.aborted(start, end), aborted(start, end), seed);
            for (int i = 0; i < 10; i++) {
                long from = end == start ? end : start + random.nextInt((int) (end - start));
                compareReads(from);
                long time = Batches.NOW - random.nextInt(1_100) + 50;
                compareTimes(time, start);
            }
            String latest = kafka.offsetForTimestamp(-3);
            // Kafka may name a record that was deleted; ours does not.
            if (latest.equals("none") || Long.parseLong(latest.split(" ")[0]) >= start) {
                assertEquals(latest, ours.maxTimestamp().map(Round::text).orElse("none"), seed);
            }
            for (int epoch = 0; epoch <= ours.log().leaderEpochs().current(); epoch++) {
                compareEpochs(epoch);
            }
        }

        /** Where records were deleted, Kafka may look at one of them and give up; ours goes on. */
        private void compareTimes(long time, long start) {
            String theirs = kafka.offsetForTimestamp(time);
            String mine = ours.offsetForTimestamp(time, false).map(Round::text).orElse("none");
            if (start == 0 || !theirs.equals("none")) {
                assertEquals(theirs, mine, seed + " time " + time);
            }
        }

        /**
         * Kafka's may stay below the start for a while; and of a transaction whose first records were deleted, ours may
         * know after a restart where the others begin.
         */
        private void compareStable(long start) {
            long mine = ours.log().transactions().lastStableOffset();
            if (kafka.lastStableOffset() > start) {
                assertEquals(kafka.lastStableOffset(), mine, seed);
            } else {
                assertTrue(mine >= start, seed);
            }
        }

        /** Kafka does not know of an epoch before its first batch. */
        private void compareEpochs(int epoch) {
            LeaderEpochs.End mine = ours.endOfEpoch(epoch);
            String theirs = kafka.endOfEpoch(epoch);
            if (!theirs.equals("unknown")) {
                assertEquals(theirs, mine.epoch() + " to " + mine.endOffset(), seed + " epoch " + epoch);
            }
        }

        private static String text(TimedOffset found) {
            return found.offset() + " at " + found.timestampMillis() + " epoch " + found.leaderEpoch();
        }

        private List<String> aborted(long from, long to) {
            List<String> aborted = new ArrayList<>();
            for (TransactionTable.Ended one : ours.log().transactions().aborted(from, to)) {
                aborted.add(one.producerId() + " " + one.firstOffset() + "-" + one.markerOffset());
            }
            aborted.sort(null);
            return aborted;
        }

        private void compareReads(long from) throws IOException {
            boolean committed = random.nextBoolean();
            if (committed && from >= kafka.lastStableOffset()) {
                return;
            }
            // Kafka reads bytes and cuts the last batch, and never beyond a segment.
            List<String> theirs = batches(kafka.read(from, 3_000, committed));
            List<String> mine;
            try (FetchedBatches fetched = ours.fetch(new FetchRange(from, 100_000, committed, random.nextBoolean()))) {
                ByteBuffer all = ByteBuffer.allocate(fetched.sizeBytes());
                for (StoredRegion region : fetched.regions()) {
                    all.put(region.read());
                }
                mine = batches(all.flip());
            }
            assertEquals(theirs, mine.subList(0, Math.min(theirs.size(), mine.size())), seed + " from " + from);
        }

        /** Whole batches, byte for byte but for the times of markers. */
        private static List<String> batches(ByteBuffer bytes) {
            List<String> texts = new ArrayList<>();
            for (MutableRecordBatch batch : MemoryRecords.readableRecords(bytes).batches()) {
                batch.ensureValid();
                ByteBuffer copy = ByteBuffer.allocate(batch.sizeInBytes());
                batch.writeTo(copy);
                if (batch.isControlBatch()) {
                    copy.putLong(RecordBatch.BASE_TIMESTAMP_AT, 0).putLong(RecordBatch.MAX_TIMESTAMP_AT, 0);
                    copy.putInt(RecordBatch.CHECKSUM_AT, 0);
                }
                texts.add(java.util.HexFormat.of().formatHex(copy.array()));
            }
            return texts;
        }
    }
}
