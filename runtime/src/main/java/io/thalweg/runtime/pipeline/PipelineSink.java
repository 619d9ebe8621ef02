package io.thalweg.runtime.pipeline;

import io.thalweg.model.delta.DeltaBatch;

/** Takes the result of a pipeline. Called by the thread that runs the pipeline, from within its methods. */
public interface PipelineSink {
    /**
     * Rows of the result have changed. May block, which holds the pipeline. The batches of a step become visible together,
     * when {@link #stepDone} is called; the old and the new row of an aggregate's group are neighbours in one batch; a batch is
     * never empty.
     */
    void accept(DeltaBatch delta);

    /** The step is complete. */
    void stepDone(StepInfo step);
}
