package io.thalweg.server.query;

/** Ends a query that has delivered as many rows as were asked for. Not an error. */
final class ResultLimitReached extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ResultLimitReached() {
        super(null, null, false, false);
    }
}
