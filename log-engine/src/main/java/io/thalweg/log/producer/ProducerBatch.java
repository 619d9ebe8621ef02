package io.thalweg.log.producer;

/**
 * One append of an idempotent producer. Sequences count rows, from 0 in each epoch; after the greatest int comes 0.
 *
 * @param sequence that of the first row
 * @param rowCount 0 for a marker, which takes an offset but no sequence
 */
public record ProducerBatch(short epoch, int sequence, int rowCount, long baseOffset, long appendedAtMicros) {
    /** The marker that ended a transaction; the next append of the new epoch has sequence 0. */
    public static ProducerBatch marker(short epoch, long offset, long appendedAtMicros) {
        return new ProducerBatch(epoch, 0, 0, offset, appendedAtMicros);
    }

    public boolean isMarker() {
        return rowCount == 0;
    }

    /** The sequence that the producer's next append must have. */
    public int nextSequence() {
        return (int) ((sequence + (long) rowCount) & Integer.MAX_VALUE);
    }

    /** The offset after the last row. */
    public long endOffset() {
        return baseOffset + Math.max(1, rowCount);
    }
}
