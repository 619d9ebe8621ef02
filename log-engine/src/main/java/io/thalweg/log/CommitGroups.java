package io.thalweg.log;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;

/**
 * Keeps together what belongs together on its way through the log: appends to several partitions reach the commit thread
 * at once, and the ends of all partitions of one commit are shown at once. Thread-safe; an append to one partition meets
 * none of the locks here.
 */
final class CommitGroups {
    private final ReadyPartitions ready = new ReadyPartitions();
    /** Held while appends to several partitions get their places, and while the commit thread takes what waits. */
    private final ReentrantLock taking = new ReentrantLock();
    /** Held for writing while the ends of a group are shown. */
    private final StampedLock showing = new StampedLock();

    /** The partitions that have appends waiting. */
    ReadyPartitions ready() {
        return ready;
    }

    /** Appends to several partitions: a commit takes all of it or nothing. */
    void place(Runnable appends) {
        taking.lock();
        try {
            appends.run();
        } finally {
            taking.unlock();
        }
    }

    /** Takes what waits in these partitions and in all others; returns the partitions. */
    List<PartitionLog> take(List<PartitionLog> first) {
        taking.lock();
        try {
            List<PartitionLog> group = new ArrayList<>(first);
            group.addAll(ready.poll());
            group.forEach(PartitionLog::takePending);
            return group;
        } finally {
            taking.unlock();
        }
    }

    /** Moves visible ends; whoever reads several of them sees none of it or all. */
    void show(Runnable ends) {
        long stamp = showing.writeLock();
        try {
            ends.run();
        } finally {
            showing.unlockWrite(stamp);
        }
    }

    /** Reads visible ends between two moves of them; the reading may be repeated. */
    <T> T between(Supplier<T> reading) {
        long stamp = showing.tryOptimisticRead();
        if (stamp != 0) {
            T read = reading.get();
            if (showing.validate(stamp)) {
                return read;
            }
        }
        stamp = showing.readLock();
        try {
            return reading.get();
        } finally {
            showing.unlockRead(stamp);
        }
    }
}
