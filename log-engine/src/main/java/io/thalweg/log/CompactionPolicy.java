package io.thalweg.log;

/**
 * How a partition is compacted: of the rows with the same key the newest stays, older ones go, and offsets stay what
 * they are. Rows go by whole frames, when every row of a frame may go, or one by one where {@link RowKeys#without} can
 * take them out; never from the segment in use. Rows of aborted transactions go, and markers that nothing is left of.
 *
 * @param keys tells the keys of rows
 * @param tombstoneMicros how long a tombstone stays after the rows it supersedes are gone, for readers who saw them
 * @param maxLagMicros the age at which a segment is followed by a new one, so that its rows can be compacted
 * @param maxKeyBytes bound of the memory for keys; with more keys than fit, several turns do what one would do
 */
public record CompactionPolicy(RowKeys keys, long tombstoneMicros, long maxLagMicros, long maxKeyBytes) {
    public CompactionPolicy {
        if (tombstoneMicros < 0 || maxLagMicros < 1 || maxKeyBytes < 1) {
            throw new IllegalArgumentException(
                    "compaction limits are too small: " + tombstoneMicros + ", " + maxLagMicros + ", " + maxKeyBytes);
        }
    }
}
