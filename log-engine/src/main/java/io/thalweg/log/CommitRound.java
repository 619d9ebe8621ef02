package io.thalweg.log;

import io.thalweg.log.segment.LogPoint;
import io.thalweg.model.error.ThalwegException;
import java.util.ArrayList;
import java.util.List;

/**
 * What one group commit does for one partition: the appends that reached the file, those that failed, and the end of
 * the log once the round is published. Passed from the commit thread to the acknowledging one.
 */
final class CommitRound {
    private final PartitionLog partition;
    private final LogPoint end;
    private List<PendingAppend> written;
    private final List<Failure> failures = new ArrayList<>();

    private record Failure(PendingAppend append, ThalwegException error) {}

    CommitRound(PartitionLog partition, List<PendingAppend> written, LogPoint end) {
        this.partition = partition;
        this.written = written;
        this.end = end;
    }

    PartitionLog partition() {
        return partition;
    }

    /** The end of the log behind the written appends. */
    LogPoint end() {
        return end;
    }

    boolean hasWritten() {
        return !written.isEmpty();
    }

    /** Shows the written appends to readers. */
    void publish() {
        partition.publish(end);
    }

    boolean needsForce() {
        for (PendingAppend append : written) {
            if (append.sync()) {
                return true;
            }
        }
        return false;
    }

    void fail(List<PendingAppend> appends, Refusal reason, Throwable cause) {
        appends.forEach(append -> failures.add(new Failure(append, reason.exception(cause))));
    }

    /** The written appends have failed after all. */
    void failWritten(Refusal reason, Throwable cause) {
        fail(written, reason, cause);
        written = List.of();
    }

    /** The appends that reached the file, without those that repeat one. */
    long writtenAppends() {
        return written.stream().filter(append -> !append.repeats()).count();
    }

    long writtenRows() {
        return written.stream()
                .filter(append -> !append.repeats())
                .mapToLong(append -> append.place().rowCount())
                .sum();
    }

    long writtenBytes() {
        return written.stream().mapToLong(append -> append.frame().length).sum();
    }

    /** What the appends of this round take of the memory for waiting ones. */
    int bytes() {
        int total = 0;
        for (PendingAppend append : written) {
            total += append.budgetBytes();
        }
        for (Failure failure : failures) {
            total += failure.append().budgetBytes();
        }
        return total;
    }

    /** Tells every appender; runs what they attached to their futures. */
    void acknowledge(long nowNanos) {
        written.forEach(append -> append.acknowledge(nowNanos));
        failures.forEach(failure -> failure.append().result().completeExceptionally(failure.error()));
    }
}
