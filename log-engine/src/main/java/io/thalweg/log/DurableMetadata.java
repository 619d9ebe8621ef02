package io.thalweg.log;

import io.thalweg.log.file.AtomicFile;
import io.thalweg.log.file.DiskFullException;
import io.thalweg.log.recovery.PartitionMetadata;
import java.io.IOException;
import java.util.function.UnaryOperator;

/**
 * What a partition is, in memory as on disk: a change is on disk before anybody sees it. Changing it takes the disk
 * reserve if there is no other room, since most changes are made to get rid of rows. Thread-safe.
 */
final class DurableMetadata {
    private final AtomicFile file;
    private final SpaceReserve reserve;
    /** Written under this; volatile because everybody reads it. */
    private volatile PartitionMetadata current;
    /** Guarded by this. */
    private boolean closed;

    DurableMetadata(AtomicFile file, SpaceReserve reserve, PartitionMetadata current) {
        this.file = file;
        this.reserve = reserve;
        this.current = current;
    }

    PartitionMetadata current() {
        return current;
    }

    /** Replaces the file; durable and visible when it returns. After an exception the file may be old or new. */
    synchronized void change(UnaryOperator<PartitionMetadata> change) throws IOException {
        if (closed) {
            throw new IOException("the partition is closed");
        }
        PartitionMetadata changed = change.apply(current);
        try {
            file.replace(changed.encode());
        } catch (DiskFullException e) {
            if (!reserve.giveUp()) {
                throw e;
            }
            file.replace(changed.encode());
        }
        current = changed;
    }

    /** Leaves the file alone from now on: somebody else may have the directory. */
    synchronized void close() {
        closed = true;
    }
}
