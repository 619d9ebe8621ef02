package io.thalweg.log.kafka;

import io.thalweg.log.AppendRequest;
import io.thalweg.log.AppendResult;
import io.thalweg.log.Durability;
import io.thalweg.log.LeaderEpochs;
import io.thalweg.log.LogCursor;
import io.thalweg.log.PartitionLog;
import io.thalweg.log.PayloadKind;
import io.thalweg.log.StoredFrame;
import io.thalweg.log.StoredFrames;
import io.thalweg.log.StoredRange;
import io.thalweg.log.StoredRegion;
import io.thalweg.log.frame.FrameRole;
import io.thalweg.log.kafka.BatchRefusedException.Reason;
import io.thalweg.log.kafka.FetchedBatches.AbortedTransaction;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.time.Clock;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A partition with the eyes of a Kafka client: takes record batches of version 2 as they come, compression kept, and
 * gives them back unchanged but for their offset and leader epoch. Markers of transactions are kept as frames and shown
 * as control batches. Thread-safe.
 *
 * <p>The log itself does not mind frames of several kinds in one partition; whoever defines a stream decides. A fetch
 * from here, which must not change what it serves, refuses rows that are in columnar blocks.
 *
 * <p>Unlike in Kafka, markers have no time: no search by time finds one.
 */
public final class KafkaPartition {
    private static final long MICROS_PER_MILLI = 1_000;
    /** There is one coordinator of transactions, and so one epoch of it. */
    private static final int COORDINATOR_EPOCH = 0;

    private final PartitionLog log;
    private final BatchRules rules;
    private final Decompression decompression;
    private final Clock clock;
    private final BatchValidator validator;

    public KafkaPartition(PartitionLog log, BatchRules rules, Decompression decompression, Clock clock) {
        this.log = log;
        this.rules = rules;
        this.decompression = decompression;
        this.clock = clock;
        this.validator = new BatchValidator(rules, decompression);
    }

    /** The partition behind this. */
    public PartitionLog log() {
        return log;
    }

    /**
     * Appends one batch, which is copied before this returns; see {@link PartitionLog#append}.
     *
     * @throws ThalwegException PROTOCOL_VIOLATION or VALUE_TOO_LARGE with a {@link BatchRefusedException} as its cause
     *     when it is no batch that the partition takes, and what {@link PartitionLog#append} throws
     */
    public CompletableFuture<AppendResult> append(ByteBuffer batch, Durability durability) {
        AppendRequest request;
        try {
            request = validator.validate(batch, durability, clock.epochMicros() / MICROS_PER_MILLI);
        } catch (BatchRefusedException e) {
            ErrorCode code = e.reason() == Reason.TOO_LARGE ? ErrorCode.VALUE_TOO_LARGE : ErrorCode.PROTOCOL_VIOLATION;
            throw new ThalwegException(code, "record batch for " + log.id() + " is refused: " + e.getMessage(), e);
        }
        return log.append(request);
    }

    /**
     * Fetches stored batches from an offset on; the caller closes the result.
     *
     * @throws ThalwegException as {@link PartitionLog#read}; FEATURE_NOT_SUPPORTED when the rows there are no Kafka
     *     batches
     */
    public FetchedBatches fetch(FetchRange range) {
        long highWatermark = log.endOffset();
        long stable = log.transactions().lastStableOffset();
        long limit = range.committed() ? Math.min(stable, highWatermark) : highWatermark;
        long from = range.fromOffset();
        StoredFrames frames = stored(range, from, limit);
        boolean complete = false;
        try {
            List<StoredRegion> batches = batches(frames);
            long next = nextOffset(frames, from);
            while (batches.isEmpty() && next < limit) {
                // Nothing but gaps: a client that gets nothing would ask for the same again.
                frames.close();
                frames = stored(range, next, limit);
                batches = batches(frames);
                next = nextOffset(frames, next);
            }
            List<AbortedTransaction> aborted = range.committed() ? aborted(from, next) : List.of();
            FetchedBatches.Positions positions =
                    new FetchedBatches.Positions(log.startOffset(), next, highWatermark, stable);
            complete = true;
            return new FetchedBatches(batches, aborted, positions, frames);
        } finally {
            if (!complete) {
                frames.close();
            }
        }
    }

