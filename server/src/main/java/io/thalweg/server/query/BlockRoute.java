package io.thalweg.server.query;

import io.thalweg.log.PartitionLog;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.error.ThalwegException;

/** Takes blocks of rows for the partitions that were chosen for them. */
interface BlockRoute {
    /** Takes a block; false if others have replaced the partition, or will: the block is to be sent again then. */
    boolean add(PartitionLog partition, DeltaBatch block);

    /** Gives up on a block that has no place. */
    void fail(DeltaBatch block, ThalwegException reason);
}
