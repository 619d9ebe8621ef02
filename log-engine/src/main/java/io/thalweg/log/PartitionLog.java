package io.thalweg.log;

import io.thalweg.log.file.AtomicFile;
import io.thalweg.log.frame.FrameDraft;
import io.thalweg.log.frame.FrameFormat;
import io.thalweg.log.frame.FrameOwner;
import io.thalweg.log.producer.ProducerRefusedException;
import io.thalweg.log.producer.ProducerSnapshot;
import io.thalweg.log.producer.ProducerTable;
import io.thalweg.log.recovery.Damage;
import io.thalweg.log.recovery.HashRange;
import io.thalweg.log.recovery.PartitionDirectory;
import io.thalweg.log.recovery.PartitionMetadata;
import io.thalweg.log.recovery.QuarantineFile;
import io.thalweg.log.recovery.RecoveredPartition;
import io.thalweg.log.segment.FrameReader;
import io.thalweg.log.segment.LogPoint;
import io.thalweg.log.segment.Segment;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.time.Clock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One partition: rows in the order of their append, numbered from 0 without gaps. Offsets count rows, not frames.
 * Thread-safe; any number of threads append and read.
 *
 * <p>Readers see a row once it has the durability it was appended with, and from then on always.
 */
public final class PartitionLog {
    /** How long to wait before looking whether a partition that is being closed has failed. */
    private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final PartitionId id;
    private final PartitionContext context;
    private final Path directory;
    private final RecoveredPartition recovered;
    private final SegmentSet segments;
    private final DurableMetadata metadata;
    private final LogStart start;
    private final KnownDamage damage;
    private final AppendQueue queue;
    private final ProducerLedger producers;
    private final LeaderEpochs epochs;
    private final PartitionTransactions transactions;
    private final LogEnd end;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    /** Absent in a damaged partition, which takes no appends. */
    private final @Nullable PartitionWriter writer;

    private final PartitionUpkeep upkeep;
    /** Set once, by a drop or a failed disk: appends that wait fail with it. Volatile, since commits look at it. */
    private volatile @Nullable Refusal stopped;

    /** What the commit thread took last; only that thread uses it. */
    private List<PendingAppend> underWay = List.of();

    PartitionLog(PartitionContext context, Path directory, RecoveredPartition recovered) throws IOException {
        FrameOwner owner = recovered.metadata().owner();
        LogPoint recoveredEnd = recovered.end();
        this.id = new PartitionId(owner.streamId(), owner.partition());
        this.context = context;
        this.directory = directory;
        this.recovered = recovered;
        this.segments = new SegmentSet(recovered.segments());
        AtomicFile metadataFile = new PartitionDirectory(context.files(), directory).metadataFile();
        this.metadata = new DurableMetadata(metadataFile, context.reserve(), recovered.metadata());
        this.start = new LogStart(context, directory, segments, metadata);
        this.epochs = new LeaderEpochs(id, metadata, recoveredEnd.offset());
        this.queue = new AppendQueue(
                recoveredEnd.offset(),
                recoveredEnd.maxEventTime(),
                segments.lastCreation(),
                () -> context.groups().ready().add(this));
        ProducerSnapshot snapshot = new ProducerSnapshot(context.files(), directory, owner);
        this.producers = new ProducerLedger(this, queue, snapshot, recoveredEnd.offset());
        this.end = new LogEnd(recoveredEnd.offset(), recoveredEnd.maxEventTime());
        QuarantineFile quarantine = new QuarantineFile(context.files(), directory, owner);
        this.damage = new KnownDamage(id, queue, quarantine, context.counters(), recovered.damage());
        if (recovered.damage().isPresent()) {
            this.writer = null;
        } else {
            this.writer = new PartitionWriter(context, directory, owner, segments, recoveredEnd);
        }
        if (recovered.metadata().closed()) {
            pauseAppends();
        }
        this.transactions = new PartitionTransactions(this, queue, producers, epochs, segments);
        this.upkeep = new PartitionUpkeep(this, context, segments, start, writer);
    }

