package io.thalweg.benchmarks.log;

import io.thalweg.benchmarks.system.ServerProcess;
import io.thalweg.log.LogConfig;
import io.thalweg.log.LogStore;
import io.thalweg.log.PartitionId;
import io.thalweg.log.PartitionLog;
import io.thalweg.log.file.DiskFileSystem;
import io.thalweg.model.time.SystemClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A log store of this process in a directory of its own that is gone when this is closed, with some partitions. */
final class StoreRig implements AutoCloseable {
    private final Path directory;
    private final LogStore store;
    private final List<PartitionLog> partitions = new ArrayList<>();

    StoreRig(Path directory, int partitionCount) {
        this.directory = directory;
        this.store = LogStore.open(new DiskFileSystem(), directory, LogConfig.defaults(), new SystemClock());
        for (int i = 0; i < partitionCount; i++) {
            partitions.add(store.create(new PartitionId(1, i)));
        }
    }

    LogStore store() {
        return store;
    }

    List<PartitionLog> partitions() {
        return partitions;
    }

    @Override
    public void close() {
        store.close();
        ServerProcess.deleteTree(directory);
    }
}
