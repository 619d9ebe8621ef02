package io.thalweg.benchmarks.log;

import io.thalweg.log.Durability;
import io.thalweg.log.LogConfig;
import io.thalweg.log.LogStore;
import io.thalweg.log.PartitionId;
import io.thalweg.log.PartitionLog;
import io.thalweg.log.file.DiskFileSystem;
import io.thalweg.model.SuppressForbidden;
import io.thalweg.model.time.SystemClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Fills a log, says so, and goes on appending until it is killed. */
@SuppressForbidden(reason = "the process that started this one listens to its standard output")
public final class LogFillerMain {
    private static final int FRAME_BYTES = 64 * 1024;
    private static final int SMALL_BYTES = 1024;
    private static final int WRITERS = 8;

    private LogFillerMain() {}

    /** Takes the directory, the number of partitions and the bytes. */
    public static void main(String[] arguments) {
        LogStore store =
                LogStore.open(new DiskFileSystem(), Path.of(arguments[0]), LogConfig.defaults(), new SystemClock());
        List<PartitionLog> partitions = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            partitions.add(store.create(new PartitionId(1, i)));
        }
        StoreLoad load = new StoreLoad(partitions);
        load.append(Long.parseLong(arguments[2]) / FRAME_BYTES, FRAME_BYTES, 500, Durability.OS);
        System.out.println("filled");
        load.acknowledgementsPerSecond(WRITERS, SMALL_BYTES, Double.MAX_VALUE);
    }
}
