package io.thalweg.server.query;

/** Tells a query what its next step takes in. One thread. */
interface StepSource extends AutoCloseable {
    /** The input of the first step, taken not before this call: rows acknowledged earlier are in it. */
    StepInput first();

    /** Waits for something new and returns it; throws when the query was cancelled or an input was dropped. */
    StepInput next();

    @Override
    void close();
}
