package io.thalweg.log.frame;

/**
 * Who sent a frame and as its how-many-th, so that a retry can be told from a new frame.
 *
 * @param epoch which instance of the producer; a later one shuts out the earlier ones
 * @param sequence the number of rows that this instance sent before, modulo 2^31
 * @param transactional whether the rows count only once a marker commits them
 */
public record ProducerSequence(long producerId, short epoch, int sequence, boolean transactional) {
    /** A producer that did not introduce itself. */
    public static final ProducerSequence NONE = new ProducerSequence(-1, (short) -1, -1);

    public ProducerSequence {
        if (producerId >= 0 && (epoch < 0 || sequence < 0)) {
            throw new IllegalArgumentException("epoch or sequence is negative: " + epoch + ", " + sequence);
        }
    }

    /** An append outside of transactions. */
    public ProducerSequence(long producerId, short epoch, int sequence) {
        this(producerId, epoch, sequence, false);
    }

    /** Whether the producer introduced itself. */
    public boolean isKnown() {
        return producerId >= 0;
    }
}
