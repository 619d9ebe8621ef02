package io.thalweg.log.offsets;

import io.thalweg.log.PartitionId;

/** Whose offset, and where. */
record OffsetKey(String group, PartitionId partition) {}
