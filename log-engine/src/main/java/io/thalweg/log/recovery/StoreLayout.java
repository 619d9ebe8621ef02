package io.thalweg.log.recovery;

import java.nio.file.Path;

/**
 * Where things are in a data directory:
 *
 * <pre>
 *   thalweg.lock                          held by the process that has the directory open
 *   durable-points                        {@link DurablePoints}
 *   reserve                               space for partitions that must go on when the disk is full
 *   log/&lt;stream id, hex&gt;/&lt;partition&gt;/       one directory per partition:
 *     partition.meta                      {@link PartitionMetadata}
 *     partition.quarantine                {@link QuarantineFile}, while there is a known damage
 *     producers.snapshot                  {@link io.thalweg.log.producer.ProducerSnapshot}, disposable
 *     &lt;base offset, 20 digits&gt;.log         segments
 *     &lt;base offset, 20 digits&gt;.index       their frame indexes, disposable
 * </pre>
 */
public record StoreLayout(Path root) {
    public Path lock() {
        return root.resolve("thalweg.lock");
    }

    public Path durablePoints() {
        return root.resolve(DurablePoints.FILE_NAME);
    }

    public Path reserve() {
        return root.resolve("reserve");
    }

    public Path log() {
        return root.resolve("log");
    }

    public Path stream(long streamId) {
        return log().resolve(Long.toHexString(streamId));
    }

    public Path partition(long streamId, int partition) {
        return stream(streamId).resolve(Integer.toString(partition));
    }
}
