package io.thalweg.server.query;

import io.thalweg.log.PartitionLog;
import io.thalweg.log.frame.ProducerSequence;

/** Says in each block who wrote it. One thread. */
interface BlockTags {
    /** Writes nobody's name. */
    BlockTags NONE = new BlockTags() {
        @Override
        public ProducerSequence next(PartitionLog partition) {
            return ProducerSequence.NONE;
        }

        @Override
        public void taken(PartitionLog partition, int rows) {
            // Nothing follows from it.
        }
    };

    /** The tag of the next block for a partition. */
    ProducerSequence next(PartitionLog partition);

    /** The partition has taken that block. */
    void taken(PartitionLog partition, int rows);
}
