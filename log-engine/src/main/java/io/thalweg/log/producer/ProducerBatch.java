package io.thalweg.log.producer;

/**
 * One append of an idempotent producer. Sequences count rows, from 0 in each epoch; after the greatest int comes 0.
 *
 * @param sequence that of the first row
 */
public record ProducerBatch(short epoch, int sequence, int rowCount, long baseOffset, long appendedAtMicros) {
    /** The sequence that the producer's next append must have. */
    public int nextSequence() {
        return (int) ((sequence + (long) rowCount) & Integer.MAX_VALUE);
    }

    /** The offset after the last row. */
    public long endOffset() {
        return baseOffset + rowCount;
    }
}
