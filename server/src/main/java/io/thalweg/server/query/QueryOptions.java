package io.thalweg.server.query;

/**
 * What a session says of a query it starts.
 *
 * @param text the statement, for SYS.QUERIES
 * @param maxRows after how many rows to complete; 0 for no limit
 * @param timeoutNanos after how long to fail with QUERY_TIMEOUT: a snapshot as a whole, an endless query until its first
 *     step is complete; 0 for no limit
 */
public record QueryOptions(String text, long maxRows, long timeoutNanos) {}