    public PartitionId id() {
        return id;
    }

    /**
     * Appends rows. Returns when they have their place in the order; waits before that while too many bytes wait for
     * the disk. The future completes when the requested durability is reached, in the order of the offsets.
     *
     * <p>An append of an idempotent producer that was made before is not made again: the future completes with the
     * original place, once that has the requested durability. The last {@link ProducerTable#REMEMBERED} appends of a
     * producer can be repeated so, over restarts too.
     *
     * <p>It fails with DISK_FULL when nothing was appended, and with IO_ERROR or PARTITION_OFFLINE when the disk failed
     * so that the rows may or may not be there after the next start. What is attached to the future runs on the thread
     * that acknowledges all appends, and must not block.
     *
     * @throws ThalwegException when the partition takes no appends (DATA_CORRUPTED, PARTITION_OFFLINE, DISK_FULL,
     *     PARTITION_CLOSED during and after a split or a merge, UNDEFINED_OBJECT after a drop, SERVER_SHUTTING_DOWN),
     *     VALUE_TOO_LARGE for a payload beyond the limit, PRODUCER_OUT_OF_SEQUENCE, PRODUCER_FENCED or
     *     PRODUCER_IN_TRANSACTION with a {@link ProducerRefusedException} as its cause
     */
    public CompletableFuture<AppendResult> append(AppendRequest request) {
        requireTakes(request);
        int frameBytes = FrameFormat.frameBytes(request.payload().remaining());
        return place(frameBytes, () -> enqueue(draft(request), request, frameBytes));
    }

    /** Gives a frame its place; the memory it takes was granted. */
    CompletableFuture<AppendResult> enqueue(FrameDraft draft, AppendRequest request, int budgetBytes) {
        long now = context.clock().epochMicros();
        return queue.add(draft, budgetBytes, request, durablePoint().offset(), now);
    }

    /** What an append that the partition takes will write. */
    FrameDraft draft(AppendRequest request) {
        FrameDraft draft = new FrameDraft(metadata.current().owner(), request.content());
        if (request.kind() == PayloadKind.KAFKA_BATCH) {
            draft.stampLeaderEpoch(epochs.current());
        }
        return draft;
    }

    /** Throws as {@link #append} when the partition does not take this one, and makes ready for it. */
    void requireTakes(AppendRequest request) {
        request.requireFits(context.config().maxPayloadBytes(), id);
        requireTakesAppends();
        if (context.reserve().isGivenUp() && !metadata.current().mayUseReserve()) {
            throw Refusal.diskFull(id).exception();
        }
        if (request.producer().isKnown()) {
            producers.load();
        }
        if (request.kind() == PayloadKind.KAFKA_BATCH) {
            epochs.record();
        }
    }

    /** The door for appends. */
    AppendQueue queue() {
        return queue;
    }

    /** The leader epochs of the Kafka batches in here. */
    public LeaderEpochs leaderEpochs() {
        return epochs;
    }

    /** Waits for the memory that a frame takes, and gives the frame its place. */
    CompletableFuture<AppendResult> place(int frameBytes, Supplier<CompletableFuture<AppendResult>> placing) {
        context.budget().acquire(frameBytes);
        try {
            return placing.get();
        } catch (ProducerRefusedException e) {
            context.budget().release(frameBytes);
            throw Refusal.ofProducer(id, e);
        } catch (RuntimeException | Error e) {
            context.budget().release(frameBytes);
            throw e;
        }
    }

    /** What happens here in transactions, and how to read without those that were aborted. */
    public PartitionTransactions transactions() {
        return transactions;
    }

    /**
     * Has transactions aborted that stay open for longer than this, until the store is closed: whoever should end them
     * may be gone, and readers of committed rows would wait for ever. It must be more than any transaction may take. A
     * later attempt to commit one is refused.
     */
    public void abortTransactionsAfter(long micros) {
        upkeep.abortTransactionsAfter(micros);
    }

