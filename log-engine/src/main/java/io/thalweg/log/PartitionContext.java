package io.thalweg.log;

import io.thalweg.log.file.LogFileSystem;
import io.thalweg.model.time.Clock;

/** What all partitions of a store share. */
record PartitionContext(
        LogFileSystem files,
        LogConfig config,
        Clock clock,
        MemoryBudget budget,
        SpaceReserve reserve,
        CommitGroups groups,
        LogCounters counters) {}
