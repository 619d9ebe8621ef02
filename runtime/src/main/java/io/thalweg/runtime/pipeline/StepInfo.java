package io.thalweg.runtime.pipeline;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the end of a step tells a pipeline.
 *
 * @param number the step's number, which grows from step to step
 * @param watermarks for each scan the time before which no more rows will come: {@link Long#MIN_VALUE} if nothing is
 *     known yet, {@link Long#MAX_VALUE} for a scan without event times, which holds nothing back
 */
public record StepInfo(long number, long[] watermarks) {
    public StepInfo {
        watermarks = watermarks.clone();
    }

    /** A copy of the watermarks. */
    @Override
    public long[] watermarks() {
        return watermarks.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StepInfo step && number == step.number && Arrays.equals(watermarks, step.watermarks);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(number) + Arrays.hashCode(watermarks);
    }

    @Override
    public String toString() {
        return "step " + number + " with watermarks " + Arrays.toString(watermarks);
    }
}
