package io.thalweg.benchmarks.log;

import io.thalweg.benchmarks.system.Stopwatch;
import io.thalweg.log.AppendRequest;
import io.thalweg.log.AppendResult;
import io.thalweg.log.Durability;
import io.thalweg.log.LogCursor;
import io.thalweg.log.PartitionLog;
import io.thalweg.log.PayloadKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Loads on a log store without anything above it. */
final class StoreLoad {
    private final List<PartitionLog> partitions;

    StoreLoad(List<PartitionLog> partitions) {
        this.partitions = partitions;
    }

    /** Seconds until payloads are acknowledged that one thread appends without waiting, to all partitions in turn. */
    double append(long payloads, int payloadBytes, int rowCount, Durability durability) {
        AppendRequest request = request(payloadBytes, rowCount).with(durability);
        Stopwatch watch = new Stopwatch();
        List<CompletableFuture<AppendResult>> last = new ArrayList<>();
        for (long i = 0; i < payloads; i++) {
            PartitionLog partition = partitions.get((int) (i % partitions.size()));
            CompletableFuture<AppendResult> result = partition.append(request);
            if (i >= payloads - partitions.size()) {
                last.add(result);
            }
        }
        last.forEach(CompletableFuture::join);
        return watch.seconds();
    }

    /** Acknowledgements per second to writers that each wait for one before they append again. */
    double acknowledgementsPerSecond(int writers, int payloadBytes, double seconds) {
        AppendRequest request = request(payloadBytes, 1);
        AtomicLong acknowledged = new AtomicLong();
        Stopwatch watch = new Stopwatch();
        Thread[] threads = new Thread[writers];
        for (int i = 0; i < writers; i++) {
            int first = i;
            threads[i] = new Thread(
                    () -> {
                        long count = 0;
                        while (watch.seconds() < seconds) {
                            partitions
                                    .get((int) ((first + count * writers) % partitions.size()))
                                    .append(request)
                                    .join();
                            count++;
                        }
                        acknowledged.addAndGet(count);
                    },
                    "bench-writer-" + i);
            threads[i].start();
        }
        for (Thread thread : threads) {
            join(thread);
        }
        return acknowledged.get() / watch.seconds();
    }

    /** Seconds to read all frames of all partitions, checksums included. */
    double read() {
        Stopwatch watch = new Stopwatch();
        for (PartitionLog partition : partitions) {
            try (LogCursor cursor = partition.read(partition.startOffset(), partition.endOffset())) {
                while (cursor.next()) {
                    if (cursor.payload().remaining() == 0) {
                        throw new IllegalStateException("a frame is empty");
                    }
                }
            }
        }
        return watch.seconds();
    }

    private static AppendRequest request(int payloadBytes, int rowCount) {
        byte[] payload = new byte[payloadBytes];
        new SplittableRandom(payloadBytes).nextBytes(payload);
        return AppendRequest.of(PayloadKind.RECORD, ByteBuffer.wrap(payload), rowCount);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
