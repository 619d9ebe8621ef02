package io.thalweg.jdbc.client;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.type.RowType;
import java.util.OptionalLong;

/** Where the rows of a result come from, batch by batch. One thread takes; any thread may cancel or close. */
public interface RowSource {
    RowType type();

    /** Whether the rows go on until somebody stops them. */
    boolean isEndless();

    /** Waits for rows; throws {@link io.thalweg.model.error.ThalwegException} if the query failed or was cancelled. */
    Arrival await(Deadline deadline);

    /** The rows that {@link #await} told of; never empty. */
    DeltaBatch take();

    /** The last step all of whose rows have been taken; 0 if the source has no steps. */
    long step();

    /** How far event time is complete, in microseconds since 1970-01-01 00:00:00. */
    OptionalLong watermarkMicros();

    /** Stops the source; a thread that waits is woken by an error. */
    void cancel();

    /** Tells that no more rows are wanted. */
    void close();
}
