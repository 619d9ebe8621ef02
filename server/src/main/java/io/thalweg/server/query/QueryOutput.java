package io.thalweg.server.query;

import io.thalweg.runtime.pipeline.PipelineSink;

/**
 * Where the answer of a continuous query goes. What is there is compared with the answer once, in the first step after
 * each start; from then on changes are appended as they come. One thread.
 */
interface QueryOutput extends PipelineSink, AutoCloseable {
    /** Finds out what is there already; the first call. */
    void recover(QueryControl control);

    /** Writes what the step has brought and returns when it is as durable as the target promises. */
    void finishStep();

    /** How many rows were written since the start. */
    long rows();

    /** Holds no rows any more; the last call. */
    @Override
    void close();
}
