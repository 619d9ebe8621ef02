package io.thalweg.log.producer;

/** Why an append of an idempotent producer is not taken; the cause of what its caller gets. */
public final class ProducerRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** What is wrong with the append. */
    public enum Reason {
        /** The sequence is not the one after the last append, nor that of an append that is remembered. */
        OUT_OF_SEQUENCE,
        /** Another instance of the producer has taken over with a later epoch. */
        OLD_EPOCH,
        /** The producer has an open transaction and the append is outside of it. */
        IN_TRANSACTION
    }

    ProducerRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
