package io.thalweg.server.query;

import io.thalweg.log.PartitionLog;
import io.thalweg.log.frame.ProducerSequence;

/** Says in each block who wrote it. One thread. */
interface BlockTags {
    /** The tag of the next block for a partition. */
    ProducerSequence next(PartitionLog partition);

    /** The partition has taken that block. */
    void taken(PartitionLog partition, int rows);
}
