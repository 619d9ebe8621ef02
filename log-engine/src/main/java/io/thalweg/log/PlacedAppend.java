package io.thalweg.log;

/** Rows and the partition they are to be appended to. */
public record PlacedAppend(PartitionLog partition, AppendRequest request) {}
