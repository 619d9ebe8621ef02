package io.thalweg.log;

import io.thalweg.log.file.DiskCrew;
import io.thalweg.model.time.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Makes the waiting appends of many partitions durable together: one gathered write and at most one force per
 * partition, then the new ends become visible, then the appenders hear of it. Appends that arrive meanwhile make up the
 * next group. One thread decides the order and waits for all forces of a group before any of it is published.
 */
final class GroupCommit {
    private static final int BUFFER_BYTES = 1024 * 1024;
    /** Left to itself the kernel starts late, and the roll of a segment would wait for all of it. */
    private static final int BEHIND_BYTES = 16 * 1024 * 1024;

    private final CommitGroups groups;
    private final MemoryBudget budget;
    private final LogCounters counters;
    private final Executor acknowledger;
    private final Clock clock;
    private final Runnable whenBehind;
    private final DiskCrew crew;
    private long unforcedBytes;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    /**
     * @param crew forces the files of one group side by side
     * @param whenBehind called when so much was written without a force that the disk should start on it
     * @param acknowledger runs what appenders attached to their futures, so that it does not hold up the disk
     */
    GroupCommit(PartitionContext context, DiskCrew crew, Executor acknowledger, Runnable whenBehind) {
        this.crew = crew;
        this.whenBehind = whenBehind;
        this.groups = context.groups();
        this.budget = context.budget();
        this.counters = context.counters();
        this.acknowledger = acknowledger;
        this.clock = context.clock();
    }

    /** Commits all that waits in these partitions, and in those that became ready since. */
    void commit(List<PartitionLog> partitions) {
        List<PartitionLog> group = groups.take(partitions);
        List<CommitRound> rounds = new ArrayList<>(group.size());
        for (PartitionLog partition : group) {
            rounds.add(partition.writeTaken(buffer));
        }
        forceAll(rounds.stream().filter(CommitRound::needsForce).toList());
        int bytes = 0;
        long appends = 0;
        long writtenBytes = 0;
        long rows = 0;
        for (CommitRound round : rounds) {
            appends += round.writtenAppends();
            rows += round.writtenRows();
            writtenBytes += round.writtenBytes();
            bytes += round.bytes();
            unforcedBytes += round.needsForce() ? 0 : round.bytes();
        }
        groups.show(() -> rounds.stream().filter(CommitRound::hasWritten).forEach(CommitRound::publish));
        counters.committed(appends, rows, writtenBytes);
        budget.release(bytes);
        if (unforcedBytes >= BEHIND_BYTES) {
            unforcedBytes = 0;
            whenBehind.run();
        }
        long now = clock.monotonicNanos();
        acknowledger.execute(() -> acknowledge(rounds, now));
    }

    /** Each round succeeds or fails for itself. */
    private void forceAll(List<CommitRound> rounds) {
        try {
            crew.runAll(rounds.size(), index -> force(rounds.get(index)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void force(CommitRound round) {
        long start = clock.monotonicNanos();
        try {
            round.partition().force();
            counters.synced(clock.monotonicNanos() - start);
        } catch (IOException e) {
            round.partition().failRound(round, e);
        }
    }

    private static void acknowledge(List<CommitRound> rounds, long now) {
        for (CommitRound round : rounds) {
            round.acknowledge(now);
            round.partition().notifyListeners();
        }
    }
}
