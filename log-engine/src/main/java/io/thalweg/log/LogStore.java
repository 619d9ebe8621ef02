package io.thalweg.log;

import io.thalweg.log.file.AtomicFile;
import io.thalweg.log.file.DiskCrew;
import io.thalweg.log.file.DiskFullException;
import io.thalweg.log.file.LogFileSystem;
import io.thalweg.log.frame.FrameOwner;
import io.thalweg.log.recovery.HashPoint;
import io.thalweg.log.recovery.HashRange;
import io.thalweg.log.recovery.PartitionDirectory;
import io.thalweg.log.recovery.PartitionMetadata;
import io.thalweg.log.recovery.RecoveredPartition;
import io.thalweg.log.recovery.RecoveredStore;
import io.thalweg.log.recovery.StoreLayout;
import io.thalweg.log.recovery.StoreRecovery;
import io.thalweg.log.segment.Segment;
import io.thalweg.log.segment.SegmentHeader;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.time.Clock;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One data directory and all partitions in it. One process at a time has it open. Thread-safe.
 *
 * <p>What is acknowledged at durability SYNC survives the kill of the process and the loss of power. A damaged file
 * never makes the store serve wrong rows or drop acknowledged ones: its partition keeps serving what is before the
 * damage, refuses the rest, and all other partitions go on.
 */
public final class LogStore implements AutoCloseable {
    /** How many files are forced at the same time: more gain nothing that was measured. */
    private static final int DISK_THREADS = 8;

    private final PartitionContext context;
    private final StoreLayout layout;
    private final Closeable lock;
    private final Checkpointer checkpointer;
    private final GroupCommit groupCommit;
    private final Crews crews;
    private final ConcurrentSkipListMap<PartitionId, PartitionLog> partitions = new ConcurrentSkipListMap<>();
    private final Scrubber scrubber;
    private final boolean emptyAtOpen;
    /** Absent when the caller commits by itself; volatile, since the commit thread looks. */
    private volatile @Nullable StoreThreads threads;
    /** Only used by the thread that ticks. */
    private long appendsAtTick;
    /** Only used by the thread that ticks. */
    private long appendsAtCheckpoint;
    /** Guarded by this, as are create and drop as a whole. */
    private boolean closed;

    private LogStore(Opening opening, RecoveredStore recovered, Executor acknowledger) throws IOException {
        this.context = opening.context;
        this.layout = opening.layout;
        this.lock = opening.lock;
        this.crews = opening.crews;
        this.checkpointer = new Checkpointer(
                new AtomicFile(context.files(), layout.durablePoints()),
                crews.background(),
                recovered.inheritedPoints());
        this.groupCommit = new GroupCommit(context, crews.commit(), acknowledger, this::flushSoon);
        this.scrubber = new Scrubber(
                partitions,
                context.counters(),
                context.config().scrubBytesPerSecond(),
                context.clock().monotonicNanos());
        this.emptyAtOpen = recovered.partitions().isEmpty();
        for (RecoveredPartition partition : recovered.partitions()) {
            register(partition);
        }
    }

    private record Opening(PartitionContext context, StoreLayout layout, Closeable lock, Crews crews) {}

    /** Those who force for the commit thread, and those who do for everybody else: a commit waits for no checkpoint. */
    private record Crews(DiskCrew commit, DiskCrew background) {
        void close() {
            commit.close();
            background.close();
        }
    }

