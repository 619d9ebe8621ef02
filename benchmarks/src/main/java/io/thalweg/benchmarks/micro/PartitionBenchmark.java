package io.thalweg.benchmarks.micro;

import io.thalweg.log.AppendRequest;
import io.thalweg.log.AppendResult;
import io.thalweg.log.Durability;
import io.thalweg.log.LogConfig;
import io.thalweg.log.LogCursor;
import io.thalweg.log.LogStore;
import io.thalweg.log.PartitionId;
import io.thalweg.log.PartitionLog;
import io.thalweg.log.PayloadKind;
import io.thalweg.log.file.MemoryFileSystem;
import io.thalweg.model.time.SystemClock;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A partition in memory: the queue, the commit thread and the acknowledgement of an append, and the reading of a frame. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PartitionBenchmark {
    private static final int FRAMES = 1_000;

    /** The length of the payload. */
    @Param({"100", "10000"})
    public int payloadBytes;

    private LogStore store = open();
    private PartitionLog partition = create(store);
    private AppendRequest request = request(1);

    private static LogStore open() {
        return LogStore.open(
                new MemoryFileSystem(), Path.of("/log"), LogConfig.defaults().withReserveBytes(0), new SystemClock());
    }

    private static PartitionLog create(LogStore store) {
        return store.create(new PartitionId(1, 0));
    }

    private static AppendRequest request(int bytes) {
        return AppendRequest.of(PayloadKind.RECORD, ByteBuffer.wrap(new byte[bytes]), 1)
                .with(Durability.OS);
    }

    /** A partition with some frames. */
    @Setup(Level.Invocation)
    public void fill() {
        store.close();
        store = open();
        partition = create(store);
        request = request(payloadBytes);
        append();
    }

    @TearDown
    public void close() {
        store.close();
    }

    /** Appends that do not wait for each other, the last of which is acknowledged. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public AppendResult append() {
        CompletableFuture<AppendResult> last = partition.append(request);
        for (int i = 1; i < FRAMES; i++) {
            last = partition.append(request);
        }
        return last.join();
    }

    /** All frames, checked. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long read() {
        long rows = 0;
        try (LogCursor cursor = partition.read(0, partition.endOffset())) {
            while (cursor.next()) {
                rows += cursor.rowCount();
            }
        }
        return rows;
    }
}
