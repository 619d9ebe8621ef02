package io.thalweg.tests.disk;

import io.thalweg.log.AppendRequest;
import io.thalweg.log.AppendResult;
import io.thalweg.log.Durability;
import io.thalweg.log.LogConfig;
import io.thalweg.log.LogStore;
import io.thalweg.log.PartitionId;
import io.thalweg.log.PartitionLog;
import io.thalweg.log.PayloadKind;
import io.thalweg.log.file.DiskFileSystem;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.time.SystemClock;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A process that appends until its disk or itself is gone, and prints one line for whatever it was told is safe:
 * {@code row <partition> <offset> <writer> <number> <durability>}, {@code created <partition>}, {@code dropping
 * <partition>}, {@code dropped <partition>}.
 */
final class LogWriterMain {
    static final long ROWS = 1;
    static final long MADE = 2;
    /** Partition 0 is written with SYNC, partition 1 with OS, partition 2 with both. */
    static final int PARTITIONS = 3;

    private static final int WRITERS = 6;
    private static final int MOST_UNDER_WAY = 4;
    private static final PrintStream OUTPUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);

    private LogWriterMain() {}

    static LogConfig config() {
        return LogConfig.defaults()
                .withSegmentBytes(200_000)
                .withCheckpointMillis(40)
                .withReserveBytes(0);
    }

    public static void main(String[] arguments) {
        untilTheDiskIsGone(() -> write(Path.of(arguments[0]), Long.parseLong(arguments[1])));
    }

    @SuppressWarnings("resource")
    private static void write(Path directory, long firstNumber) {
        LogStore store = LogStore.open(new DiskFileSystem(), directory, config(), new SystemClock());
        OUTPUT.println("open");
        for (int writer = 0; writer < WRITERS; writer++) {
            PartitionId id = new PartitionId(ROWS, writer % PARTITIONS);
            int number = writer;
            PartitionLog log = partition(store, id);
            new Thread(() -> untilTheDiskIsGone(() -> append(log, number, firstNumber))).start();
        }
        new Thread(() -> untilTheDiskIsGone(() -> makeAndDrop(store, (int) (firstNumber >> 32)))).start();
    }

    private static synchronized PartitionLog partition(LogStore store, PartitionId id) {
        return store.partition(id).orElseGet(() -> store.create(id));
    }

    private static void untilTheDiskIsGone(Runnable work) {
        try {
            work.run();
        } catch (ThalwegException | CompletionException gone) {
            OUTPUT.println("gone " + gone.getMessage());
        }
    }

    private static void append(PartitionLog log, int writer, long firstNumber) {
        Random random = new Random(firstNumber + writer);
        int partition = log.id().partition();
        for (long number = firstNumber; ; ) {
            List<CompletableFuture<AppendResult>> underWay = new ArrayList<>();
            for (int i = random.nextInt(MOST_UNDER_WAY); i >= 0; i--) {
                Durability durability =
                        partition == 0 || partition == 2 && random.nextBoolean() ? Durability.SYNC : Durability.OS;
                StoredRow row = new StoredRow(writer, number++);
                underWay.add(log.append(AppendRequest.of(PayloadKind.RECORD, row.payload(), 1)
                                .with(durability))
                        .whenComplete((place, failure) -> {
                            if (failure == null) {
                                OUTPUT.println("row " + partition + " " + place.baseOffset() + " " + writer + " "
                                        + row.number() + " " + durability);
                            }
                        }));
            }
            underWay.forEach(CompletableFuture::join);
        }
    }

    private static void makeAndDrop(LogStore store, int cycle) {
        for (int made = 0; ; made++) {
            PartitionId id = new PartitionId(MADE, cycle * 10_000 + made);
            StoredRow row = new StoredRow(0, id.partition());
            store.create(id)
                    .append(AppendRequest.of(PayloadKind.RECORD, row.payload(), 1))
                    .join();
            OUTPUT.println("created " + id.partition());
            if (made % 4 != 0) {
                OUTPUT.println("dropping " + id.partition());
                store.drop(id);
                OUTPUT.println("dropped " + id.partition());
            }
        }
    }
}
