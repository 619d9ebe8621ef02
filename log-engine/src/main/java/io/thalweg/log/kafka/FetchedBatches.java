package io.thalweg.log.kafka;

import io.thalweg.log.StoredFrames;
import io.thalweg.log.StoredRegion;
import java.util.List;

/**
 * What a Kafka fetch of a partition gives: whole batches one after another, the first of which may begin below the offset
 * that was asked for. The regions are good until this is closed. Immutable.
 */
public final class FetchedBatches implements AutoCloseable {
    private final List<StoredRegion> regions;
    private final List<AbortedTransaction> aborted;
    private final Positions positions;
    private final StoredFrames frames;

    /** A transaction whose rows do not count, by its producer and its first offset. */
    public record AbortedTransaction(long producerId, long firstOffset) {}

    /**
     * Where the partition stood.
     *
     * @param nextOffset where the next fetch goes on
     */
    public record Positions(long startOffset, long nextOffset, long highWatermark, long lastStableOffset) {}

    FetchedBatches(
            List<StoredRegion> regions, List<AbortedTransaction> aborted, Positions positions, StoredFrames frames) {
        this.regions = List.copyOf(regions);
        this.aborted = List.copyOf(aborted);
        this.positions = positions;
        this.frames = frames;
    }

    /** The batches in order, each a region of its own. */
    public List<StoredRegion> regions() {
        return regions;
    }

    /** The bytes of all batches together. */
    public int sizeBytes() {
        return regions.stream().mapToInt(StoredRegion::length).sum();
    }

    /** The aborted transactions among the batches by first offset; none unless only committed rows were asked for. */
    public List<AbortedTransaction> abortedTransactions() {
        return aborted;
    }

    public Positions positions() {
        return positions;
    }

    @Override
    public void close() {
        frames.close();
    }
}
