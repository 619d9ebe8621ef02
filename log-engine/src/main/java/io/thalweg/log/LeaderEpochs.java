package io.thalweg.log;

import io.thalweg.log.recovery.EpochStart;
import java.io.IOException;
import java.util.List;

/**
 * The leader epochs of a partition, as Kafka clients use them to find out that the log they read is no longer the one
 * they knew. Every opening of the store begins a new epoch for what is appended from then on, since a loss of power may
 * have taken rows that were only promised to the operating system: the offsets of such rows come again, but with a later
 * epoch. An epoch is on disk before the first batch has it, and one that no batch has is given again. Thread-safe.
 */
public final class LeaderEpochs {
    private static final int NONE = -1;

    private final PartitionId id;
    private final DurableMetadata metadata;
    private final EpochStart current;
    /** Set once; volatile because every append of a Kafka batch looks. */
    private volatile boolean recorded;

    /** The last epoch that is at or before one, and the offset where it ends. */
    public record End(int epoch, long endOffset) {
        /** What is answered for an epoch that the partition never had. */
        public static final End UNKNOWN = new End(NONE, NONE);
    }

    LeaderEpochs(PartitionId id, DurableMetadata metadata, long recoveredEnd) {
        this.id = id;
        List<EpochStart> known = metadata.current().epochs();
        int next = known.isEmpty() ? 0 : known.get(known.size() - 1).epoch() + 1;
        this.metadata = metadata;
        this.current = new EpochStart(next, recoveredEnd);
    }

    /** The epoch of what is appended now. */
    public int current() {
        return current.epoch();
    }

    /** Makes sure that a batch may have the current epoch. */
    void record() {
        if (recorded) {
            return;
        }
        try {
            metadata.change(known -> isLast(known.epochs()) ? known : known.withEpoch(current));
            recorded = true;
        } catch (IOException e) {
            throw Refusal.ofDisk(id + " could not begin a leader epoch", e);
        }
    }

    /** The same for a marker, which has no epoch of its own: Kafka clients see one if they have seen a batch. */
    void recordForMarker() {
        if (!metadata.current().epochs().isEmpty()) {
            record();
        }
    }

    private boolean isLast(List<EpochStart> known) {
        return !known.isEmpty() && known.get(known.size() - 1).epoch() == current.epoch();
    }

    /** The epoch of the rows at an offset. */
    public int at(long offset) {
        int found = 0;
        for (EpochStart one : metadata.current().epochs()) {
            if (one.offset() <= offset) {
                found = one.epoch();
            }
        }
        return found;
    }

    /**
     * Where an epoch ends, or the last one before it if the partition does not have it.
     *
     * @param logEnd where the last one ends
     */
    public End endOf(int epoch, long logEnd) {
        if (epoch == current.epoch()) {
            return new End(epoch, logEnd);
        }
        List<EpochStart> known = metadata.current().epochs();
        int found = NONE;
        for (EpochStart one : known) {
            if (one.epoch() > epoch) {
                return new End(found == NONE ? epoch : found, one.offset());
            }
            found = one.epoch();
        }
        // Nothing has the current epoch yet: it begins where the last one ends.
        return epoch < current.epoch() && found != NONE ? new End(found, current.offset()) : End.UNKNOWN;
    }
}
