package io.thalweg.server.catalog;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.ColumnDefinition;
import io.thalweg.model.catalog.ColumnOrigin;
import io.thalweg.model.catalog.MaterializedViewDefinition;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.catalog.ObjectProperties;
import io.thalweg.model.catalog.RowColumns;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.catalog.ViewDefinition;
import io.thalweg.model.catalog.WatermarkDefinition;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SourceKind;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Objects for tests of the catalog: one of each kind, with every part that a definition can have. */
public final class CatalogObjects {
    private CatalogObjects() {}

    /** A stream with a default, a generated and a metadata column, a watermark and options. */
    public static StreamDefinition stream(long id, String name) {
        RowColumns columns = new RowColumns(List.of(
                ColumnDefinition.stored("id", SqlType.BIGINT.notNull()),
                new ColumnDefinition(
                        "amount", SqlType.decimal(12, 2), ColumnOrigin.STORED, Optional.of("0"), Optional.of("in EUR")),
                new ColumnDefinition(
                        "cents",
                        SqlType.BIGINT,
                        ColumnOrigin.GENERATED,
                        Optional.of("CAST(amount * 100 AS BIGINT)"),
                        Optional.empty()),
                new ColumnDefinition(
                        "part",
                        SqlType.INTEGER.notNull(),
                        ColumnOrigin.METADATA,
                        Optional.of("partition"),
                        Optional.empty()),
                ColumnDefinition.stored("ts", SqlType.timestamp(3))));
        return new StreamDefinition(
                id,
                ObjectName.of(name),
                columns,
                Optional.of(new WatermarkDefinition(2, 5_000_000)),
                List.of(0),
                4,
                new ObjectProperties(Map.of("durability", "os"), Optional.of("orders as they come")));
    }

    /** The stream with one more option. */
    public static StreamDefinition withOption(StreamDefinition stream, String key, String value) {
        Map<String, String> options = new TreeMap<>(stream.properties().options());
        options.put(key, value);
        return new StreamDefinition(
                stream.id(),
                stream.name(),
                stream.columns(),
                stream.watermark(),
                stream.distribution(),
                stream.partitionCount(),
                new ObjectProperties(options, stream.comment()));
    }

    /** A table with a key of two columns. */
    public static TableDefinition table(long id, String name) {
        RowColumns columns = new RowColumns(List.of(
                ColumnDefinition.stored("k", SqlType.varchar(10).notNull()),
                ColumnDefinition.stored("v", SqlType.DOUBLE),
                ColumnDefinition.stored("n", SqlType.INTEGER.notNull())));
        return new TableDefinition(id, ObjectName.of(name), columns, List.of(2, 0), 1, ObjectProperties.NONE);
    }

    /** A view. */
    public static ViewDefinition view(long id, String name) {
        return new ViewDefinition(
                id, ObjectName.of(name), "SELECT 1 AS \"Ö\"", RowType.of("Ö", SqlType.INTEGER), ObjectProperties.NONE);
    }

    /** A materialized view over an object. */
    public static MaterializedViewDefinition materializedView(long id, String name, CatalogObject source) {
        RowType type = source.type().project(0);
        ScanNode scan =
                new ScanNode(SourceKind.STREAM, source.id(), source.name().toString(), List.of(0), false, type);
        PhysicalPlan plan = new PhysicalPlan(scan, EmitMode.CHANGES, true, Optional.empty(), List.of());
        return new MaterializedViewDefinition(
                id, ObjectName.of(name), "SELECT id FROM " + source.name(), plan, type, ObjectProperties.NONE);
    }
}
