package io.thalweg.server.query;

/**
 * Limits of the query engine.
 *
 * @param maxQueries how many queries may run at once beside materialized views
 * @param maxStateBytes how much memory the operators of one query may hold
 * @param scanChunkBytes how many bytes of the log a query takes in one step at most
 */
public record QueryEngineConfig(int maxQueries, long maxStateBytes, int scanChunkBytes) {
    /** The defaults for this process: a query may hold a quarter of the heap. */
    public static QueryEngineConfig defaults() {
        return new QueryEngineConfig(1_000, Runtime.getRuntime().maxMemory() / 4, 8 << 20);
    }
}
