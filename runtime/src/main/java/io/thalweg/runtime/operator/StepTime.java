package io.thalweg.runtime.operator;

/** The current time of the step under way: one moment for all operators of a pipeline. One thread. */
public final class StepTime {
    private boolean known;
    private long micros;

    /** Begins a step at this moment, in microseconds since 1970 in UTC. */
    public void advanceTo(long newMicros) {
        known = true;
        micros = newMicros;
    }

    /** The moment; whoever asks must have been told before. */
    public long micros() {
        if (!known) {
            throw new IllegalStateException("nobody said what time it is");
        }
        return micros;
    }
}
