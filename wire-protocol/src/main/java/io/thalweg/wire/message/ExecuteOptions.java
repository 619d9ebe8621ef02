package io.thalweg.wire.message;

import java.util.Map;

/**
 * How a statement is to be run.
 *
 * @param maxRows after so many rows the query ends as if it had no more; 0 for all
 * @param fetchRows at most so many rows in a frame; 0 leaves it to the server
 * @param timeoutMillis the query fails with QUERY_TIMEOUT if it has not sent a row nor ended by then; 0 for no limit
 * @param initialCredit how many {@link Rows} frames the server may send before the first {@link Credit}; at least 1
 * @param properties session variables for this statement only
 */
public record ExecuteOptions(
        long maxRows, int fetchRows, long timeoutMillis, int initialCredit, Map<String, String> properties) {
    /** No limits, and a small credit. */
    public static final ExecuteOptions DEFAULT = new ExecuteOptions(0, 0, 0, 8, Map.of());

    public ExecuteOptions {
        if (maxRows < 0 || fetchRows < 0 || timeoutMillis < 0 || initialCredit < 1) {
            throw new IllegalArgumentException("a limit below its least value: max rows " + maxRows + ", fetch rows "
                    + fetchRows + ", timeout " + timeoutMillis + ", credit " + initialCredit);
        }
        properties = Map.copyOf(properties);
    }
}
