package io.thalweg.server.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.LogConfig;
import io.thalweg.log.LogCursor;
import io.thalweg.log.LogStore;
import io.thalweg.log.PartitionLog;
import io.thalweg.log.file.MemoryFileSystem;
import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.ColumnDefinition;
import io.thalweg.model.catalog.MaterializedViewDefinition;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.catalog.ObjectProperties;
import io.thalweg.model.catalog.RowColumns;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaText;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.AggregateFunction;
import io.thalweg.model.plan.AggregateNode;
import io.thalweg.model.plan.CalcNode;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.JoinKind;
import io.thalweg.model.plan.JoinNode;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SourceKind;
import io.thalweg.model.time.SystemClock;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueryEngineTest {
    private static final RowType SALE = RowType.of("shop", SqlType.INTEGER, "amount", SqlType.BIGINT);
    private static final RowType SHOP = RowType.of("id", SqlType.INTEGER.notNull(), "city", SqlType.VARCHAR);
    private static final RowType TOTAL = RowType.of("city", SqlType.VARCHAR, "total", SqlType.BIGINT);

    private final StreamDefinition sales = new StreamDefinition(
            1, ObjectName.of("sales"), columns(SALE), Optional.empty(), List.of(0), 3, ObjectProperties.NONE);
    private final TableDefinition shops =
            new TableDefinition(2, ObjectName.of("shops"), columns(SHOP), List.of(0), 1, ObjectProperties.NONE);

    private final LogStore log =
            LogStore.open(new MemoryFileSystem(), Path.of("memory"), LogConfig.defaults(), new SystemClock());
    private QueryEngine engine = open();

    private static RowColumns columns(RowType type) {
        return new RowColumns(type.fields().stream()
                .map(field -> ColumnDefinition.stored(field.name(), field.type()))
                .toList());
    }

    private QueryEngine open() {
        return new QueryEngine(log, (name, columns) -> List.of(), QueryEngineConfig.defaults(), new SystemClock());
    }

    @BeforeEach
    void create() {
        engine.start(new CatalogSnapshot(1, List.of()));
        engine.create(sales, new QueryControl());
        engine.create(shops, new QueryControl());
    }

    @AfterEach
    void close() {
        engine.close();
        log.close();
    }

    private void insert(CatalogObject target, RowType type, String rows) {
        engine.insert(target, List.of(DeltaText.parse(type, rows)));
    }

    private static ScanNode scan(CatalogObject object, SourceKind kind, RowType type) {
        return new ScanNode(kind, object.id(), object.name().toString(), List.of(0, 1), false, type);
    }

    /** The sum of amounts by city, over the join of sales and shops. */
    private PhysicalPlan totals(EmitMode mode) {
        PlanNode join = new JoinNode(
                JoinKind.INNER,
                scan(sales, SourceKind.STREAM, SALE),
                scan(shops, SourceKind.TABLE, SHOP),
                List.of(0),
                List.of(0),
                Optional.empty(),
                RowType.of(
                        "shop",
                        SqlType.INTEGER,
                        "amount",
                        SqlType.BIGINT,
                        "id",
                        SqlType.INTEGER,
                        "city",
                        SqlType.VARCHAR));
        PlanNode root = new AggregateNode(
                join,
                List.of(3),
                List.of(new AggregateCall(
                        AggregateFunction.SUM, OptionalInt.of(1), OptionalInt.empty(), false, SqlType.BIGINT)),
                Optional.empty(),
                TOTAL);
        return new PhysicalPlan(root, mode, false, Optional.of(List.of(0)), List.of());
    }

    private MaterializedViewDefinition view(long id, String name, PhysicalPlan plan) {
        return new MaterializedViewDefinition(id, ObjectName.of(name), "…", plan, plan.type(), ObjectProperties.NONE);
    }

    private PhysicalPlan all(CatalogObject view, EmitMode mode) {
        return new PhysicalPlan(
                scan(view, SourceKind.MATERIALIZED_VIEW, TOTAL), mode, false, Optional.of(List.of(0)), List.of());
    }

    private List<String> snapshot(PhysicalPlan plan) throws InterruptedException {
        CollectingSink sink = new CollectingSink();
        engine.start(plan, List.of(), sink, new QueryOptions("test", 0, 0));
        return sink.sorted();
    }

    @Test
    void answersAlikeInAllModes() throws InterruptedException {
        insert(shops, SHOP, "+1 | 1 | Ulm\n+1 | 2 | Bonn");
        insert(sales, SALE, "+1 | 1 | 10\n+1 | 2 | 20\n+1 | 3 | 99");
        MaterializedViewDefinition view = view(3, "totals", totals(EmitMode.CHANGES));
        engine.create(view, new QueryControl());
        CollectingSink changes = new CollectingSink();
        RunningQuery query =
                engine.start(totals(EmitMode.CHANGES), List.of(), changes, new QueryOptions("changes", 0, 0));
        changes.awaitFirstStep();

        insert(sales, SALE, "+1 | 1 | 5");
        assertEquals(List.of("-U | Ulm | 10", "+U | Ulm | 15"), changes.await(4).subList(2, 4));
        insert(shops, SHOP, "+1 | 2 | Ulm");
        assertEquals(
                List.of("+U | Ulm | 35", "-D | Bonn | 20", "-U | Ulm | 15"),
                changes.await(7).subList(4, 7).stream().sorted().toList());

        assertEquals(List.of("Ulm | 35"), snapshot(totals(EmitMode.SNAPSHOT)));
        assertEquals(List.of("Ulm | 35"), snapshot(all(view, EmitMode.SNAPSHOT)));
        query.cancel(ErrorCode.QUERY_CANCELED);
        assertEquals(ErrorCode.QUERY_CANCELED, changes.awaitEnd().orElseThrow().code());
    }

    @Test
    void readsItsOwnWritesThroughViews() throws InterruptedException {
        MaterializedViewDefinition view = view(3, "totals", totals(EmitMode.CHANGES));
        engine.create(view, new QueryControl());
        insert(shops, SHOP, "+1 | 1 | Ulm");
        for (int i = 1; i <= 200; i++) {
            insert(sales, SALE, "+1 | 1 | 1");
            assertEquals(List.of("Ulm | " + i), snapshot(all(view, EmitMode.SNAPSHOT)));
        }
    }

    @Test
    void rebuildsTablesAndViewsFromTheLog() throws InterruptedException {
        MaterializedViewDefinition view = view(3, "totals", totals(EmitMode.CHANGES));
        engine.create(view, new QueryControl());
        insert(shops, SHOP, "+1 | 1 | Ulm");
        insert(sales, SALE, "+1 | 1 | 7");
        engine.close();
        engine = open();
        engine.start(new CatalogSnapshot(2, List.of(sales, shops, view)));
        assertEquals(List.of("Ulm | 7"), snapshot(all(view, EmitMode.SNAPSHOT)));
        insert(sales, SALE, "+1 | 1 | 1");
        assertEquals(List.of("Ulm | 8"), snapshot(all(view, EmitMode.SNAPSHOT)));
    }

    @Test
    void stopsAViewThatCannotBeComputedAndSaysWhy() throws InterruptedException {
        RowType quotient = RowType.of("q", SqlType.BIGINT);
        PlanNode divide = new CalcNode(
                scan(sales, SourceKind.STREAM, SALE),
                Optional.empty(),
                List.of(FunctionCall.of(
                        ScalarFunction.DIVIDE,
                        SqlType.BIGINT,
                        Literal.of(100L),
                        new ColumnReference(1, SqlType.BIGINT))),
                quotient);
        MaterializedViewDefinition view =
                view(3, "quotients", new PhysicalPlan(divide, EmitMode.CHANGES, true, Optional.empty(), List.of()));
        engine.create(view, new QueryControl());
        insert(sales, SALE, "+1 | 1 | 0");
        PhysicalPlan read = new PhysicalPlan(
                new ScanNode(SourceKind.MATERIALIZED_VIEW, 3, "quotients", List.of(0), false, quotient),
                EmitMode.SNAPSHOT,
                true,
                Optional.empty(),
                List.of());
        CollectingSink sink = new CollectingSink();
        engine.start(read, List.of(), sink, new QueryOptions("test", 0, 0));
        ThalwegException error = sink.awaitEnd().orElseThrow();
        assertEquals(ErrorCode.QUERY_FAILED, error.code());
        assertTrue(error.message().startsWith("materialized view quotients has failed: "), error.message());
        assertEquals(List.of(), snapshot(totals(EmitMode.SNAPSHOT)));

        MaterializedViewDefinition second = view(4, "second", view.plan());
        assertEquals(
                ErrorCode.DIVISION_BY_ZERO,
                assertThrows(ThalwegException.class, () -> engine.create(second, new QueryControl()))
                        .code());
    }

    @Test
    void endsTheReadersOfWhatIsDropped() throws InterruptedException {
        CollectingSink ofStream = new CollectingSink();
        CollectingSink ofTable = new CollectingSink();
        PhysicalPlan stream = new PhysicalPlan(
                scan(sales, SourceKind.STREAM, SALE), EmitMode.CHANGES, true, Optional.empty(), List.of());
        engine.start(stream, List.of(), ofStream, new QueryOptions("stream", 0, 0));
        engine.start(totals(EmitMode.CHANGES), List.of(), ofTable, new QueryOptions("table", 0, 0));
        ofStream.awaitFirstStep();
        ofTable.awaitFirstStep();
        engine.drop(sales);
        assertEquals(
                "stream sales was dropped", ofStream.awaitEnd().orElseThrow().message());
        assertEquals(
                "stream sales was dropped", ofTable.awaitEnd().orElseThrow().message());
        assertEquals(List.of(), engine.queries());
    }

    @Test
    void countsRowsWithoutDecodingAColumn() throws InterruptedException {
        insert(sales, SALE, "+1 | 1 | 10\n+1 | 2 | 20\n+1 | 3 | 99");
        ScanNode nothing = new ScanNode(SourceKind.STREAM, 1, "sales", List.of(), false, RowType.of());
        PlanNode count = new AggregateNode(
                nothing,
                List.of(),
                List.of(new AggregateCall(
                        AggregateFunction.COUNT_ROWS,
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        false,
                        SqlType.BIGINT.notNull())),
                Optional.empty(),
                RowType.of("n", SqlType.BIGINT));
        assertEquals(
                List.of("3"),
                snapshot(new PhysicalPlan(count, EmitMode.SNAPSHOT, false, Optional.of(List.of()), List.of())));
    }

    @Test
    void stopsAfterTheRowsThatWereAskedFor() throws InterruptedException {
        insert(sales, SALE, "+1 | 1 | 10\n+1 | 2 | 20\n+1 | 3 | 99");
        PhysicalPlan stream = new PhysicalPlan(
                scan(sales, SourceKind.STREAM, SALE), EmitMode.CHANGES, true, Optional.empty(), List.of());
        CollectingSink sink = new CollectingSink();
        engine.start(stream, List.of(), sink, new QueryOptions("test", 2, 0));
        assertEquals(2, sink.sorted().size());
    }

    @Test
    void refusesNullInAColumnThatDoesNotTakeIt() {
        ThalwegException error =
                assertThrows(ThalwegException.class, () -> insert(shops, SHOP, "+1 | 1 | Ulm\n+1 | NULL | Bonn"));
        assertEquals("column id of table shops does not take NULL, row 2 has it", error.message());
    }

    /** Rows that a statement computes come one batch each, and still are one block. */
    @Test
    void appendsTheRowsOfAStatementAsOneBlock() {
        List<DeltaBatch> rows = new ArrayList<>();
        for (int id = 1; id <= 100; id++) {
            rows.add(DeltaText.parse(SHOP, "+1 | " + id + " | Ulm"));
        }
        assertEquals(100, engine.insert(shops, rows));
        assertEquals(List.of(100), blocks(shops));
    }

    @Test
    void joinsOnlySmallBatchesOfManyRows() {
        List<DeltaBatch> rows = new ArrayList<>();
        for (int size : new int[] {1, 1, 20_000, 3, 3, 10_000, 2}) {
            rows.add(DeltaText.parse(SHOP, "+1 | 1 | Ulm\n".repeat(size)));
        }
        engine.insert(shops, rows);
        assertEquals(List.of(2, 16_384, 3_616, 6, 10_000, 2), blocks(shops));
    }

    /** The numbers of rows of the blocks in the only partition of an object. */
    private List<Integer> blocks(CatalogObject object) {
        PartitionLog partition = engine.shards(object).current().log(0);
        List<Integer> sizes = new ArrayList<>();
        try (LogCursor cursor = partition.read(0, partition.endOffset())) {
            while (cursor.next()) {
                sizes.add(cursor.rowCount());
            }
        }
        return sizes;
    }
}
