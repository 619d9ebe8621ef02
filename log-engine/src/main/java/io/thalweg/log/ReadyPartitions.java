package io.thalweg.log;

import java.util.ArrayList;
import java.util.List;

/**
 * The partitions that have appends waiting, handed from appenders to the commit thread. Holds a partition at most once,
 * so the number of partitions bounds it. Thread-safe; all state is guarded by this.
 */
final class ReadyPartitions {
    private List<PartitionLog> ready = new ArrayList<>();
    private boolean closed;

    synchronized void add(PartitionLog partition) {
        ready.add(partition);
        if (ready.size() == 1) {
            notifyAll();
        }
    }

    /** Takes all without waiting. */
    synchronized List<PartitionLog> poll() {
        List<PartitionLog> taken = ready;
        ready = new ArrayList<>();
        return taken;
    }

    /** Waits until there are some and takes all; empty only after close. */
    synchronized List<PartitionLog> take() {
        while (ready.isEmpty() && !closed) {
            try {
                wait();
            } catch (InterruptedException ignored) {
                // The commit thread ends through close only: an interrupt would cost a file channel.
            }
        }
        return poll();
    }

    /** Lets the waiting thread go once nothing is left. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
