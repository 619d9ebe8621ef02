package io.thalweg.log;

/** The number of a partition and of the stream it belongs to; names never reach the disk. Ordered by stream. */
public record PartitionId(long streamId, int partition) implements Comparable<PartitionId> {
    public PartitionId {
        if (partition < 0) {
            throw new IllegalArgumentException("partition number is negative: " + partition);
        }
    }

    @Override
    public int compareTo(PartitionId that) {
        int byStream = Long.compareUnsigned(streamId, that.streamId);
        return byStream != 0 ? byStream : Integer.compare(partition, that.partition);
    }

    @Override
    public String toString() {
        return "partition " + partition + " of stream " + streamId;
    }
}
