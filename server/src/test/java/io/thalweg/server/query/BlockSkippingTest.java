package io.thalweg.server.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.LogConfig;
import io.thalweg.log.LogStore;
import io.thalweg.log.file.MemoryFileSystem;
import io.thalweg.model.catalog.ColumnDefinition;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.catalog.ObjectProperties;
import io.thalweg.model.catalog.RowColumns;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.WatermarkDefinition;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.delta.DeltaText;
import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.plan.CalcNode;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.PlanText;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SourceKind;
import io.thalweg.model.plan.UnionNode;
import io.thalweg.model.time.SystemClock;
import io.thalweg.model.type.Int128;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.pipeline.Pipeline;
import io.thalweg.runtime.pipeline.PipelineConfig;
import io.thalweg.runtime.pipeline.PipelineSink;
import io.thalweg.runtime.pipeline.StepInfo;
import io.thalweg.server.shard.Shards;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Runs random conditions with and without leaving out blocks: the rows and the watermark must be the same. */
class BlockSkippingTest {
    private static final int TIME = 0;
    private static final long DELAY = 150;
    private static final List<SqlType> TYPES = List.of(
            SqlType.timestamp(6),
            SqlType.INTEGER,
            SqlType.BIGINT,
            SqlType.DOUBLE,
            SqlType.BOOLEAN,
            SqlType.decimal(12, 2),
            SqlType.decimal(30, 3),
            SqlType.VARCHAR,
            SqlType.character(6),
            SqlType.VARBINARY);

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private long skipped;
    private long read;

    @Test
    void givesTheSameRowsWithAndWithoutSkipping() {
        System.out.println("seed " + seed);
        for (int round = 0; round < 12; round++) {
            checkStream(round % 2 == 0, 1 + random.nextInt(40));
        }
        assertTrue(skipped > 500 && read > 500, skipped + " blocks skipped, " + read + " read");
    }

    /** Long enough for the search of the first time in the index of the log. */
    @Test
    void givesTheSameRowsOfALongStream() {
        System.out.println("seed " + seed);
        checkStream(false, 300);
        assertTrue(skipped > 100, skipped + " blocks skipped");
    }

    private void checkStream(boolean timeNullable, int batches) {
        List<ColumnDefinition> columns = new ArrayList<>();
        for (int i = 0; i < TYPES.size(); i++) {
            SqlType type = TYPES.get(i);
            columns.add(ColumnDefinition.stored("c" + i, i == TIME ? type.withNullable(timeNullable) : type));
        }
        StreamDefinition stream = new StreamDefinition(
                1,
                ObjectName.of("s"),
                new RowColumns(columns),
                random.nextInt(4) == 0 ? Optional.empty() : Optional.of(new WatermarkDefinition(TIME, DELAY)),
                List.of(),
                1,
                new ObjectProperties(Map.of("compression", random.nextBoolean() ? "lz4" : "none"), Optional.empty()));
        try (LogStore log =
                LogStore.open(new MemoryFileSystem(), Path.of("memory"), LogConfig.defaults(), new SystemClock())) {
            StoredRelation relation = StoredRelation.of(stream, Shards.create(log, 1, "stream s", 1));
            for (int batch = 0; batch < batches; batch++) {
                new RowIngest().ingest(relation, List.of(rows(relation.storedType(), batch, batches)));
            }
            for (int query = 0; query < 15; query++) {
                checkQuery(relation);
            }
        }
    }

