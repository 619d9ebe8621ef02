package io.thalweg.server.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thalweg.log.AppendRequest;
import io.thalweg.log.Durability;
import io.thalweg.log.LogConfig;
import io.thalweg.log.LogStore;
import io.thalweg.log.PartitionLog;
import io.thalweg.log.PayloadKind;
import io.thalweg.log.file.MemoryFileSystem;
import io.thalweg.model.catalog.ColumnDefinition;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.catalog.ObjectProperties;
import io.thalweg.model.catalog.RowColumns;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.WatermarkDefinition;
import io.thalweg.model.delta.BlockCodec;
import io.thalweg.model.delta.BlockCompression;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SourceKind;
import io.thalweg.model.time.SystemClock;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.server.shard.Shards;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Compares what scans deliver, however they are cut, with the definition of lateness applied to the rows in order. */
class PartitionScanTest {
    private static final long DELAY = 10;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    /** A row as the test knows it. */
    private record Row(long id, Long time) {}

    @Test
    void dividesTheLogIntoRowsInTimeAndLateRows() {
        System.out.println("seed " + seed);
        for (boolean nullable : new boolean[] {false, true}) {
            for (int round = 0; round < 50; round++) {
                checkRandomStream(nullable);
            }
        }
    }

    private void checkRandomStream(boolean nullable) {
        SqlType time = nullable ? SqlType.timestamp(6) : SqlType.timestamp(6).notNull();
        RowColumns columns = new RowColumns(
                List.of(ColumnDefinition.stored("id", SqlType.BIGINT.notNull()), ColumnDefinition.stored("ts", time)));
        StreamDefinition stream = new StreamDefinition(
                1,
                ObjectName.of("s"),
                columns,
                Optional.of(new WatermarkDefinition(1, DELAY)),
                List.of(),
                1,
                ObjectProperties.NONE);
        try (LogStore log =
                LogStore.open(new MemoryFileSystem(), Path.of("memory"), LogConfig.defaults(), new SystemClock())) {
            StoredRelation relation = StoredRelation.of(stream, Shards.create(log, 1, "stream s", 1));
            assertEquals(Durability.SYNC, relation.durability());
            List<Row> rows = append(relation, nullable);
            check(relation, rows, SourceKind.STREAM);
            check(relation, rows, SourceKind.LATE_ROWS);
        }
    }

    @Test
    void readsWhatIsKeptAndSaysWhatWasRemoved() {
        SqlType time = SqlType.timestamp(6).notNull();
        RowColumns columns = new RowColumns(
                List.of(ColumnDefinition.stored("id", SqlType.BIGINT.notNull()), ColumnDefinition.stored("ts", time)));
        StreamDefinition stream = new StreamDefinition(
                1, ObjectName.of("s"), columns, Optional.empty(), List.of(), 1, ObjectProperties.NONE);
        ScanNode scan =
                new ScanNode(SourceKind.STREAM, 1, "s", List.of(0, ScanNode.OFFSET_COLUMN), false, stream.type());
        try (LogStore log =
                LogStore.open(new MemoryFileSystem(), Path.of("memory"), LogConfig.defaults(), new SystemClock())) {
            StoredRelation relation = StoredRelation.of(stream, Shards.create(log, 1, "stream s", 1));
            PartitionLog partition = relation.shards().current().log(0);
            ScanInput early = new ScanInput(relation, scan, new QueryControl(), "early");
            DeltaBatchBuilder builder = new DeltaBatchBuilder(relation.storedType());
            for (int i = 0; i < 20; i++) {
                builder.column(0).appendLong(i);
                builder.column(1).appendLong(i);
                builder.endRow();
            }
            new RowIngest().ingest(relation, List.of(builder.build()));
            partition.trimTo(5);
            List<Long> seen = new ArrayList<>();
            StepInput all = new StepInput(Map.of(1L, new long[] {20}), Map.of(), 0);
            ThalwegException removed =
                    assertThrows(ThalwegException.class, () -> early.read(all, batch -> collect(batch, seen)));
            assertEquals(ErrorCode.OFFSET_OUT_OF_RANGE, removed.code());
            assertEquals(
                    "stream s: rows from offset 0 of partition 0 on were removed before they were read, the first that is"
                            + " kept is 5",
                    removed.message());
            new ScanInput(relation, scan, new QueryControl(), "late").read(all, batch -> collect(batch, seen));
            assertEquals(LongStream.range(5, 20).boxed().toList(), seen);
        }
    }

