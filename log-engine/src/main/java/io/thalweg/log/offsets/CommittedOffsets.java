package io.thalweg.log.offsets;

import io.thalweg.log.AppendRequest;
import io.thalweg.log.AppendResult;
import io.thalweg.log.CompactionPolicy;
import io.thalweg.log.LogCursor;
import io.thalweg.log.PartitionId;
import io.thalweg.log.PartitionLog;
import io.thalweg.log.PayloadKind;
import io.thalweg.log.frame.FrameRole;
import io.thalweg.log.frame.ProducerSequence;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.time.Clock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Remembers how far groups of consumers have come, whether they come through the door for Kafka clients or as SQL
 * consumers. Every change is a row in a partition that this owns and has compacted; the offsets themselves are kept in
 * memory and read from the partition at a start. Thread-safe.
 *
 * <p>A change is acknowledged, and seen by {@link #fetch}, when it is on disk, in the order of the log. Changes within a
 * transaction are seen when that is committed.
 */
public final class CommittedOffsets {
    private static final int EXPIRED_AT_ONCE = 1_000;
    private static final long MAX_LAG_MICROS = TimeUnit.MINUTES.toMicros(10);
    private static final long MAX_KEY_BYTES = 64L * 1024 * 1024;

    private final PartitionLog log;
    private final Clock clock;
    private final OffsetLimits limits;
    /** Guarded by this. */
    private final OffsetTable table = new OffsetTable();
    /** Guarded by this: the next append of each producer that has committed in transactions. */
    private final Map<Long, ProducerSequence> sequences = new HashMap<>();
    /** Guarded by this: what waits for the disk, in the order of the log. */
    private final Deque<Change> underWay = new ArrayDeque<>();
    /** Guarded by this. */
    private int rowsUnderWay;

    /** An append and what it means once it is durable. */
    private record Change(
            CompletableFuture<AppendResult> appended,
            ProducerSequence producer,
            List<OffsetRows.Row> rows,
            Effect effect,
            CompletableFuture<Void> result) {}

    /** What a durable append does to the table. */
    @FunctionalInterface
    private interface Effect {
        void apply(long baseOffset);
    }

    private CommittedOffsets(PartitionLog log, Clock clock, OffsetLimits limits) {
        this.log = log;
        this.clock = clock;
        this.limits = limits;
    }

    /**
     * Reads what the partition knows and has it compacted from then on. Nobody else may append to it.
     *
     * @throws ThalwegException when the partition cannot be read to its end
     */
    public static CommittedOffsets open(PartitionLog log, Clock clock, OffsetLimits limits) {
        CommittedOffsets offsets = new CommittedOffsets(log, clock, limits);
        log.requireIntact();
        offsets.replay();
        // A forgotten offset needs no waiting: nobody but the next start reads these rows.
        log.compact(new CompactionPolicy(OffsetRows.KEYS, 0, MAX_LAG_MICROS, MAX_KEY_BYTES));
        return offsets;
    }

    private synchronized void replay() {
        try (LogCursor cursor = log.readEverything(log.startOffset(), Long.MAX_VALUE)) {
            while (cursor.next()) {
                ProducerSequence producer = cursor.producer();
                switch (cursor.role()) {
                    case ROWS -> {
                        applyRows(producer, OffsetRows.decode(cursor.payload()), cursor.baseOffset());
                        if (producer.transactional()) {
                            sequences.put(producer.producerId(), following(producer, cursor.rowCount()));
                        }
                    }
                    case COMMIT, ABORT -> {
                        table.end(producer.producerId(), cursor.role() == FrameRole.COMMIT);
                        sequences.remove(producer.producerId());
                    }
                    case GAP -> {
                        // Older than a row that is still there.
                    }
                }
            }
        }
    }

    private void applyRows(ProducerSequence producer, List<OffsetRows.Row> rows, long baseOffset) {
        long offset = baseOffset;
        for (OffsetRows.Row row : rows) {
            if (producer.transactional()) {
                table.applyPending(producer.producerId(), row, offset++);
            } else {
                table.apply(row, offset++);
            }
        }
    }

    private static ProducerSequence following(ProducerSequence producer, int rows) {
        int next = (int) ((producer.sequence() + (long) rows) & Integer.MAX_VALUE);
        return new ProducerSequence(producer.producerId(), producer.epoch(), next, true);
    }

    /**
     * Commits offsets of a group together.
     *
     * @throws ThalwegException VALUE_TOO_LARGE for a name or metadata that is too long, OUT_OF_MEMORY when there are too
     *     many offsets, and what {@link PartitionLog#append} throws
     */
    public CompletableFuture<Void> commit(String group, Map<PartitionId, CommittedOffset> offsets) {
        return append(ProducerSequence.NONE, rows(group, offsets));
    }

    /**
     * Commits offsets of a group with the transaction of a producer: they count when {@link #endTransaction} commits it.
     * Throws as {@link #commit}.
     */
    public CompletableFuture<Void> commitInTransaction(
            long producerId, short epoch, String group, Map<PartitionId, CommittedOffset> offsets) {
        List<OffsetRows.Row> rows = rows(group, offsets);
        synchronized (this) {
            ProducerSequence known = sequences.get(producerId);
            ProducerSequence producer =
                    known != null && known.epoch() == epoch ? known : new ProducerSequence(producerId, epoch, 0, true);
            CompletableFuture<Void> result = append(producer, rows);
            sequences.put(producerId, following(producer, rows.size()));
            return result;
        }
    }

    /** Ends the transaction of a producer, see {@link PartitionLog#endTransaction}. */
    public CompletableFuture<Void> endTransaction(long producerId, short epoch, boolean commits) {
        synchronized (this) {
            CompletableFuture<AppendResult> appended = log.transactions().end(producerId, epoch, commits);
            sequences.remove(producerId);
            return enqueue(appended, ProducerSequence.NONE, List.of(), offset -> table.end(producerId, commits));
        }
    }

    private List<OffsetRows.Row> rows(String group, Map<PartitionId, CommittedOffset> offsets) {
        requireShort("group name", group);
        List<OffsetRows.Row> rows = new ArrayList<>();
        offsets.forEach((partition, offset) -> {
            requireShort("metadata of an offset", offset.metadata());
            rows.add(new OffsetRows.Row(new OffsetKey(group, partition), Optional.of(offset)));
        });
        return rows;
    }

    private void requireShort(String what, String text) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > limits.maxTextBytes()) {
            throw new ThalwegException(
                    ErrorCode.VALUE_TOO_LARGE,
                    what + " has " + bytes + " bytes, the limit is " + limits.maxTextBytes());
        }
    }

    private synchronized CompletableFuture<Void> append(ProducerSequence producer, List<OffsetRows.Row> rows) {
        if (rows.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        requireRoom(rows);
        AppendRequest request = AppendRequest.of(PayloadKind.RECORD, OffsetRows.encode(rows), rows.size());
        CompletableFuture<AppendResult> appended = log.append(request.with(producer));
        return enqueue(appended, producer, rows, offset -> applyRows(producer, rows, offset));
    }

    private void requireRoom(List<OffsetRows.Row> rows) {
        boolean grows = rows.stream()
                .anyMatch(
                        row -> row.value().isPresent() && table.find(row.key()).isEmpty());
        if (grows && table.size() + rowsUnderWay + rows.size() > limits.maxOffsets()) {
            throw new ThalwegException(
                    ErrorCode.OUT_OF_MEMORY, "groups have committed offsets up to the limit of " + limits.maxOffsets());
        }
    }

    /** Called in the order of the appends. */
    private synchronized CompletableFuture<Void> enqueue(
            CompletableFuture<AppendResult> appended,
            ProducerSequence producer,
            List<OffsetRows.Row> rows,
            Effect effect) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        underWay.addLast(new Change(appended, producer, rows, effect, result));
        rowsUnderWay += rows.size();
        appended.whenComplete((place, failure) -> settle());
        return result;
    }

    /** Applies what is durable, in order: a later append may be told of before an earlier one. */
    private void settle() {
        List<Change> settled = new ArrayList<>();
        synchronized (this) {
            while (!underWay.isEmpty() && underWay.getFirst().appended().isDone()) {
                Change change = underWay.removeFirst();
                rowsUnderWay -= change.rows().size();
                if (change.appended().isCompletedExceptionally()) {
                    takeBack(change.producer());
                } else {
                    change.effect().apply(change.appended().join().baseOffset());
                }
                settled.add(change);
            }
        }
        settled.forEach(CommittedOffsets::tell);
    }

    /** What the log refused after all has no sequence, nor has what came after it. */
    private void takeBack(ProducerSequence failed) {
        sequences.computeIfPresent(
                failed.producerId(),
                (id, next) -> next.epoch() == failed.epoch() && next.sequence() > failed.sequence() ? failed : next);
    }

    private static void tell(Change change) {
        try {
            change.appended().join();
            change.result().complete(null);
        } catch (CompletionException e) {
            change.result().completeExceptionally(e.getCause());
        }
    }

    /** How far a group has come in a partition, if it has said so and that has not expired. */
    public synchronized Optional<CommittedOffset> fetch(String group, PartitionId partition) {
        long now = clock.epochMicros();
        return table.find(new OffsetKey(group, partition)).filter(found -> !found.isExpiredAt(now));
    }

    /** How far a group has come in all partitions that it has said so of. */
    public synchronized Map<PartitionId, CommittedOffset> fetchAll(String group) {
        long now = clock.epochMicros();
        Map<PartitionId, CommittedOffset> offsets = table.ofGroup(group);
        offsets.values().removeIf(found -> found.isExpiredAt(now));
        return offsets;
    }

    /** Whether an open transaction has an offset in store, which may replace the one that {@link #fetch} gives. */
    public synchronized boolean isPending(String group, PartitionId partition) {
        return table.isPending(new OffsetKey(group, partition));
    }

    /** The groups that have committed offsets, in order. */
    public synchronized Set<String> groups() {
        return table.groups();
    }

    /** Forgets offsets of a group, those that open transactions have in store too. Throws as {@link #commit}. */
    public CompletableFuture<Void> delete(String group, Collection<PartitionId> partitions) {
        return forget(partitions.stream()
                .map(partition -> new OffsetKey(group, partition))
                .toList());
    }

    /** Forgets a group. Throws as {@link #commit}. */
    public synchronized CompletableFuture<Void> deleteGroup(String group) {
        return forget(table.keys(group));
    }

    /** Forgets offsets that have expired, some at a time; to be called now and then. */
    public synchronized CompletableFuture<Void> removeExpired() {
        Set<OffsetKey> committedAnew = new HashSet<>();
        underWay.forEach(change -> change.rows().forEach(row -> committedAnew.add(row.key())));
        return forget(table.expired(clock.epochMicros(), EXPIRED_AT_ONCE).stream()
                .filter(key -> !committedAnew.contains(key))
                .toList());
    }

    private CompletableFuture<Void> forget(List<OffsetKey> keys) {
        return append(
                ProducerSequence.NONE,
                keys.stream()
                        .map(key -> new OffsetRows.Row(key, Optional.empty()))
                        .toList());
    }
}