    /** Rows whose values lie near each other, and rise from batch to batch in most columns. */
    private DeltaBatch rows(RowType type, int batch, int batches) {
        DeltaBatchBuilder builder = new DeltaBatchBuilder(type);
        int[] centers = random.ints(type.size(), 0, 2_000).toArray();
        int nullColumn = random.nextInt(type.size() + 1);
        int count = batches > 100 ? 300 : random.nextInt(4) == 0 ? 1 + random.nextInt(100) : 128 + random.nextInt(100);
        for (int row = 0; row < count; row++) {
            for (int i = 0; i < type.size(); i++) {
                int center =
                        i == TIME ? 2_000 * batch / batches + random.nextInt(200) : centers[i] + random.nextInt(60);
                boolean isNull = type.type(i).nullable()
                        && (i == nullColumn && batch % 2 == 0 || i != nullColumn && random.nextInt(300) == 0);
                append(builder.column(i), type.type(i), isNull, center);
            }
            builder.endRow();
        }
        return builder.build();
    }

    private void append(ColumnBuilder column, SqlType type, boolean isNull, int center) {
        if (isNull) {
            column.appendNull();
            return;
        }
        Object value = RandomConditions.value(random, type, center);
        switch (type.kind()) {
            case INT -> column.appendInt((Integer) value);
            case LONG -> column.appendLong((Long) value);
            case DOUBLE -> column.appendDouble((Double) value);
            case DECIMAL128 -> column.appendDecimal128((Int128) value);
            case BYTES -> {
                byte[] bytes = value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) value;
                column.appendBytes(bytes, 0, bytes.length);
            }
        }
    }

    private void checkQuery(StoredRelation relation) {
        SourceKind kind = random.nextInt(4) == 0 ? SourceKind.LATE_ROWS : SourceKind.STREAM;
        PhysicalPlan plan = plan(relation, kind);
        ScanCounters counters = new ScanCounters();
        long end = relation.shards().endOffsets()[0];
        long[] cuts = random.nextBoolean() ? new long[] {end} : new long[] {random.nextLong(end) + 1, end};
        String expected = run(relation, plan, ScanConditions.none(), cuts);
        String actual = run(relation, plan, ScanConditions.of(plan, counters), cuts);
        assertEquals(expected, actual, () -> "seed " + seed + "\n" + PlanText.explain(plan));
        skipped += counters.skippedBlocks();
        read += counters.readBlocks();
    }

    private PhysicalPlan plan(StoredRelation relation, SourceKind kind) {
        RowType type = relation.storedType();
        List<Integer> all = IntStream.range(0, type.size()).boxed().toList();
        ScanNode scan = new ScanNode(kind, 1, "s", all, kind == SourceKind.STREAM, type);
        PlanNode root = calc(scan);
        if (random.nextInt(4) == 0) {
            // The same scan for two conditions.
            root = new UnionNode(List.of(root, calc(scan)), type);
        }
        return new PhysicalPlan(root, EmitMode.SNAPSHOT, true, Optional.empty(), List.of());
    }

    private PlanNode calc(ScanNode scan) {
        RowType type = scan.type();
        List<ScalarExpression> columns = IntStream.range(0, type.size())
                .<ScalarExpression>mapToObj(i -> new ColumnReference(i, type.type(i)))
                .toList();
        return new CalcNode(scan, Optional.of(new RandomConditions(random, type).next(2)), columns, type);
    }

    private static String run(StoredRelation relation, PhysicalPlan plan, ScanConditions conditions, long[] cuts) {
        List<DeltaBatch> rows = new ArrayList<>();
        PipelineSink sink = new PipelineSink() {
            @Override
            public void accept(DeltaBatch delta) {
                rows.add(delta);
            }

            @Override
            public void stepDone(StepInfo step) {
                // Only the sum counts.
            }
        };
        QueryControl control = new QueryControl();
        PlanInputs inputs = new PlanInputs(
                Pipeline.build(plan, sink, PipelineConfig.of(1 << 28)),
                scan -> relation,
                (name, columns) -> List.of(),
                conditions,
                control,
                "a test");
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < cuts.length; i++) {
            long watermark = inputs.step(new StepInput(Map.of(1L, new long[] {cuts[i]}), Map.of(), 0), i + 1);
            result.append("watermark ").append(watermark).append('\n');
            result.append(DeltaText.formatSummed(plan.type(), rows)).append('\n');
        }
        return result.toString();
    }
}
