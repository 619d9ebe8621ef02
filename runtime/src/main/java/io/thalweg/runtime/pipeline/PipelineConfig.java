package io.thalweg.runtime.pipeline;

/**
 * The limits of a pipeline.
 *
 * @param maxStateBytes how much its operators may remember; a step that needs more fails with OUT_OF_MEMORY
 * @param cancellationCheck called at least once for every few thousand rows of work, by the pipeline's thread; ends the work by
 *     throwing, for instance a {@link io.thalweg.model.error.ThalwegException} with QUERY_CANCELED
 * @param guarded whether what operators pass to each other is checked
 */
public record PipelineConfig(long maxStateBytes, Runnable cancellationCheck, boolean guarded) {
    /** A limit for state, no cancellation, no guards. */
    public static PipelineConfig of(long maxStateBytes) {
        return new PipelineConfig(maxStateBytes, () -> {}, false);
    }

    /** This configuration with another check. */
    public PipelineConfig withCancellationCheck(Runnable check) {
        return new PipelineConfig(maxStateBytes, check, guarded);
    }

    /** This configuration with or without guards. */
    public PipelineConfig withGuarded(boolean newGuarded) {
        return new PipelineConfig(maxStateBytes, cancellationCheck, newGuarded);
    }
}