    Clock clock() {
        return context.clock();
    }

    PartitionMetadata metadata() {
        return metadata.current();
    }

    /** The keys that the partition takes. */
    public HashRange hashRange() {
        return metadata.current().hashRange();
    }

    /** Throws the reason when the partition takes no appends. */
    void requireTakesAppends() {
        queue.refusal().ifPresent(refusal -> {
            throw refusal.exception();
        });
    }

    /** Takes no more appends for now; those that have their place are still committed. */
    void pauseAppends() {
        queue.refuse(Refusal.closedShard(id), false);
    }

    /** Takes appends again, unless there is another reason not to. */
    void resumeAppends() {
        queue.reopen(Refusal.closedShard(id));
    }

    /** Waits, while appends are paused, for those that have their place; durable when it returns. */
    void settle() throws IOException {
        while (isHealthy() && end.value().offset() < queue.nextOffset()) {
            awaitEnd(end.value().offset(), SETTLE_NANOS);
        }
        if (!isHealthy()) {
            throw new IOException(id + " is offline");
        }
        flushTo(end.value().offset());
    }

    /** Waits for the appends that have their place, and takes no more for good; durable when it returns. */
    void closeShard() throws IOException {
        pauseAppends();
        settle();
        metadata.change(PartitionMetadata::withClosed);
    }

    /** Whether retention and compaction make sense: the partition is sound and open, or closed by a split or merge. */
    boolean takesUpkeep() {
        return isHealthy()
                && queue.refusal()
                        .filter(reason -> !reason.equals(Refusal.closedShard(id)))
                        .isEmpty();
    }

    /** Makes the memory of idempotent producers cheap to get back after a start. */
    void saveProducers() {
        long expiredBefore = context.clock().epochMicros()
                - TimeUnit.MILLISECONDS.toMicros(context.config().producerExpiryMillis());
        producers.save(durablePoint().offset(), expiredBefore);
    }

    /** The first offset that can be read. The frame that holds it may begin with rows below it. */
    public long startOffset() {
        return start.offset();
    }

    /** The first offset that is not visible yet. */
    public long endOffset() {
        return end.value().offset();
    }

    /** The greatest event time of all rows below {@link #endOffset()}, or {@link AppendRequest#NO_EVENT_TIME}. */
    public long runningMaxEventTime() {
        return end.value().maxEventTime();
    }

    /**
     * The greatest event time before the first segment: that of the partitions this one goes on from, or of rows that
     * were given up; {@link AppendRequest#NO_EVENT_TIME} if there is none.
     */
    public long maxEventTimeBeforeStart() {
        return segments.first()
                .map(segment -> segment.header().maxEventTimeBefore())
                .orElse(AppendRequest.NO_EVENT_TIME);
    }

    /** How many bytes were appended since the store was opened. */
    public long appendedBytes() {
        return queue.appendedBytes();
    }

    /** Whether a split or a merge has closed the partition for good. */
    public boolean isClosed() {
        return metadata.current().closed();
    }

    /** Why the partition takes no appends, if it does not; for display. */
    public Optional<String> unavailability() {
        return queue.refusal().map(Refusal::message);
    }

    /**
     * Reads the frames that overlap an interval of offsets; what lies beyond the visible end at this moment is left
     * out.
     *
     * @throws ThalwegException OFFSET_OUT_OF_RANGE when the interval starts outside the log, DATA_CORRUPTED when it
     *     reaches into a known damage, UNDEFINED_OBJECT when the partition was dropped
     */
    public LogCursor read(long fromOffset, long toOffset) {
        return read(fromOffset, toOffset, new AbortedRows(List.of()));
    }

    /** Reads without the rows of some transactions. */
    LogCursor read(long fromOffset, long toOffset, AbortedRows hidden) {
        requirePresent();
        long visibleEnd = endOffset();
        if (fromOffset >= visibleEnd) {
            damage.requireSoundStart();
        }
        requireStarted(fromOffset);
        if (fromOffset > visibleEnd) {
            throw outOfRange(fromOffset);
        }
        long readableEnd = Math.min(toOffset, visibleEnd);
        Optional<Damage> damageAtEnd = damage.atStart().filter(found -> toOffset > visibleEnd);
        return new FrameCursor(this, segments, fromOffset, readableEnd, damageAtEnd).hiding(hidden);
    }

