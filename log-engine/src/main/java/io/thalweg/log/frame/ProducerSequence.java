package io.thalweg.log.frame;

/**
 * Who sent a frame and as its how-many-th, so that a retry can be told from a new frame. Stored now; the log does not
 * compare sequences yet.
 */
public record ProducerSequence(long producerId, short epoch, int sequence) {
    /** A producer that did not introduce itself. */
    public static final ProducerSequence NONE = new ProducerSequence(-1, (short) -1, -1);
}
