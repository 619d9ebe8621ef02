package io.thalweg.server.query;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.RowType;

/**
 * Receives the result of one query: a header, then rows and progress in turn, a flush, then exactly one of {@link #completed()}
 * and {@link #failed(ThalwegException)}. All but {@link #wake()} are called from the query's own thread
 * only. A method that throws a {@link ThalwegException} ends the query with that error.
 */
public interface QuerySink {
    /**
     * @param type the columns of the rows to come, with {@code op} first if this is a changelog
     * @param endless whether the result goes on until it is cancelled
     * @param changelog whether the first column is {@code op}
     */
    void header(RowType type, boolean endless, boolean changelog);

    /** Takes rows, all of weight +1. May block as long as the receiver is not ready: that is the flow control. */
    void rows(DeltaBatch rows);

    /**
     * A step is complete: what was received up to now is the exact answer over a prefix of the inputs.
     *
     * @param watermarkMicros the event time the query has reached, {@link Long#MIN_VALUE} if it has none
     */
    void progress(long step, long watermarkMicros);

    /** No more rows will come: returns when those that came are on their way, and may block as {@link #rows} does. */
    void flush();

    /** The end of a query that has delivered all its rows, which were flushed. */
    void completed();

    void failed(ThalwegException error);

    /**
     * The query has been cancelled, has timed out or has lost its input: a call of {@link #rows} that blocks returns or
     * throws soon. Called from any thread, possibly more than once.
     */
    void wake();
}