    /** Throws when an offset is below the start. */
    void requireStarted(long offset) {
        if (offset < startOffset()) {
            throw outOfRange(offset);
        }
    }

    private ThalwegException outOfRange(long offset) {
        return new ThalwegException(
                ErrorCode.OFFSET_OUT_OF_RANGE,
                "offset " + offset + " of " + id + " is outside " + startOffset() + " to " + endOffset());
    }

    /**
     * The first offset with a row at or after a time: no row before it is, and the frame it begins has one. Empty when
     * no visible row is. Rows within a frame are not told apart.
     *
     * @throws ThalwegException DATA_CORRUPTED when the search meets a damage
     */
    public OptionalLong offsetForTime(TimeKind kind, long micros) {
        requirePresent();
        return new TimeSearch(this, segments).firstOffset(kind, micros);
    }

    /**
     * Gives up all rows below an offset; durable when it returns. Their segments are deleted as far as they hold no
     * other rows. Does nothing when the start is there already; readers of such rows get OFFSET_OUT_OF_RANGE.
     *
     * @throws ThalwegException OFFSET_OUT_OF_RANGE beyond the visible end; DATA_CORRUPTED or PARTITION_OFFLINE when the
     *     partition takes no changes; DISK_FULL or IO_ERROR when the disk fails
     */
    public void trimTo(long offset) {
        requirePresent();
        if (offset > endOffset()) {
            throw outOfRange(offset);
        }
        damage.requireSoundStart();
        Refusal refusal = stopped;
        if (refusal != null) {
            throw refusal.exception();
        }
        try {
            // The end must not come back below the start after a power loss.
            flushTo(offset);
            start.moveTo(offset);
        } catch (IOException e) {
            throw Refusal.ofDisk(id + " could not be trimmed", e);
        }
    }

    /** Sets how long rows are kept, until the store is closed; the owner sets it again after each start. */
    public void retain(RetentionPolicy policy) {
        upkeep.retain(policy);
    }

    /** Holds all rows that there are, and those that come, back from retention and compaction until it lets go of them. */
    public RowHold hold(String holder) {
        return upkeep.hold(holder);
    }

    /** The holders who keep retention from removing what it would remove now. */
    public List<String> heldBy() {
        return upkeep.heldBy();
    }

    /** What the partition takes on disk at this moment. */
    public PartitionSize size() {
        return segments.size();
    }

    /** The first damage that is known; the rows before it can be read. */
    public Optional<Damage> firstDamage() {
        return damage.first();
    }

    /** Has the partition compacted from now on, until the store is closed; the owner sets it again after each start. */
    public void compact(CompactionPolicy policy) {
        upkeep.compact(policy);
    }

    /**
     * Hands out frames where they are stored; what lies beyond the visible end at this moment is left out. The caller
     * closes the result.
     *
     * @throws ThalwegException as {@link #read}
     */
    public StoredFrames stored(StoredRange range) {
        requirePresent();
        read(range.fromOffset(), range.fromOffset()).close();
        return new StoredFrames.Search(this, segments, range, Math.min(range.toOffset(), endOffset())).run();
    }

    /** Reads like {@link #read}, gaps and the markers of transactions too; for those who replay what happened. */
    public LogCursor readEverything(long fromOffset, long toOffset) {
        requireStarted(fromOffset);
        return frames(fromOffset, Math.min(toOffset, endOffset()));
    }

    /** All frames that overlap an interval, gaps too. */
    FrameCursor frames(long fromOffset, long toOffset) {
        requirePresent();
        return new FrameCursor(this, segments, fromOffset, toOffset, Optional.empty()).showingGaps();
    }

    Path directory() {
        return directory;
    }

