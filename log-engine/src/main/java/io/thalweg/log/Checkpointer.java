package io.thalweg.log;

import io.thalweg.log.file.AtomicFile;
import io.thalweg.log.file.DiskCrew;
import io.thalweg.log.frame.FrameOwner;
import io.thalweg.log.recovery.DurablePoints;
import io.thalweg.log.segment.LogPoint;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the durable points, so that a start has little to scan. Points of damaged partitions are carried on as they
 * are: they prove the damage. Thread-safe.
 */
final class Checkpointer {
    private final AtomicFile file;
    private final DiskCrew crew;
    private final Map<FrameOwner, LogPoint> inherited;
    /** What this process wrote last, if it did; guarded by this. */
    private Optional<Map<FrameOwner, LogPoint>> last = Optional.empty();

    /**
     * @param crew forces the files of several partitions side by side
     */
    Checkpointer(AtomicFile file, DiskCrew crew, Map<FrameOwner, LogPoint> inherited) {
        this.file = file;
        this.crew = crew;
        this.inherited = new HashMap<>(inherited);
    }

    /** Forces what was written without a force, then writes the points if they changed; durable when it returns. */
    synchronized void checkpoint(Collection<PartitionLog> partitions) throws IOException {
        flush(partitions);
        Map<FrameOwner, LogPoint> points = new HashMap<>(inherited);
        for (PartitionLog partition : partitions) {
            if (partition.hasWriter()) {
                points.put(partition.owner(), partition.durablePoint());
                partition.saveProducers();
            }
        }
        if (!last.equals(Optional.of(points))) {
            DurablePoints.write(file, points);
            last = Optional.of(points);
        }
    }

    /** Forces what was written without a force. A failure takes its partition offline. */
    void flush(Collection<PartitionLog> partitions) throws IOException {
        List<PartitionLog> behind =
                partitions.stream().filter(PartitionLog::needsFlush).toList();
        crew.runAll(behind.size(), index -> behind.get(index).flush());
    }

    /** Stops carrying on the point of a damaged partition that is being dropped. */
    synchronized void forget(FrameOwner owner) {
        inherited
                .keySet()
                .removeIf(known -> known.streamId() == owner.streamId() && known.partition() == owner.partition());
    }
}
