package io.thalweg.log;

import io.thalweg.log.segment.FrameReader;
import io.thalweg.log.segment.Segment;
import java.io.IOException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads all durable frames again, round after round, so that a damage is found while there may still be a copy
 * elsewhere, and not when somebody needs the rows. Bounded by a rate; what it reads comes from the page cache if it is
 * there, so a damage on disk below cached pages waits for a later round. One thread.
 */
final class Scrubber {
    private final NavigableMap<PartitionId, PartitionLog> partitions;
    private final LogCounters counters;
    private final long bytesPerSecond;

    private long lastRunNanos;
    /** What may be read now; below zero after a frame that was longer than what was left. */
    private double allowanceBytes;

    private @Nullable Place place;
    private @Nullable PartitionId lastPartition;

    /** A segment that is being read, up to an offset below which it was durable when that began. */
    private record Place(PartitionLog partition, Segment segment, FrameReader reader, long limit) {}

    Scrubber(
            NavigableMap<PartitionId, PartitionLog> partitions,
            LogCounters counters,
            long bytesPerSecond,
            long nowNanos) {
        this.partitions = partitions;
        this.counters = counters;
        this.bytesPerSecond = bytesPerSecond;
        this.lastRunNanos = nowNanos;
    }

    /** Reads as much as the time since the last call allows; at most one round, and at most what a second allows. */
    void run(long nowNanos) {
        double elapsed = (nowNanos - lastRunNanos) / (double) TimeUnit.SECONDS.toNanos(1);
        lastRunNanos = nowNanos;
        allowanceBytes = Math.min(bytesPerSecond, allowanceBytes + elapsed * bytesPerSecond);
        boolean wrapped = false;
        while (allowanceBytes > 0 && !wrapped) {
            Place current = place;
            if (current == null) {
                wrapped = moveToNextPartition();
            } else if (!readFrame(current)) {
                place = segmentAfter(current.partition(), current.segment().baseOffset() + 1);
            }
        }
    }

    /** Reads one frame; false when there is no more to read in this segment. */
    private boolean readFrame(Place current) {
        FrameReader reader = current.reader();
        if (reader.expectedOffset() >= current.limit()) {
            return false;
        }
        try {
            long before = reader.position();
            FrameReader.Step step = reader.next();
            if (step != FrameReader.Step.FRAME) {
                current.partition().reportDamage(current.segment(), reader, step);
                return false;
            }
            allowanceBytes -= reader.position() - before;
            counters.scrubbed(reader.position() - before);
            return true;
        } catch (IOException e) {
            // Trimmed or dropped meanwhile, or a trouble that a reader is told of.
            return false;
        }
    }

    /** Goes to the first segment of the next partition; true when that is the first partition again, or there is none. */
    private boolean moveToNextPartition() {
        PartitionId last = lastPartition;
        Map.Entry<PartitionId, PartitionLog> next =
                last == null ? partitions.firstEntry() : partitions.higherEntry(last);
        if (next == null) {
            lastPartition = null;
            counters.scrubRound();
            return true;
        }
        lastPartition = next.getKey();
        place = segmentAfter(next.getValue(), 0);
        return false;
    }

    private static @Nullable Place segmentAfter(PartitionLog partition, long baseOffset) {
        Optional<Segment> segment = partition.scrubbable(baseOffset);
        if (segment.isEmpty()) {
            return null;
        }
        Segment found = segment.get();
        return new Place(partition, found, found.readerAtStart(), partition.durableEnd(found));
    }
}