    /** Does with old rows what the owner asked for and what is due. */
    void runUpkeep() {
        upkeep.run();
    }

    /**
     * Checks that no acknowledged rows are known to be damaged, which a reader of all rows must do: rows beyond a damage
     * that was found at the start are not below {@link #endOffset()}.
     *
     * @throws ThalwegException DATA_CORRUPTED naming the offset of the damage
     */
    public void requireIntact() {
        damage.requireNone();
    }

    /**
     * Waits until {@link #endOffset()} is greater than an offset, or time is up, or the log is closed, or the thread is
     * interrupted (which it stays).
     *
     * @return the end offset, greater than the given one or not
     * @throws ThalwegException as {@link #read}
     */
    public long awaitEnd(long beyondOffset, long timeoutNanos) {
        try {
            long reached = end.await(beyondOffset, timeoutNanos);
            requirePresent();
            if (reached <= beyondOffset) {
                damage.requireSoundStart();
            }
            return reached;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return endOffset();
        }
    }

    /**
     * Calls back after each group of appends became visible. The listener runs on the acknowledging thread and must not
     * block or throw.
     */
    public void onAppend(Runnable listener) {
        listeners.add(listener);
    }

    /** Ends the calls to a listener; one may still be under way. */
    public void removeOnAppend(Runnable listener) {
        listeners.remove(listener);
    }

    /** Takes what waits, to be written next; called by the commit thread. */
    void takePending() {
        underWay = queue.drain();
    }

    /** Writes what was taken; called by the commit thread. */
    CommitRound writeTaken(ByteBuffer buffer) {
        List<PendingAppend> appends = underWay;
        PartitionWriter target = requireWriter();
        Refusal reason = stopped;
        if (reason != null) {
            CommitRound refused = new CommitRound(this, List.of(), target.written());
            refused.fail(appends, reason, new IOException(reason.message()));
            return refused;
        }
        PartitionWriter.Outcome outcome = target.write(appends, buffer);
        int written = outcome.writtenCount();
        if (outcome.isDiskFull()
                && metadata.current().mayUseReserve()
                && context.reserve().giveUp()) {
            outcome = target.write(appends.subList(written, appends.size()), buffer);
            written += outcome.writtenCount();
        }
        CommitRound round = new CommitRound(this, appends.subList(0, written), target.written());
        if (outcome.failure().isPresent()) {
            failRest(round, appends.subList(written, appends.size()), outcome);
        }
        return round;
    }

    private void failRest(CommitRound round, List<PendingAppend> rest, PartitionWriter.Outcome outcome) {
        IOException cause = outcome.failure().orElseThrow();
        boolean diskFull = outcome.isDiskFull();
        Refusal reason = diskFull ? Refusal.diskFull(id) : stop(cause);
        round.fail(rest, reason, cause);
        LogPoint kept = round.end();
        round.fail(queue.resetTo(kept.offset(), kept.maxEventTime()), reason, cause);
    }

    /** The force of a round failed: none of it is acknowledged, nor anything after it. */
    void failRound(CommitRound round, IOException cause) {
        Refusal reason = stop(cause);
        round.failWritten(reason, cause);
        round.fail(queue.drain(), reason, cause);
    }

    /** Goes offline; returns what the appends under way are told. */
    private Refusal stop(IOException cause) {
        Refusal earlier = stopped;
        if (earlier != null) {
            return earlier;
        }
        Refusal offline = Refusal.offline(id, cause);
        queue.refuse(offline, false);
        stopped = offline;
        return Refusal.writeFailed(id, cause);
    }

    /** Nobody knows what is on disk: takes no more appends until the next start. */
    void takeOffline(IOException cause) {
        stop(cause);
    }

    /** Stops for good after a bug or a lack of memory in the commit thread; fails what waits or was under way. */
    void abandon(Refusal reason, Throwable cause) {
        queue.refuse(reason, true);
        stopped = reason;
        List<PendingAppend> lost = new ArrayList<>(underWay);
        lost.addAll(queue.drain());
        lost.forEach(append -> append.result().completeExceptionally(reason.exception(cause)));
    }

