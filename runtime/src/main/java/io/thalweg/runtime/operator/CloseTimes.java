package io.thalweg.runtime.operator;

import io.thalweg.model.plan.CloseTime;

/** When rows are final. */
final class CloseTimes {
    private CloseTimes() {}

    /** The watermark from which a row with this value is final; the last moment there is if it lies beyond. */
    static long closeAt(long value, CloseTime closeTime) {
        long close = value + closeTime.offsetMicros();
        boolean overflows = ((value ^ close) & (closeTime.offsetMicros() ^ close)) < 0;
        if (overflows) {
            return value > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        return close;
    }
}
