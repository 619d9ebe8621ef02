package io.thalweg.server.shard;

import io.thalweg.log.AppendResult;
import io.thalweg.log.LogStore;
import io.thalweg.log.PartitionId;
import io.thalweg.log.PartitionLog;
import io.thalweg.log.PlacedAppend;
import io.thalweg.log.Shard;
import io.thalweg.log.recovery.HashPoint;
import io.thalweg.log.recovery.HashRange;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The partitions of one stream or table, as they change. One change at a time; readers and writers take the
 * {@link #current()} map and never wait, but for a writer that met a partition which is being replaced.
 *
 * <p>How partitions follow from each other is known to the log alone, so a split or a merge is no change of the catalog;
 * the catalog knows the number of those that were there from the beginning or were added.
 */
public final class Shards {
    /** The most partitions of an object that take rows. */
    public static final int MAX_OPEN = 1_024;

    private final LogStore store;
    private final long id;
    /** The kind and name of the object, for messages. */
    private final String title;

    private final ReentrantLock changing = new ReentrantLock();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    /** Told of each new partition once it is shown. */
    private volatile Consumer<PartitionLog> preparation = partition -> {};
    /** Written under the lock, read by anyone. */
    private volatile ShardMap current;
    /** Guarded by the lock. */
    private int fixedPartitions;
    /** Guarded by the lock. */
    private boolean deleted;

    private Shards(LogStore store, long id, String title, int fixedPartitions) {
        this.store = store;
        this.id = id;
        this.title = title;
        this.fixedPartitions = fixedPartitions;
        this.current = ShardMap.of(store, id, fixedPartitions);
    }

    /**
     * Makes the partitions of a new object; if that fails, none remains.
     *
     * @param title the kind and name of the object
     */
    public static Shards create(LogStore store, long id, String title, int partitions) {
        List<PartitionId> made = new ArrayList<>();
        try {
            for (int number = 0; number < partitions; number++) {
                made.add(store.create(new PartitionId(id, number)).id());
            }
            return new Shards(store, id, title, partitions);
        } catch (RuntimeException | Error failure) {
            made.forEach(partition -> dropAfter(failure, store, partition));
            throw failure;
        }
    }

    /** What cannot be dropped now is dropped at the next start: the catalog does not know it. */
    private static void dropAfter(Throwable failure, LogStore store, PartitionId partition) {
        try {
            store.drop(partition);
        } catch (ThalwegException second) {
            failure.addSuppressed(second);
        }
    }

    /**
     * Finds the partitions of an object after a start. Partitions that were made for an addition which the catalog does
     * not know are removed; they never took a row.
     *
     * @param partitions how many the catalog knows
     * @throws ThalwegException DATA_CORRUPTED if one of them is missing, or one that it does not know holds rows
     */
    public static Shards open(LogStore store, long id, String title, int partitions) {
        for (int number = 0; number < partitions; number++) {
            if (store.partition(new PartitionId(id, number)).isEmpty()) {
                throw new ThalwegException(
                                ErrorCode.DATA_CORRUPTED,
                                "partition " + number + " of " + title + " is missing from the data directory")
                        .withHint("Restore the directory from a backup.");
            }
        }
        for (Shard shard : store.shards(id)) {
            if (shard.parents().isEmpty() && shard.id().partition() >= partitions) {
                dropUnknown(store, store.partition(shard.id()).orElseThrow(), title);
            }
        }
        return new Shards(store, id, title, partitions);
    }

    private static void dropUnknown(LogStore store, PartitionLog log, String title) {
        if (log.endOffset() > 0) {
            throw new ThalwegException(
                            ErrorCode.DATA_CORRUPTED,
                            "partition " + log.id().partition() + " of " + title
                                    + " holds rows, and the catalog does not know it")
                    .withHint("The catalog was lost in part. Restore it from a backup of the directory.");
        }
        // Of a damaged one nobody knows what it was: it stays, and readers are told.
        if (log.unavailability().isEmpty()) {
            store.drop(log.id());
        }
    }

    /** From here on this is done with each new partition. */
    public void prepareNew(Consumer<PartitionLog> newPreparation) {
        preparation = newPreparation;
    }

    public ShardMap current() {
        return current;
    }

    /** The title of one of the partitions, for messages. */
    private String name(int number) {
        return "partition " + number + " of " + title;
    }

    /**
     * The offset after the last visible row of each shard, all at one moment: what was appended together is below these
     * offsets or behind them, but not both. Wherever a shard has rows, its parents are there to their end; and nothing was
     * appended to a shard that is not among these before what is.
     */
    public long[] endOffsets() {
        while (true) {
            ShardMap map = current;
            long[] ends = store.atOneMoment(() -> endOffsets(map));
            if (map.equals(current)) {
                return ends;
            }
        }
    }

    private static long[] endOffsets(ShardMap map) {
        long[] ends = new long[map.size()];
        for (int shard = 0; shard < ends.length; shard++) {
            ends[shard] = map.log(shard).endOffset();
        }
        return ends;
    }

    /** Appends what is seen as a whole or not at all; see {@link LogStore#appendTogether}. */
    public List<CompletableFuture<AppendResult>> appendTogether(List<PlacedAppend> appends) {
        return store.appendTogether(appends);
    }

    /** Calls back after rows became visible, in partitions that come later too, and after a change of the partitions. */
    public void onAppend(Runnable listener) {
        changing.lock();
        try {
            listeners.add(listener);
            current.logs().forEach(log -> log.onAppend(listener));
        } finally {
            changing.unlock();
        }
    }

    /** Ends the calls to a listener; one may still be under way. */
    public void removeOnAppend(Runnable listener) {
        changing.lock();
        try {
            listeners.remove(listener);
            current.logs().forEach(log -> log.removeOnAppend(listener));
        } finally {
            changing.unlock();
        }
    }

    /** The number of the partition that takes the most keys. */
    public int widest() {
        ShardMap map = current;
        int widest = map.openByKeys().stream()
                .max(Comparator.comparingLong(shard -> width(map.range(shard))))
                .orElseThrow(() ->
                        new ThalwegException(ErrorCode.PARTITION_OFFLINE, "no partition of " + title + " is sound"));
        return map.log(widest).id().partition();
    }

    /** Half of the number of hashes, which fits a long. */
    private static long width(HashRange range) {
        return range.last().high() - range.first().high() >>> 1;
    }

    /** The map after the change, if there is one under way, for a writer whom a partition has refused. */
    public ShardMap settled() {
        changing.lock();
        try {
            return current;
        } finally {
            changing.unlock();
        }
    }

    /**
     * Replaces an open partition by two, while rows come in; durable when it returns.
     *
     * @param at the first hash of the second; the middle of the range if absent
     * @return the numbers of the two
     */
    public List<Integer> split(int number, Optional<HashPoint> at) {
        return changed(() -> {
            int shard = requireOpen(number);
            if (current.openCount() >= MAX_OPEN) {
                throw tooMany(current.openCount() + 1);
            }
            HashRange range = current.range(shard);
            HashPoint point = at.orElseGet(() -> middle(range));
            List<HashRange> halves = range.splitAt(point)
                    .orElseThrow(() -> new ThalwegException(
                            ErrorCode.ARGUMENT_OUT_OF_RANGE,
                            name(number) + " cannot be split at " + HashText.of(point) + ", it takes "
                                    + HashText.of(range)));
            return replace(List.of(number), halves);
        });
    }

    private static HashPoint middle(HashRange range) {
        long first = range.first().high();
        return new HashPoint(first + (range.last().high() - first >>> 1) + 1, 0);
    }

    /**
     * Replaces two open partitions with neighbouring ranges by one, while rows come in; durable when it returns.
     *
     * @return its number
     */
    public int merge(int one, int other) {
        return changed(() -> {
                    HashRange first = current.range(requireOpen(one));
                    HashRange second = current.range(requireOpen(other));
                    HashRange both = first.join(second)
                            .orElseThrow(() -> new ThalwegException(
                                    ErrorCode.ARGUMENT_OUT_OF_RANGE,
                                    "partitions " + one + " and " + other + " of " + title
                                            + " cannot be merged, since they are not neighbours: they take "
                                            + HashText.of(first) + " and " + HashText.of(second)));
                    return replace(List.of(one, other), List.of(both));
                })
                .get(0);
    }

    private List<Integer> replace(List<Integer> parents, List<HashRange> ranges) {
        List<PartitionId> ids = parents.stream().map(this::partition).toList();
        List<PartitionLog> made = titled(() -> store.replace(ids, ranges));
        publish(made);
        return made.stream().map(log -> log.id().partition()).toList();
    }

    private PartitionId partition(int number) {
        return new PartitionId(id, number);
    }

    /** Shows new partitions, whose readers are woken by appends from the first on. */
    private void publish(List<PartitionLog> made) {
        listeners.forEach(listener -> made.forEach(log -> log.onAppend(listener)));
        current = ShardMap.of(store, id, fixedPartitions);
        // Not before: whoever sets policies anew at this moment misses those that he does not see.
        made.forEach(preparation);
        listeners.forEach(Runnable::run);
    }

    /**
     * Adds partitions, which changes where keys belong: rows of one key may lie in two partitions from then on, and nobody
     * says in which order they came. Not for a stream that was split or merged, whose ranges are taken.
     *
     * @param count how many the object has after it
     * @param record makes it durable that they belong to the object
     */
    public void grow(int count, Runnable record) {
        changed(() -> {
            if (current.hasLineage()) {
                throw new ThalwegException(
                                ErrorCode.FEATURE_NOT_SUPPORTED,
                                title + " was split or merged before, so no partitions can be added")
                        .withHint("Split a partition: that keeps the rows of a key in order, too.");
            }
            if (count > MAX_OPEN) {
                throw tooMany(count);
            }
            removeUnknown();
            List<PartitionId> present = numbers(0, fixedPartitions);
            List<PartitionId> added = numbers(fixedPartitions, count);
            return titled(() -> {
                store.createBeside(present, added, made -> recorded(made, count, record));
                return count;
            });
        });
    }

    /** Asks the log, which numbers its streams, and puts the name in front of its complaints. */
    private <T> T titled(Supplier<T> work) {
        try {
            return work.get();
        } catch (ThalwegException failure) {
            throw new ThalwegException(failure.code(), title + ": " + failure.message(), failure);
        }
    }

    private void recorded(List<PartitionLog> made, int count, Runnable record) {
        record.run();
        fixedPartitions = count;
        publish(made);
    }

    private List<PartitionId> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(this::partition).toList();
    }

    /** What an addition left behind that failed. */
    private void removeUnknown() {
        store.shards(id).stream()
                .map(Shard::id)
                .filter(unknown -> unknown.partition() >= fixedPartitions)
                .forEach(store::drop);
    }

    private static ThalwegException tooMany(int count) {
        return new ThalwegException(
                ErrorCode.OPTION_OUT_OF_RANGE, count + " partitions are more than the " + MAX_OPEN + " allowed");
    }

    /** The open shard of this number. */
    private int requireOpen(int number) {
        int shard = current.find(number);
        if (shard < 0) {
            throw new ThalwegException(ErrorCode.UNDEFINED_OBJECT, title + " has no partition " + number);
        }
        if (!current.isOpen(shard)) {
            String children = String.join(
                    " and ",
                    current.childNumbers(shard).stream()
                            .map(child -> "" + child)
                            .toList());
            throw new ThalwegException(
                    ErrorCode.PARTITION_CLOSED,
                    name(number) + " is closed" + (children.isEmpty() ? "" : ": " + children + " replaced it"));
        }
        return shard;
    }

    private <T> T changed(Supplier<T> change) {
        changing.lock();
        try {
            if (deleted) {
                throw new ThalwegException(ErrorCode.UNDEFINED_OBJECT, title + " was dropped");
            }
            return change.get();
        } finally {
            changing.unlock();
        }
    }

    /** Deletes all partitions with their rows; those behind one that cannot be deleted stay. */
    public void delete() {
        changing.lock();
        try {
            deleted = true;
            current.logs().forEach(log -> store.drop(log.id()));
        } finally {
            changing.unlock();
        }
    }
}
