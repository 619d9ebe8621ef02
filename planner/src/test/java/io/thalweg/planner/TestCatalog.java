package io.thalweg.planner;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.ColumnDefinition;
import io.thalweg.model.catalog.ColumnOrigin;
import io.thalweg.model.catalog.MaterializedViewDefinition;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.catalog.ObjectProperties;
import io.thalweg.model.catalog.RowColumns;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.SystemTableDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.catalog.ViewDefinition;
import io.thalweg.model.catalog.WatermarkDefinition;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The objects that the queries of the tests read. */
final class TestCatalog {
    static final SourceSpan START = SourceSpan.at(1, 1);
    /** A machine that is busy with other things plans slowly; how soon planning gives up is tested elsewhere. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** 2001-09-09 01:46:40. */
    static final long NOW_MICROS = 1_000_000_000_000_000L;

    private static final SqlType TIME_3 = SqlType.timestamp(3);

    private TestCatalog() {}

    static CatalogSnapshot snapshot(Planner planner) {
        List<CatalogObject> objects = new ArrayList<>(List.of(
                bid(),
                auction(),
                everyType(),
                generated(),
                table(),
                flights(),
                view(20, "v", "SELECT a, b + 1 AS b1, ts FROM s WHERE a > 0 ORDER BY a", viewOfS()),
                view(21, "vv", "SELECT b1, ts FROM v WHERE b1 < 100", RowType.of("x", SqlType.BIGINT, "ts", ts())),
                view(22, "broken", "SELECT nope FROM s", RowType.of("nope", SqlType.INTEGER)),
                view(23, "endless", "SELECT * FROM endless", RowType.of("nope", SqlType.INTEGER)),
                new SystemTableDefinition(
                        new ObjectName("information_schema", "tables"), RowType.of("table_name", SqlType.VARCHAR))));
        CatalogSnapshot sources = new CatalogSnapshot(1, objects);
        objects.add(materialized(planner, sources, 30, "counts", "SELECT k, COUNT(*) AS n FROM s GROUP BY k"));
        objects.add(materialized(planner, sources, 31, "big", "SELECT a, ts FROM s WHERE a > 1000"));
        return new CatalogSnapshot(2, objects);
    }

    static PlanningContext context(CatalogSnapshot catalog) {
        return new PlanningContext(catalog, ObjectName.DEFAULT_SCHEMA, NOW_MICROS, ZoneOffset.UTC, PATIENCE);
    }

    private static SqlType ts() {
        return SqlType.timestamp(6);
    }

    private static RowType viewOfS() {
        return RowType.of("a", SqlType.INTEGER, "b1", SqlType.BIGINT, "ts", ts());
    }

    private static ColumnDefinition column(String name, SqlType type) {
        return ColumnDefinition.stored(name, type);
    }

    private static CatalogObject stream(long id, String name, int timeColumn, ColumnDefinition... columns) {
        Optional<WatermarkDefinition> watermark =
                timeColumn < 0 ? Optional.empty() : Optional.of(new WatermarkDefinition(timeColumn, 4_000_000));
        return new StreamDefinition(
                id,
                ObjectName.of(name),
                new RowColumns(List.of(columns)),
                watermark,
                List.of(),
                1,
                ObjectProperties.NONE);
    }

    private static CatalogObject bid() {
        return stream(
                1,
                "bid",
                5,
                column("auction", SqlType.BIGINT),
                column("bidder", SqlType.BIGINT),
                column("price", SqlType.BIGINT),
                column("channel", SqlType.VARCHAR),
                column("url", SqlType.VARCHAR),
                column("dateTime", TIME_3),
                column("extra", SqlType.VARCHAR));
    }

    private static CatalogObject auction() {
        return stream(
                2,
                "auction",
                3,
                column("id", SqlType.BIGINT),
                column("seller", SqlType.BIGINT),
                column("category", SqlType.BIGINT),
                column("dateTime", TIME_3),
                column("expires", TIME_3));
    }

    private static CatalogObject everyType() {
        return stream(
                3,
                "s",
                8,
                column("a", SqlType.INTEGER.notNull()),
                column("b", SqlType.BIGINT),
                column("d", SqlType.decimal(12, 2)),
                column("f", SqlType.DOUBLE),
                column("k", SqlType.VARCHAR),
                column("flag", SqlType.BOOLEAN),
                column("dt", SqlType.DATE),
                column("tm", SqlType.time(0)),
                column("ts", ts()),
                column("ch", SqlType.character(5)),
                column("ltz", SqlType.timestampLtz(3)),
                column("r", SqlType.REAL),
                column("si", SqlType.SMALLINT),
                column("bin", SqlType.VARBINARY));
    }

    private static CatalogObject generated() {
        return stream(
                4,
                "g",
                -1,
                column("x", SqlType.BIGINT),
                computed("x2", SqlType.BIGINT, ColumnOrigin.GENERATED, "x * 2"),
                computed("part", SqlType.INTEGER, ColumnOrigin.METADATA, "partition"),
                computed("at", SqlType.BIGINT, ColumnOrigin.METADATA, "offset"),
                computed("y", SqlType.VARCHAR.notNull(), ColumnOrigin.STORED, "'none'"));
    }

    private static ColumnDefinition computed(String name, SqlType type, ColumnOrigin origin, String expression) {
        return new ColumnDefinition(name, type, origin, Optional.of(expression), Optional.empty());
    }

    private static CatalogObject table() {
        return new TableDefinition(
                5,
                ObjectName.of("t"),
                new RowColumns(List.of(
                        column("id", SqlType.BIGINT.notNull()),
                        column("name", SqlType.VARCHAR),
                        column("v", SqlType.decimal(10, 2)))),
                List.of(0),
                1,
                ObjectProperties.NONE);
    }

    private static CatalogObject flights() {
        return stream(
                6,
                "flights",
                -1,
                column("date", SqlType.DATE),
                column("value", SqlType.BIGINT),
                column("key", SqlType.VARCHAR),
                column("year", SqlType.INTEGER),
                column("count", SqlType.BIGINT),
                column("time", SqlType.time(0)),
                column("timestamp", TIME_3),
                column("user", SqlType.VARCHAR),
                column("order", SqlType.INTEGER));
    }

    private static CatalogObject view(long id, String name, String query, RowType type) {
        return new ViewDefinition(id, ObjectName.of(name), query, type, ObjectProperties.NONE);
    }

    private static CatalogObject materialized(
            Planner planner, CatalogSnapshot sources, long id, String name, String query) {
        PlannedQuery planned = planner.planQuery(query, START, EmitMode.CHANGES, context(sources));
        return new MaterializedViewDefinition(
                id, ObjectName.of(name), query, planned.plan(), planned.plan().type(), ObjectProperties.NONE);
    }
}
