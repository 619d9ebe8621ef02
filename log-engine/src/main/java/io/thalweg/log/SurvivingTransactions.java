package io.thalweg.log;

import io.thalweg.log.frame.Frame;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds the markers of transactions that nothing is left of, while compaction goes over the frames in their order. A
 * marker without its rows may go once its producer is forgotten; rows without their marker would look like a transaction
 * that is open, so whatever still names the transaction keeps the marker. One thread.
 */
final class SurvivingTransactions {
    private final long producersKeptAfter;
    private final Set<Long> met = new HashSet<>();

    /**
     * @param producersKeptAfter what was appended after this is needed to recognise producers
     */
    SurvivingTransactions(long producersKeptAfter) {
        this.producersKeptAfter = producersKeptAfter;
    }

    /** Notes a frame that names its producer after this turn too. */
    void meet(Frame frame) {
        if (frame.producer().transactional()) {
            met.add(frame.producer().producerId());
        }
    }

    /** Whether a marker may go; the transaction ends with it. */
    boolean mayGo(Frame marker) {
        return !met.remove(marker.producer().producerId()) && isForgotten(marker);
    }

    /** Whether a frame is too old to tell anything about its producer. */
    boolean isForgotten(Frame frame) {
        return frame.appendedAtMicros() <= producersKeptAfter;
    }
}