    void force() throws IOException {
        requireWriter().force();
    }

    /** Shows the rows of a round to readers. */
    void publish(LogPoint visibleEnd) {
        underWay = List.of();
        end.publish(visibleEnd.offset(), visibleEnd.maxEventTime());
    }

    void notifyListeners() {
        listeners.forEach(Runnable::run);
    }

    boolean needsFlush() {
        return writer != null && stopped == null && writer.needsFlush();
    }

    /** Forces what was appended with durability OS; a failure takes the partition offline. */
    void flush() {
        try {
            if (isHealthy()) {
                requireWriter().flush();
            }
        } catch (IOException e) {
            stop(e);
        }
    }

    private void flushTo(long offset) throws IOException {
        PartitionWriter target = requireWriter();
        if (target.durable().offset() < offset) {
            try {
                target.flush();
            } catch (IOException e) {
                stop(e);
                throw e;
            }
        }
    }

    boolean isHealthy() {
        return writer != null && stopped == null;
    }

    /** Whether the partition was sound when it was opened. */
    boolean hasWriter() {
        return writer != null;
    }

    /** Below this everything is on disk. */
    LogPoint durablePoint() {
        return writer == null ? recovered.end() : writer.durable();
    }

    FrameOwner owner() {
        return metadata.current().owner();
    }

    /** What is damaged, for those who meet more of it. */
    KnownDamage damage() {
        return damage;
    }

    /** Notes a damage met by somebody who does not need the rows; says nothing of rows that were given up meanwhile. */
    void reportDamage(Segment segment, FrameReader reader, FrameReader.Step step) {
        if (stopped == null && segments.holds(segment)) {
            damage.found(segment, reader, step);
        }
    }

    /** The first segment with this base offset or a greater one, if it makes sense to look for damage there. */
    Optional<Segment> scrubbable(long baseOffset) {
        return isHealthy() ? segments.atOrAfter(baseOffset) : Optional.empty();
    }

    /** The offset up to which a segment is durable. */
    long durableEnd(Segment segment) {
        // In this order: the end of a segment only comes down, to where the durable point is then.
        long durable = durablePoint().offset();
        return Math.min(durable, segments.endOffset(segment));
    }

    /** What a reader is told when a file could not be read. */
    ThalwegException readFailure(IOException cause) {
        requirePresent();
        return queue.refusal()
                .filter(refusal -> refusal.code() == ErrorCode.SERVER_SHUTTING_DOWN)
                .map(refusal -> refusal.exception(cause))
                .orElseGet(() -> new ThalwegException(
                        ErrorCode.IO_ERROR, "read of " + id + " failed: " + cause.getMessage(), cause));
    }

    /** Takes no more appends; those that wait are still committed. */
    void refuseAppends(Refusal reason) {
        queue.refuse(reason, true);
    }

    /** Fails all appends and reads, now and later, and closes the files. */
    void closeDropped() throws IOException {
        Refusal dropped = Refusal.dropped(id);
        queue.refuse(dropped, true);
        stopped = dropped;
        closeFiles();
    }

    /** Flushes, saves the index and closes the files, after the last commit. */
    void close() throws IOException {
        flush();
        saveProducers();
        if (isHealthy()) {
            segments.last().saveIndex(requireWriter().written());
        }
        closeFiles();
    }

    private void closeFiles() throws IOException {
        start.close();
        damage.close();
        producers.close();
        if (writer != null) {
            writer.close();
        }
        segments.close();
        end.close();
    }

    /** Throws when the partition was dropped. */
    void requirePresent() {
        Refusal reason = stopped;
        if (reason != null && reason.code() == ErrorCode.UNDEFINED_OBJECT) {
            throw reason.exception();
        }
    }

    private PartitionWriter requireWriter() {
        if (writer == null) {
            throw new IllegalStateException(id + " is damaged and has no writer");
        }
        return writer;
    }
}
