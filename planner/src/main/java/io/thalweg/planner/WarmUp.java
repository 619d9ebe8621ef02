package io.thalweg.planner;

import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.ColumnDefinition;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.catalog.ObjectProperties;
import io.thalweg.model.catalog.RowColumns;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.WatermarkDefinition;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.type.SqlType;
import java.util.List;
import java.util.Optional;

/** One statement of each kind, planned for the classes it loads. */
final class WarmUp {
    private static final List<String> QUERIES = List.of(
            "SELECT k, v * 2 AS w FROM s WHERE v > 10 AND k IN ('a', 'b') ORDER BY w LIMIT 3",
            "SELECT window_start, k, COUNT(*), SUM(v), AVG(v), MAX(v) FILTER (WHERE v > 0)"
                    + " FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start, k",
            "SELECT a.k, UPPER(b.k), CASE WHEN a.v > 0 THEN 'x' ELSE 'y' END FROM s AS a JOIN s AS b ON a.k = b.k"
                    + " UNION ALL SELECT k, k, CAST(v AS VARCHAR) FROM s WHERE ts > '2001-01-01 00:00:00'");

    private WarmUp() {}

    static void run(Planner planner) {
        RowColumns columns = new RowColumns(List.of(
                ColumnDefinition.stored("k", SqlType.VARCHAR),
                ColumnDefinition.stored("v", SqlType.BIGINT),
                ColumnDefinition.stored("ts", SqlType.timestamp(3))));
        StreamDefinition stream = new StreamDefinition(
                1,
                ObjectName.of("s"),
                columns,
                Optional.of(new WatermarkDefinition(2, 0)),
                List.of(),
                1,
                ObjectProperties.NONE);
        PlanningContext context = PlanningContext.of(new CatalogSnapshot(0, List.of(stream)), 0);
        SourceSpan origin = SourceSpan.at(1, 1);
        for (String query : QUERIES) {
            planner.planQuery(query, origin, EmitMode.SNAPSHOT, context);
        }
        InsertTarget target = new InsertTarget(stream, Optional.empty(), origin);
        planner.planInsert(target, "VALUES (?, ?, ?)", origin, context);
        planner.planInsert(target, "VALUES ('a', 1, '2001-01-01 00:00:00')", origin, context);
    }
}