    @Test
    void theRowsThatAreLeftOfABlockKeepTheirOffsets() {
        RowColumns columns = new RowColumns(List.of(ColumnDefinition.stored("id", SqlType.BIGINT.notNull())));
        RowType type = RowType.of("id", SqlType.BIGINT, "offset", SqlType.BIGINT);
        StreamDefinition stream = new StreamDefinition(
                1, ObjectName.of("s"), columns, Optional.empty(), List.of(), 1, ObjectProperties.NONE);
        ScanNode scan = new ScanNode(SourceKind.STREAM, 1, "s", List.of(0, ScanNode.OFFSET_COLUMN), false, type);
        try (LogStore log =
                LogStore.open(new MemoryFileSystem(), Path.of("memory"), LogConfig.defaults(), new SystemClock())) {
            StoredRelation relation = StoredRelation.of(stream, Shards.create(log, 1, "stream s", 1));
            int[] left = {1, 2, 6};
            for (int frame = 0; frame < 2; frame++) {
                DeltaBatchBuilder builder = new DeltaBatchBuilder(relation.storedType());
                for (int number : left) {
                    builder.column(0).appendLong(frame * 8L + number);
                    builder.endRow();
                }
                byte[] block = BlockCodec.encodeThinned(builder.build(), left, BlockCompression.NONE);
                AppendRequest request = AppendRequest.of(PayloadKind.COLUMNAR_BLOCK, ByteBuffer.wrap(block), 8);
                relation.shards().current().log(0).append(request).join();
            }
            for (int cut = 0; cut <= 16; cut++) {
                ScanInput input = new ScanInput(relation, scan, new QueryControl(), "a test");
                List<Long> seen = new ArrayList<>();
                input.read(new StepInput(Map.of(1L, new long[] {cut}), Map.of(), 0), batch -> collect(batch, seen));
                input.read(new StepInput(Map.of(1L, new long[] {16}), Map.of(), 0), batch -> collect(batch, seen));
                assertEquals(List.of(1L, 2L, 6L, 9L, 10L, 14L), seen);
            }
        }
    }

    private List<Row> append(StoredRelation relation, boolean nullable) {
        RowIngest ingest = new RowIngest();
        List<Row> rows = new ArrayList<>();
        for (int batch = random.nextInt(8); batch >= 0; batch--) {
            DeltaBatchBuilder builder = new DeltaBatchBuilder(relation.storedType());
            for (int i = random.nextInt(random.nextBoolean() ? 3 : 40); i >= 0; i--) {
                Long time = nullable && random.nextInt(5) == 0 ? null : (long) rows.size() + random.nextInt(25);
                rows.add(new Row(rows.size(), time));
                builder.column(0).appendLong(rows.size() - 1);
                if (time == null) {
                    builder.column(1).appendNull();
                } else {
                    builder.column(1).appendLong(time);
                }
                builder.endRow();
            }
            ingest.ingest(relation, List.of(builder.build()));
        }
        return rows;
    }

    private void check(StoredRelation relation, List<Row> rows, SourceKind kind) {
        List<Integer> columns = random.nextBoolean() ? List.of(0, ScanNode.OFFSET_COLUMN) : List.of(0, -2, 1);
        RowType type = columns.size() == 2
                ? RowType.of("id", SqlType.BIGINT, "offset", SqlType.BIGINT)
                : RowType.of("id", SqlType.BIGINT, "offset", SqlType.BIGINT, "ts", SqlType.timestamp(6));
        ScanNode scan = new ScanNode(kind, 1, "s", columns, true, type);
        ScanInput input = new ScanInput(relation, scan, new QueryControl(), "a test");
        List<Long> seen = new ArrayList<>();
        long max = Long.MIN_VALUE;
        List<Long> expected = new ArrayList<>();
        int end = 0;
        while (end < rows.size()) {
            int next = Math.min(rows.size(), end + 1 + random.nextInt(30));
            for (Row row : rows.subList(end, next)) {
                boolean late = row.time() == null || max != Long.MIN_VALUE && row.time() < max - DELAY;
                max = row.time() == null ? max : Math.max(max, row.time());
                if (late == (kind == SourceKind.LATE_ROWS)) {
                    expected.add(row.id());
                }
            }
            end = next;
            input.read(new StepInput(Map.of(1L, new long[] {end}), Map.of(), 0), batch -> collect(batch, seen));
            assertEquals(expected, seen, "seed " + seed);
            assertEquals(max == Long.MIN_VALUE ? max : max - DELAY, input.watermark(), "seed " + seed);
        }
    }

    private static boolean collect(DeltaBatch batch, List<Long> seen) {
        for (int row = 0; row < batch.rowCount(); row++) {
            assertEquals(
                    batch.longColumn(0).value(row), batch.longColumn(1).value(row), "id and offset are equal here");
            seen.add(batch.longColumn(0).value(row));
        }
        return true;
    }
}
