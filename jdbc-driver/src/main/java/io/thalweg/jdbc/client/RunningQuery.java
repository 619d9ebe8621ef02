package io.thalweg.jdbc.client;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.RowType;
import io.thalweg.wire.message.Cancel;
import io.thalweg.wire.message.CloseQuery;
import io.thalweg.wire.message.Completed;
import io.thalweg.wire.message.Credit;
import io.thalweg.wire.message.Progress;
import io.thalweg.wire.message.ResultHeader;
import io.thalweg.wire.message.Rows;
import io.thalweg.wire.message.ServerMessage;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a statement, seen from the client. The session's reader puts in what the server says; one thread waits
 * for the header or the end, then takes rows; any thread may cancel or close, which wakes that thread. What has been
 * received and not taken is bounded by the credit that the server was given.
 */
public final class RunningQuery implements RowSource {
    private final Session session;
    private final long id;
    private final int window;

    // Everything below is guarded by this object's monitor.
    private final ArrayDeque<ServerMessage> arrived = new ArrayDeque<>();
    private @Nullable ResultHeader header;
    private @Nullable Completed completed;
    private @Nullable ThalwegException failure;
    private boolean closed;
    /** Frames the server may still send. */
    private int credit;
    /** Frames that were taken and for which no new credit was given. */
    private int owed;

    private long step;
    private OptionalLong watermarkMicros = OptionalLong.empty();

    RunningQuery(Session session, long id, int window) {
        this.session = session;
        this.id = id;
        this.window = window;
        this.credit = window;
    }

    long id() {
        return id;
    }

    // What the reader calls.

    synchronized void onHeader(ResultHeader newHeader) {
        header = newHeader;
        notifyAll();
    }

    /** Throws PROTOCOL_VIOLATION if the server sends more than it was allowed to. */
    synchronized void onRows(Rows rows) {
        if (header == null || credit == 0) {
            throw new ThalwegException(
                    ErrorCode.PROTOCOL_VIOLATION,
                    header == null ? "rows of a query before its header" : "rows of a query beyond its credit");
        }
        credit--;
        if (!isOver()) {
            arrived.add(rows);
            notifyAll();
        }
    }

    synchronized void onProgress(Progress progress) {
        if (!isOver()) {
            // The latest counts, so that a result without rows does not fill the queue.
            if (arrived.peekLast() instanceof Progress) {
                arrived.removeLast();
            }
            arrived.add(progress);
            notifyAll();
        }
    }

    synchronized void onCompleted(Completed newCompleted) {
        completed = newCompleted;
        notifyAll();
    }

    /** Rows that came before the failure can still be taken. */
    synchronized void onFailed(ThalwegException newFailure) {
        if (failure == null && completed == null) {
            failure = newFailure;
        }
        notifyAll();
    }

    // What the user's threads call.

    /**
     * Waits until the query tells its columns or ends; throws if it failed, and QUERY_TIMEOUT if the deadline passes first.
     *
     * @return nothing if the statement does not return rows
     */
    public synchronized Optional<ResultHeader> awaitHeader(Deadline deadline) {
        waitUntil(deadline, () -> header != null || completed != null || failure != null);
        if (header == null && completed == null && failure == null) {
            session.sendQuietly(new Cancel(id));
            throw timeout(deadline);
        }
        if (header == null && failure != null) {
            throw failure;
        }
        return Optional.ofNullable(header);
    }

    /** How the query ended, if it has ended well. */
    public synchronized Optional<Completed> completed() {
        return Optional.ofNullable(completed);
    }

    @Override
    public synchronized RowType type() {
        if (header == null) {
            throw new IllegalStateException("the query has no header yet");
        }
        return header.type();
    }

    @Override
    public synchronized boolean isEndless() {
        return header != null && header.endless();
    }

    /** Whether the first column tells the kind of change. */
    public synchronized boolean isChangelog() {
        return header != null && header.changelog();
    }

    @Override
    public synchronized Arrival await(Deadline deadline) {
        waitUntil(deadline, () -> {
            applyProgress();
            return !arrived.isEmpty() || failure != null || closed || completed != null;
        });
        if (!arrived.isEmpty()) {
            return Arrival.ROW;
        }
        if (failure != null) {
            throw failure;
        }
        return closed || completed != null ? Arrival.END : Arrival.NOTHING_YET;
    }

    @Override
    public DeltaBatch take() {
        Rows rows;
        int grant = 0;
        synchronized (this) {
            rows = (Rows) arrived.remove();
            owed++;
            if (owed * 2 >= window && !isOver() && completed == null) {
                grant = owed;
                credit += owed;
                owed = 0;
            }
        }
        if (grant > 0) {
            session.sendQuietly(new Credit(id, grant));
        }
        return rows.rows().decode();
    }

    @Override
    public synchronized long step() {
        return step;
    }

    @Override
    public synchronized OptionalLong watermarkMicros() {
        return watermarkMicros;
    }

    /**
     * Stops the query. A thread that waits for rows fails with QUERY_CANCELED at once; one that waits for a statement to be
     * done waits for the server's word, so that it learns the truth. Does nothing if the query has ended and all its rows
     * were taken.
     */
    @Override
    public void cancel() {
        boolean tell;
        synchronized (this) {
            tell = completed == null && failure == null && !closed;
            if (header != null && (tell || !arrived.isEmpty())) {
                failure = new ThalwegException(ErrorCode.QUERY_CANCELED, "query was cancelled by the client");
                arrived.clear();
                notifyAll();
            }
        }
        if (tell) {
            session.sendQuietly(new Cancel(id));
        }
    }

    @Override
    public void close() {
        boolean tell;
        synchronized (this) {
            tell = completed == null && failure == null && !closed;
            closed = true;
            arrived.clear();
            if (tell) {
                failure = new ThalwegException(ErrorCode.QUERY_CANCELED, "result was closed by the client");
            }
            notifyAll();
        }
        if (tell) {
            session.sendQuietly(new CloseQuery(id));
        }
    }

    /** The error of a wait that took too long. */
    public static ThalwegException timeout(Deadline deadline) {
        return new ThalwegException(
                ErrorCode.QUERY_TIMEOUT, "statement was stopped after its timeout of " + deadline.millis() + " ms");
    }

    private boolean isOver() {
        return closed || failure != null;
    }

    private void applyProgress() {
        while (arrived.peek() instanceof Progress progress) {
            arrived.remove();
            step = progress.step();
            watermarkMicros = progress.watermarkMicros();
        }
    }

    /** Waits on the monitor, which the caller holds, until the condition is true or the deadline has passed. */
    private void waitUntil(Deadline deadline, BooleanSupplier condition) {
        try {
            while (!condition.getAsBoolean() && !deadline.hasPassed()) {
                wait(Math.max(1, deadline.remainingMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ThalwegException(
                    ErrorCode.QUERY_CANCELED, "thread was interrupted while it waited for a result", e);
        }
    }
}
