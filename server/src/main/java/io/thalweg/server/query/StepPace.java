package io.thalweg.server.query;

import io.thalweg.model.plan.NowFilterNode;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.model.time.Clock;

/**
 * What time it is in a step, and whether steps follow the clock when no rows come.
 *
 * @param ticks whether time alone can change an answer
 */
record StepPace(Clock clock, boolean ticks) {
    /** The most time between two steps that follow the clock. */
    private static final long TICK_MILLIS = 500;

    static StepPace of(PhysicalPlan plan, Clock clock) {
        return new StepPace(clock, NowFilterNode.isIn(plan.root()));
    }

    long nowMicros() {
        return clock.epochMicros();
    }

    /** Waits for the signal, or for the next tick. */
    void await(Signal signal) {
        if (ticks) {
            signal.await(TICK_MILLIS);
        } else {
            signal.await();
        }
    }
}
