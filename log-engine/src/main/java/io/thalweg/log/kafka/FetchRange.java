package io.thalweg.log.kafka;

/**
 * What a Kafka client wants of a partition.
 *
 * @param maxBytes how many bytes it takes; the first batch comes whatever its length
 * @param committed whether it must not see beyond the last stable offset
 * @param verified whether the server compares the checksums, besides the client
 */
public record FetchRange(long fromOffset, int maxBytes, boolean committed, boolean verified) {
    /** All that is visible, for a client that compares the checksums. */
    public static FetchRange uncommitted(long fromOffset, int maxBytes) {
        return new FetchRange(fromOffset, maxBytes, false, false);
    }

    /** All that is decided, for a client that compares the checksums. */
    public static FetchRange committed(long fromOffset, int maxBytes) {
        return new FetchRange(fromOffset, maxBytes, true, false);
    }
}
