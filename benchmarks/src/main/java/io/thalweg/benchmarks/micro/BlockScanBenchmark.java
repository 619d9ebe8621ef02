package io.thalweg.benchmarks.micro;

import io.thalweg.log.AppendRequest;
import io.thalweg.log.Durability;
import io.thalweg.log.LogConfig;
import io.thalweg.log.LogCursor;
import io.thalweg.log.LogStore;
import io.thalweg.log.PartitionId;
import io.thalweg.log.PartitionLog;
import io.thalweg.log.PayloadKind;
import io.thalweg.log.file.DiskFileSystem;
import io.thalweg.model.delta.BlockCodec;
import io.thalweg.model.delta.BlockCompression;
import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.time.SystemClock;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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

/**
 * Reading two of seven columns from a partition on disk whose bytes the operating system has cached: rows a microsecond,
 * which is millions of rows a second, on one thread.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
public class BlockScanBenchmark {
    private static final int ROWS = 1 << 22;
    private static final int AIRPORTS = 300;
    private static final RowType FLIGHTS = RowType.of(
            "departure", SqlType.timestamp(3),
            "delay", SqlType.INTEGER,
            "distance", SqlType.INTEGER,
            "origin", SqlType.VARCHAR,
            "destination", SqlType.VARCHAR,
            "carrier", SqlType.VARCHAR,
            "fare", SqlType.decimal(8, 2));
    private static final int DELAY = 1;
    private static final int ORIGIN = 3;
    private static final int[] WANTED = {ORIGIN, DELAY};

    /** How many rows a block has. */
    @Param({"4096", "16384"})
    public int blockRows;

    private final List<byte[]> blocks = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(1);
    private long time = 978_307_200_000_000L;
    private @Nullable Stored stored;

    /** The rows on disk. */
    private record Stored(Path directory, LogStore store, PartitionLog partition) {}

    private static LogStore open(Path directory) {
        return LogStore.open(
                new DiskFileSystem(),
                directory,
                LogConfig.defaults().withReserveBytes(0).withScrubBytesPerSecond(0),
                new SystemClock());
    }

    /** Stores the rows. */
    @Setup
    public void fill() throws IOException {
        Path directory = Files.createTempDirectory("thalweg-bench");
        LogStore store = open(directory);
        PartitionLog partition = store.create(new PartitionId(1, 0));
        stored = new Stored(directory, store, partition);
        for (int row = 0; row < ROWS; row += blockRows) {
            byte[] block = BlockCodec.encodeStored(nextRows(), BlockCompression.NONE);
            blocks.add(block);
            partition
                    .append(AppendRequest.of(PayloadKind.COLUMNAR_BLOCK, ByteBuffer.wrap(block), blockRows)
                            .with(Durability.OS))
                    .join();
        }
    }

    private DeltaBatch nextRows() {
        DeltaBatchBuilder builder = new DeltaBatchBuilder(FLIGHTS);
        for (int row = 0; row < blockRows; row++) {
            time += random.nextInt(20_000) * 1_000L;
            builder.column(0).appendLong(time);
            builder.column(1).appendInt(random.nextInt(200) - 40);
            builder.column(2).appendInt(80 + random.nextInt(2_500));
            appendAirport(builder.column(3));
            appendAirport(builder.column(4));
            builder.column(5).appendText("carrier " + random.nextInt(20));
            builder.column(6).appendLong(2_000 + random.nextInt(100_000));
            builder.endRow();
        }
        return builder.build();
    }

    /** One of some airports, of which a few have most of the traffic. */
    private void appendAirport(ColumnBuilder column) {
        double skewed = random.nextDouble();
        column.appendText("A" + (int) (skewed * skewed * skewed * AIRPORTS));
    }

    /** Gives the disk back. */
    @TearDown
    public void delete() throws IOException {
        Stored filled = Objects.requireNonNull(stored);
        filled.store().close();
        try (Stream<Path> files = Files.walk(filled.directory())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** The whole way: read, checksum, two columns decoded, every value used. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long scan() {
        long sum = 0;
        PartitionLog partition = Objects.requireNonNull(stored).partition();
        try (LogCursor cursor = partition.read(0, partition.endOffset())) {
            while (cursor.next()) {
                ByteBuffer payload = cursor.payload();
                sum += use(BlockCodec.decode(
                        payload.array(), payload.arrayOffset() + payload.position(), payload.remaining(), WANTED));
            }
        }
        return sum;
    }

    /** Reading and checksums alone. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long read() {
        long rows = 0;
        PartitionLog partition = Objects.requireNonNull(stored).partition();
        try (LogCursor cursor = partition.read(0, partition.endOffset())) {
            while (cursor.next()) {
                rows += cursor.rowCount();
            }
        }
        return rows;
    }

    /** Decoding and use alone, from memory. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long decode() {
        long sum = 0;
        for (byte[] block : blocks) {
            sum += use(BlockCodec.decode(block, 0, block.length, WANTED));
        }
        return sum;
    }

    /** The checksum of all seven columns alone. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long checksum() {
        CRC32C checksum = new CRC32C();
        for (byte[] block : blocks) {
            checksum.update(block, 0, block.length);
        }
        return checksum.getValue();
    }

    private static long use(DeltaBatch batch) {
        int rows = batch.rowCount();
        BytesColumn origins = batch.bytesColumn(0);
        int[] codes = origins.codes();
        if (codes == null) {
            throw new IllegalStateException("airports without a dictionary");
        }
        int[] delays = batch.intColumn(1).values();
        long sum = 0;
        for (int row = 0; row < rows; row++) {
            sum += codes[row] ^ delays[row];
        }
        return sum;
    }
}
