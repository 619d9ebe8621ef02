package io.thalweg.log.kafka;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Records;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.server.common.OffsetAndEpoch;
import org.apache.kafka.server.common.RequestLocal;
import org.apache.kafka.server.storage.log.FetchIsolation;
import org.apache.kafka.server.util.KafkaScheduler;
import org.apache.kafka.storage.internals.log.AppendOrigin;
import org.apache.kafka.storage.internals.log.LogAppendInfo;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import org.apache.kafka.storage.internals.log.LogStartOffsetIncrementReason;
import org.apache.kafka.storage.internals.log.ProducerStateManagerConfig;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.apache.kafka.storage.internals.log.VerificationGuard;
import org.apache.kafka.storage.log.metrics.BrokerTopicStats;

/** Apache Kafka's own log of one partition, on a disk of its own, in which everything appended is replicated at once. */
final class KafkaOracle implements AutoCloseable {
    private static final int HOUR_MILLIS = 3_600_000;

    private final KafkaScheduler scheduler = new KafkaScheduler(1);
    private final UnifiedLog log;
    private int leaderEpoch;

    /** A clock that stands. */
    private static final class StandingTime implements Time {
        @Override
        public long milliseconds() {
            return Batches.NOW;
        }

        @Override
        public long nanoseconds() {
            return 0;
        }

        @Override
        public void sleep(long millis) {
            throw new UnsupportedOperationException("nobody sleeps here");
        }

        @Override
        public void waitObject(Object object, java.util.function.Supplier<Boolean> condition, long deadline) {
            throw new UnsupportedOperationException("nobody waits here");
        }
    }

    KafkaOracle(Path directory) throws IOException {
        Path partition = Files.createDirectories(directory.resolve("topic-0"));
        scheduler.startup();
        log = UnifiedLog.create(
                partition.toFile(),
                new LogConfig(Map.of("internal.segment.bytes", 20_000, "index.interval.bytes", 500)),
                0,
                0,
                scheduler,
                new BrokerTopicStats(),
                new StandingTime(),
                HOUR_MILLIS,
                new ProducerStateManagerConfig(HOUR_MILLIS, false),
                HOUR_MILLIS,
                new LogDirFailureChannel(1),
                true,
                Optional.empty());
    }

    void beginLeaderEpoch(int epoch) {
        leaderEpoch = epoch;
    }

    /** Appends what a client sends; returns the offset of its first record, or the name of the error. */
    String append(ByteBuffer batch) {
        return append(MemoryRecords.readableRecords(Batches.copy(batch)), AppendOrigin.CLIENT);
    }

    /** Ends a transaction; markers get a time before all others, since ours have none. */
    String end(long producerId, short epoch, boolean commits) {
        ControlRecordType type = commits ? ControlRecordType.COMMIT : ControlRecordType.ABORT;
        MemoryRecords marker = MemoryRecords.withEndTransactionMarker(
                0, 0, leaderEpoch, producerId, epoch, new EndTransactionMarker(type, 0));
        return append(marker, AppendOrigin.COORDINATOR);
    }

    private String append(MemoryRecords records, AppendOrigin origin) {
        try {
            LogAppendInfo info = log.appendAsLeader(
                    records, leaderEpoch, origin, RequestLocal.noCaching(), VerificationGuard.SENTINEL, (short) 2);
            log.updateHighWatermark(log.logEndOffset());
            return Long.toString(info.firstOffset());
        } catch (IOException | RuntimeException e) {
            return e.getClass().getSimpleName();
        }
    }

    /** Deletes the records below an offset. */
    void trimTo(long offset) {
        log.maybeIncrementLogStartOffset(offset, LogStartOffsetIncrementReason.ClientRecordDeletion);
    }

    long startOffset() {
        return log.logStartOffset();
    }

    long endOffset() {
        return log.logEndOffset();
    }

    long lastStableOffset() {
        return log.lastStableOffset();
    }

    List<String> aborted(long from, long to) {
        List<String> aborted = new ArrayList<>();
        log.collectAbortedTransactions(from, to)
                .forEach(one -> aborted.add(one.producerId() + " " + one.firstOffset() + "-" + one.lastOffset()));
        aborted.sort(null);
        return aborted;
    }

    /** The first record at or after a time; -3 asks for the record with the greatest. */
    String offsetForTimestamp(long millis) {
        Optional<FileRecords.TimestampAndOffset> found =
                log.fetchOffsetByTimestamp(millis, Optional.empty()).timestampAndOffsetOpt();
        return found.map(one -> one.offset + " at " + one.timestamp + " epoch " + one.leaderEpoch.orElse(-1))
                .orElse("none");
    }

    String endOfEpoch(int epoch) {
        Optional<OffsetAndEpoch> found = log.endOffsetForEpoch(epoch);
        return found.map(one -> one.epoch() + " to " + one.offset()).orElse("unknown");
    }

    /** Whole batches from an offset on, as the wire carries them; at times none, though there are some. */
    ByteBuffer read(long from, int maxBytes, boolean committed) {
        try {
            FetchIsolation isolation = committed ? FetchIsolation.TXN_COMMITTED : FetchIsolation.HIGH_WATERMARK;
            Records records = log.read(from, maxBytes, isolation, true).records;
            ByteBuffer bytes = ByteBuffer.allocate(records.sizeInBytes());
            if (records instanceof FileRecords file) {
                file.readInto(bytes, 0);
            }
            return bytes;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        log.close();
        try {
            scheduler.shutdown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