    private StoredFrames stored(FetchRange range, long from, long limit) {
        return log.stored(new StoredRange(from, limit, range.maxBytes(), range.verified()));
    }

    private static long nextOffset(StoredFrames frames, long from) {
        List<StoredFrame> all = frames.frames();
        return all.isEmpty() ? from : all.get(all.size() - 1).endOffset();
    }

    private List<StoredRegion> batches(StoredFrames frames) {
        List<StoredRegion> batches = new ArrayList<>();
        for (StoredFrame frame : frames.frames()) {
            switch (frame.role()) {
                case ROWS -> batches.add(checkedBatch(frame));
                case COMMIT, ABORT -> batches.add(StoredRegion.ofMemory(controlBatch(frame)));
                case GAP -> {
                    // Offsets without a record: clients take it that there are some.
                }
            }
        }
        return batches;
    }

    private ByteBuffer controlBatch(StoredFrame marker) {
        ControlBatch.Place place = new ControlBatch.Place(
                marker.baseOffset(),
                log.leaderEpochs().at(marker.baseOffset()),
                marker.appendedAtMicros() / MICROS_PER_MILLI);
        return ControlBatch.bytes(
                place,
                marker.producer().producerId(),
                marker.producer().epoch(),
                marker.role() == FrameRole.COMMIT,
                COORDINATOR_EPOCH);
    }

    /** Compares the part of a batch that its own checksum does not cover with the frame around it. */
    private StoredRegion checkedBatch(StoredFrame frame) {
        if (!frame.holds(PayloadKind.KAFKA_BATCH)) {
            throw new ThalwegException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "offset " + frame.baseOffset() + " of " + log.id() + " is no Kafka record batch");
        }
        StoredRegion payload = frame.payload();
        RecordBatch batch = RecordBatch.view(frame.payloadPrefix());
        boolean consistent = batch.baseOffset() == frame.baseOffset()
                && batch.lengthBytes() == payload.length()
                && batch.magic() == RecordBatch.MAGIC
                && batch.baseOffset() + batch.lastOffsetDelta() + 1 == frame.endOffset();
        if (!consistent) {
            // Whoever reads the whole frame says what is wrong with it.
            try (LogCursor cursor = log.read(frame.baseOffset(), frame.endOffset())) {
                cursor.next();
            }
            throw new ThalwegException(
                    ErrorCode.DATA_CORRUPTED,
                    log.id() + " is corrupted at offset " + frame.baseOffset()
                            + ": the batch is not that of the frame");
        }
        return payload;
    }

    private List<AbortedTransaction> aborted(long from, long to) {
        return log.transactions().aborted(from, to).stream()
                .map(one -> new AbortedTransaction(one.producerId(), one.firstOffset()))
                .sorted(Comparator.comparingLong(AbortedTransaction::firstOffset))
                .toList();
    }

    /**
     * The first record at or after a time that a client may see.
     *
     * @param committed whether it must not see beyond the last stable offset
     */
    public Optional<TimedOffset> offsetForTimestamp(long millis, boolean committed) {
        long limit = committed ? log.transactions().lastStableOffset() : log.endOffset();
        return search().firstAtOrAfter(millis).filter(found -> found.offset() < limit);
    }

    /** The first of the records with the greatest time, if a record has a time. */
    public Optional<TimedOffset> maxTimestamp() {
        return search().latest();
    }

    private RecordSearch search() {
        return new RecordSearch(log, decompression, rules.maxRecordBytes());
    }

    /** Where a leader epoch ends, or the last one before it. */
    public LeaderEpochs.End endOfEpoch(int epoch) {
        return log.leaderEpochs().endOf(epoch, log.endOffset());
    }
}
