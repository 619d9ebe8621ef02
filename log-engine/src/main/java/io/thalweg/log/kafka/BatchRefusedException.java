package io.thalweg.log.kafka;

/** Why a Kafka batch is not taken; the cause of what its sender gets, so that a door can tell it Kafka's own code. */
public final class BatchRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** What is wrong with the batch. */
    public enum Reason {
        /** Its bytes are not those that were sent, or not a batch. */
        CORRUPT,
        /** It is of a message format before version 2. */
        OLD_FORMAT,
        /** It is longer than the partition takes, compressed or not. */
        TOO_LARGE,
        /** A record says something that cannot be, or has no key where it needs one. */
        INVALID_RECORD,
        /** A record is older or newer than the partition takes. */
        INVALID_TIMESTAMP,
        /** It is compressed in a way that nobody here can read. */
        UNSUPPORTED_COMPRESSION
    }

    BatchRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    BatchRefusedException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