    /**
     * Opens a data directory, which is created when it does not exist, and recovers what is in it. When this returns,
     * all rows that can be read are on disk.
     *
     * @throws ThalwegException DIRECTORY_IN_USE when another store has it open; DATA_CORRUPTED when a partition is
     *     missing; DISK_FULL or IO_ERROR when the disk fails
     */
    public static LogStore open(LogFileSystem files, Path directory, LogConfig config, Clock clock) {
        ExecutorService acknowledger = Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "thalweg-log-acknowledge");
            thread.setDaemon(true);
            return thread;
        });
        Crews crews = new Crews(
                DiskCrew.of(DISK_THREADS, "thalweg-log-force"), DiskCrew.of(DISK_THREADS, "thalweg-log-flush"));
        boolean opened = false;
        try {
            LogStore store = open(files, directory, config, clock, acknowledger, crews);
            store.startThreads(acknowledger);
            opened = true;
            return store;
        } finally {
            if (!opened) {
                acknowledger.shutdown();
                crews.close();
            }
        }
    }

    /** Opens a store without threads: somebody calls {@link #commitPending} and {@link #checkpoint}. */
    static LogStore openWithoutThreads(LogFileSystem files, Path directory, LogConfig config, Clock clock) {
        return open(files, directory, config, clock, Runnable::run, new Crews(DiskCrew.alone(), DiskCrew.alone()));
    }

    private static LogStore open(
            LogFileSystem files, Path directory, LogConfig config, Clock clock, Executor acknowledger, Crews crews) {
        StoreLayout layout = new StoreLayout(directory.toAbsolutePath());
        try {
            createDirectories(files, layout.root());
            Closeable lock = files.tryLock(layout.lock())
                    .orElseThrow(() -> new ThalwegException(
                            ErrorCode.DIRECTORY_IN_USE, "data directory " + directory + " is used by another process"));
            try {
                SpaceReserve reserve = new SpaceReserve(files, layout.root(), layout.reserve(), config.reserveBytes());
                PartitionContext context = new PartitionContext(
                        files,
                        config,
                        clock,
                        new MemoryBudget(config.pendingBytes()),
                        reserve,
                        new CommitGroups(),
                        new LogCounters());
                RecoveredStore recovered = recover(context, layout, crews.background());
                LogStore store = new LogStore(new Opening(context, layout, lock, crews), recovered, acknowledger);
                store.settle(recovered);
                return store;
            } catch (IOException | RuntimeException | Error e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw Refusal.ofDisk("data directory " + directory + " could not be opened", e);
        }
    }

    /** On a full disk the tails of the partitions take the space of the reserve. */
    private static RecoveredStore recover(PartitionContext context, StoreLayout layout, DiskCrew crew)
            throws IOException {
        long now = context.clock().epochMicros();
        try {
            return new StoreRecovery(context.files(), layout, now, crew).recover();
        } catch (DiskFullException e) {
            if (!context.reserve().giveUp()) {
                throw e;
            }
            return new StoreRecovery(context.files(), layout, now, crew).recover();
        }
    }

    /** Ends what a stop interrupted, after the durable points say how things are now. */
    private void settle(RecoveredStore recovered) throws IOException {
        context.files().createDirectory(layout.log());
        context.files().forceDirectory(layout.root());
        for (PartitionDirectory directory : recovered.dropped()) {
            directory.removeContent();
        }
        finishDrops(recovered.dropped());
        finishShardChanges();
        context.reserve().open();
    }

    /** Ends splits and merges that a stop interrupted, forwards or backwards. */
    private void finishShardChanges() throws IOException {
        ShardLineage lineage = new ShardLineage(partitions.values());
        lineage.remains().forEach(this::drop);
        lineage.finishChanges();
    }

    /** Removes the marks of drops once the durable points no longer name the partitions; a full disk puts it off. */
    private void finishDrops(List<PartitionDirectory> dropped) throws IOException {
        try {
            checkpointer.checkpoint(partitions.values());
        } catch (DiskFullException e) {
            return;
        }
        for (PartitionDirectory directory : dropped) {
            directory.removeMark();
        }
    }

    private void startThreads(ExecutorService acknowledger) {
        StoreThreads.Work work = new StoreThreads.Work(
                groupCommit::commit,
                this::tick,
                () -> quietly(this::checkpoint),
                this::upkeep,
                this::failEverything,
                context.clock(),
                context.config().checkpointMillis());
        StoreThreads started = new StoreThreads(context.groups().ready(), acknowledger, work);
        threads = started;
        started.start();
    }

    /**
     * Creates a partition; durable when it returns.
     *
     * @throws ThalwegException DUPLICATE_OBJECT when it exists, or did before a split or merge whose result exists
     */
    public PartitionLog create(PartitionId id) {
        return create(id, false);
    }

    /** Creates a partition that may use the disk reserve, for the few small ones without which nothing works. */
    public PartitionLog createInternal(PartitionId id) {
        return create(id, true);
    }

    private synchronized PartitionLog create(PartitionId id, boolean mayUseReserve) {
        requireOpen();
        requireFree(id);
        try {
            PartitionMetadata metadata = PartitionMetadata.create(newOwner(id), mayUseReserve);
            return register(createFiles(metadata, AppendRequest.NO_EVENT_TIME));
        } catch (IOException e) {
            throw Refusal.ofDisk(id + " could not be created", e);
        }
    }

    private void requireFree(PartitionId id) {
        if (partitions.containsKey(id)) {
            throw new ThalwegException(ErrorCode.DUPLICATE_OBJECT, id + " exists already");
        }
        if (new ShardLineage(partitions.values()).hasChildren(id)) {
            throw new ThalwegException(ErrorCode.DUPLICATE_OBJECT, id + " was there before the ones that replaced it");
        }
    }

    private static FrameOwner newOwner(PartitionId id) {
        // Random, since it only has to differ from every other one ever drawn: nothing is decided by its value.
        return new FrameOwner(id.streamId(), id.partition(), UUID.randomUUID());
    }

    private RecoveredPartition createFiles(PartitionMetadata metadata, long maxEventTimeBefore) throws IOException {
        FrameOwner owner = metadata.owner();
        Path path = layout.partition(owner.streamId(), owner.partition());
        PartitionDirectory directory = new PartitionDirectory(context.files(), path);
        long now = context.clock().epochMicros();
        if (context.files().exists(path) && directory.isDropped()) {
            directory.removeContent();
            checkpointer.checkpoint(partitions.values());
            directory.removeMark();
        }
        SegmentHeader first = SegmentHeader.first(owner, maxEventTimeBefore, now);
        directory.create(layout.stream(owner.streamId()), metadata, first);
        Segment segment = new Segment(context.files(), path, first, first.start());
        return new RecoveredPartition(metadata, List.of(segment), first.start(), Optional.empty());
    }

    /**
     * Replaces a partition by two, one for the keys below a point and one for those from it on. See {@link #replace}.
     *
     * @return the two new partitions
     * @throws ThalwegException as replace; ARGUMENT_OUT_OF_RANGE when the point leaves one of the two without keys
     */
    public synchronized List<PartitionLog> split(PartitionId id, HashPoint at) {
        PartitionLog parent = openShard(id);
        List<HashRange> ranges = parent.hashRange()
                .splitAt(at)
                .orElseThrow(() -> new ThalwegException(
                        ErrorCode.ARGUMENT_OUT_OF_RANGE,
                        id + " cannot be split at " + at + ", its range is " + parent.hashRange()));
        return replace(List.of(id), ranges);
    }

    /**
     * Replaces two partitions of a stream with neighbouring ranges by one. See {@link #replace}.
     *
     * @return the new partition
     */
    public synchronized PartitionLog merge(PartitionId one, PartitionId other) {
        PartitionLog first = openShard(one);
        PartitionLog second = openShard(other);
        HashRange range = first.hashRange()
                .join(second.hashRange())
                .filter(joined -> one.streamId() == other.streamId())
                .orElseThrow(() -> new ThalwegException(
                        ErrorCode.ARGUMENT_OUT_OF_RANGE,
                        one + " and " + other + " cannot be merged, their ranges are not neighbours"));
        return replace(List.of(one, other), List.of(range)).get(0);
    }

    /** The partitions of a stream and how they follow from each other, parents before their children. */
    public List<Shard> shards(long streamId) {
        return new ShardLineage(partitions.values()).shards(streamId);
    }

    private PartitionLog openShard(PartitionId id) {
        requireOpen();
        PartitionLog partition = partition(id)
                .orElseThrow(() -> new ThalwegException(ErrorCode.UNDEFINED_OBJECT, id + " does not exist"));
        partition.requireTakesAppends();
        return partition;
    }

    /**
     * Replaces partitions of a stream by new ones that take the same keys; durable when it returns. The old ones keep
     * their rows and take no more: appends that have their place in them are waited for, later ones are refused with
     * PARTITION_CLOSED. Event time goes on: the new ones count it from the greatest of the old ones.
     *
     * @param ranges the keys of each new partition; the owner says which keys the old ones had, since what those of a
     *     fixed number of partitions take follows from that number
     * @throws ThalwegException UNDEFINED_OBJECT, PARTITION_CLOSED or PARTITION_OFFLINE when an old partition is not there
     *     or not open; DATA_CORRUPTED when it is damaged; DISK_FULL or IO_ERROR
     */
    public synchronized List<PartitionLog> replace(List<PartitionId> ids, List<HashRange> ranges) {
        List<PartitionLog> parents = ids.stream().map(this::openShard).toList();
        List<RecoveredPartition> created = new ArrayList<>();
        try {
            pauseAppends(parents);
            createChildren(parents, ranges, created);
            closeShards(parents);
            List<PartitionLog> children = new ArrayList<>();
            for (RecoveredPartition child : created) {
                children.add(register(child));
            }
            return children;
        } catch (IOException e) {
            if (parents.stream().allMatch(PartitionLog::isHealthy)) {
                created.forEach(this::discard);
            }
            parents.forEach(PartitionLog::resumeAppends);
            throw Refusal.ofDisk(ids.get(0) + " could not be replaced", e);
        }
    }

    /** When this returns, all rows of the partitions are durable and none can come. */
    private void pauseAppends(List<PartitionLog> paused) throws IOException {
        paused.forEach(PartitionLog::pauseAppends);
        if (threads == null) {
            commitPending();
        }
        for (PartitionLog partition : paused) {
            partition.settle();
        }
    }

    private void createChildren(List<PartitionLog> parents, List<HashRange> ranges, List<RecoveredPartition> created)
            throws IOException {
        long streamId = parents.get(0).id().streamId();
        int number = new ShardLineage(partitions.values()).nextNumber(streamId);
        List<Integer> parentNumbers =
                parents.stream().map(parent -> parent.id().partition()).toList();
        long maxEventTime = parents.stream()
                .mapToLong(PartitionLog::runningMaxEventTime)
                .max()
                .orElseThrow();
        for (HashRange range : ranges) {
            FrameOwner owner = newOwner(new PartitionId(streamId, number++));
            created.add(createFiles(PartitionMetadata.child(owner, range, parentNumbers), maxEventTime));
        }
    }

    private void closeShards(List<PartitionLog> parents) throws IOException {
        try {
            for (PartitionLog parent : parents) {
                parent.closeShard();
            }
        } catch (IOException e) {
            if (!(e instanceof DiskFullException) || parents.get(0).isClosed()) {
                // The metadata on disk may say either: the next start goes by what it finds.
                parents.forEach(parent -> parent.takeOffline(e));
            }
            throw e;
        }
    }

    /** Removes a partition that nobody has seen; what cannot be removed now is found at the next start. */
    private void discard(RecoveredPartition unseen) {
        FrameOwner owner = unseen.metadata().owner();
        PartitionDirectory directory =
                new PartitionDirectory(context.files(), layout.partition(owner.streamId(), owner.partition()));
        quietly(() -> {
            directory.markDropped();
            directory.removeContent();
            directory.removeMark();
        });
    }

    /**
     * Creates partitions beside others of their stream, which take no appends meanwhile. Event time goes on: the new ones
     * count it from the one of the others that is furthest behind, so that no reader's watermark goes back.
     *
     * @param published makes the new partitions known; appends go on when it returns
     * @throws ThalwegException as {@link #create}, or DATA_CORRUPTED or PARTITION_OFFLINE when one of the others takes no
     *     appends
     */
    public synchronized void createBeside(
            List<PartitionId> others, List<PartitionId> added, Consumer<List<PartitionLog>> published) {
        List<PartitionLog> paused = others.stream().map(this::openShard).toList();
        try {
            pauseAppends(paused);
            long maxEventTime = paused.stream()
                    .mapToLong(PartitionLog::runningMaxEventTime)
                    .min()
                    .orElse(AppendRequest.NO_EVENT_TIME);
            List<PartitionLog> created = new ArrayList<>();
            for (PartitionId id : added) {
                requireFree(id);
                created.add(register(createFiles(PartitionMetadata.create(newOwner(id), false), maxEventTime)));
            }
            published.accept(created);
        } catch (IOException e) {
            throw Refusal.ofDisk("partitions beside " + others.get(0) + " could not be created", e);
        } finally {
            paused.forEach(PartitionLog::resumeAppends);
        }
    }

    private PartitionLog register(RecoveredPartition recovered) throws IOException {
        FrameOwner owner = recovered.metadata().owner();
        Path path = layout.partition(owner.streamId(), owner.partition());
        PartitionLog partition = new PartitionLog(context, path, recovered);
        partitions.put(partition.id(), partition);
        return partition;
    }

    public Optional<PartitionLog> partition(PartitionId id) {
        return Optional.ofNullable(partitions.get(id));
    }

    /**
     * Appends the rows of one statement: either every partition takes its part or none does, and all of it becomes visible
     * at one moment to those who read ends {@link #atOneMoment}. Otherwise as {@link PartitionLog#append}; a crash may
     * leave some of the appends, unless they were acknowledged.
     *
     * @param appends of no idempotent producer, to partitions of this store
     */
    public List<CompletableFuture<AppendResult>> appendTogether(List<PlacedAppend> appends) {
        if (appends.size() == 1) {
            PlacedAppend only = appends.get(0);
            return List.of(only.partition().append(only.request()));
        }
        return new JointAppend(context, appends).place();
    }

    /** Reads visible ends of several partitions, or other things, while none of them moves; may read repeatedly. */
    public <T> T atOneMoment(Supplier<T> reading) {
        return context.groups().between(reading);
    }

    /** All partitions, in order. */
    public List<PartitionId> partitions() {
        return List.copyOf(partitions.keySet());
    }

    /**
     * Drops a partition with its rows; durable when it returns. Waits for no reader or appender: they get an exception.
     *
     * @throws ThalwegException UNDEFINED_OBJECT when there is no such partition
     */
    public synchronized void drop(PartitionId id) {
        requireOpen();
        PartitionLog partition = partitions.get(id);
        if (partition == null) {
            throw new ThalwegException(ErrorCode.UNDEFINED_OBJECT, id + " does not exist");
        }
        PartitionDirectory directory =
                new PartitionDirectory(context.files(), layout.partition(id.streamId(), id.partition()));
        try {
            if (directory.metadataFile().exists()) {
                directory.markDropped();
            }
            partitions.remove(id);
            partition.closeDropped();
            checkpointer.forget(partition.owner());
            directory.removeContent();
            finishDrops(List.of(directory));
        } catch (IOException e) {
            partition.takeOffline(e);
            throw Refusal.ofDisk(id + " could not be dropped", e);
        }
    }

    /** Whether there was no partition when the directory was opened. */
    public boolean wasEmptyAtOpen() {
        return emptyAtOpen;
    }

    /**
     * Commits what was appended, makes everything durable and lets go of the directory. Waiting readers return. Further
     * calls do nothing.
     */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        partitions.values().forEach(partition -> partition.refuseAppends(Refusal.closed()));
        StoreThreads running = threads;
        if (running == null) {
            commitPending();
        } else {
            running.close();
        }
        try {
            closeFiles();
        } catch (IOException e) {
            throw Refusal.ofDisk("log could not be closed cleanly", e);
        }
    }

    private void closeFiles() throws IOException {
        try {
            checkpointer.checkpoint(partitions.values());
            for (PartitionLog partition : partitions.values()) {
                partition.close();
            }
        } finally {
            crews.close();
            lock.close();
        }
    }

    /** Commits all that waits, on the caller's thread. */
    void commitPending() {
        groupCommit.commit(context.groups().ready().poll());
    }

    /** Makes everything written durable and notes how far that is. */
    void checkpoint() throws IOException {
        checkpointer.checkpoint(partitions.values());
    }

    /** Takes the disk reserve again if it was given up and there is room. */
    void restoreReserve() throws IOException {
        context.reserve().restoreIfRoom();
    }

    /** One turn of the work that nobody waits for. */
    void upkeep() {
        for (PartitionLog partition : partitions.values()) {
            try {
                partition.runUpkeep();
            } catch (RuntimeException e) {
                // Dropped meanwhile, or a trouble of its disk that its next writer or reader is told of, or of the
                // owner's row keys: the partition stays as it is, the others go on.
            }
        }
        scrubber.run(context.clock().monotonicNanos());
    }

    private void flushSoon() {
        StoreThreads running = threads;
        if (running != null) {
            running.tickNow();
        }
    }

    /**
     * What is due about every second. When nothing was appended since the last time, the durable points are written:
     * no later frame proves yet that the last group was acknowledged, and without a proof a start would take damage
     * there for the torn end of a write.
     */
    void tick() {
        quietly(() -> checkpointer.flush(partitions.values()));
        quietly(this::restoreReserve);
        long appends = context.counters().appends();
        if (appends == appendsAtTick && appends != appendsAtCheckpoint) {
            quietly(this::checkpoint);
            appendsAtCheckpoint = appends;
        }
        appendsAtTick = appends;
    }

    /** What the store did so far. */
    public LogMetrics metrics() {
        return context.counters()
                .snapshot(new LogMetrics.Pressure(
                        context.budget().used(), context.reserve().isGivenUp()));
    }

    /** A step that is repeated from time to time. */
    @FunctionalInterface
    private interface RepeatedStep {
        void run() throws IOException;
    }

    private static void quietly(RepeatedStep step) {
        try {
            step.run();
        } catch (IOException e) {
            // Older durable points stay valid, and the reserve stays given up: the next turn tries with new files.
        }
    }

    private void failEverything(Throwable cause) {
        Refusal reason = new Refusal(ErrorCode.INTERNAL_ERROR, "log stopped by an internal error: " + cause);
        partitions.values().forEach(partition -> partition.abandon(reason, cause));
        context.budget().openForAll();
    }

    private void requireOpen() {
        if (closed) {
            throw Refusal.closed().exception();
        }
    }

    private static void createDirectories(LogFileSystem files, Path directory) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path path = directory; path != null && !files.exists(path); path = path.getParent()) {
            missing.push(path);
        }
        for (Path path : missing) {
            files.createDirectory(path);
            files.forceName(path);
        }
    }
}
