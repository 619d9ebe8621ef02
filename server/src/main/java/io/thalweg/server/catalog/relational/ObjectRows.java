package io.thalweg.server.catalog.relational;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.ColumnDefinition;
import io.thalweg.model.catalog.ColumnOrigin;
import io.thalweg.model.catalog.MaterializedViewDefinition;
import io.thalweg.model.catalog.ObjectKind;
import io.thalweg.model.catalog.ObjectProperties;
import io.thalweg.model.catalog.RowColumns;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.SystemTableDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.catalog.ViewDefinition;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.SqlType;
import io.thalweg.server.catalog.definition.ObjectOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows that one object has in each table of INFORMATION_SCHEMA, in the order of {@link InformationSchema}'s columns. */
record ObjectRows(
        List<@Nullable Object[]> tables,
        List<@Nullable Object[]> columns,
        List<@Nullable Object[]> keyColumns,
        List<@Nullable Object[]> views,
        List<@Nullable Object[]> options) {

    static ObjectRows of(CatalogObject object) {
        Collector collector = new Collector(object);
        return object.accept(collector);
    }

    /** What JDBC calls the kind: tools that list only the types they know would not find a "STREAM". */
    private static String tableType(ObjectKind kind) {
        return kind == ObjectKind.STREAM ? ObjectKind.TABLE.sqlName() : kind.sqlName();
    }

    private static final class Collector implements CatalogObject.Visitor<ObjectRows> {
        private final CatalogObject object;
        private final String schema;
        private final String name;
        private final ObjectRows rows = new ObjectRows(
                new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

        Collector(CatalogObject object) {
            this.object = object;
            this.schema = object.name().schema();
            this.name = object.name().name();
        }

        @Override
        public ObjectRows visitStream(StreamDefinition stream) {
            addTable();
            addColumns(stream.columns());
            addOptions(stream.properties());
            return rows;
        }

        @Override
        public ObjectRows visitTable(TableDefinition table) {
            addTable();
            addColumns(table.columns());
            addOptions(table.properties());
            int sequence = 1;
            for (int key : table.primaryKey()) {
                String column = table.columns().storedType().name(key);
                rows.keyColumns.add(new Object[] {schema, name, column, sequence++, name + "_key"});
            }
            return rows;
        }

        @Override
        public ObjectRows visitView(ViewDefinition view) {
            addTable();
            addFields();
            rows.views.add(new Object[] {InformationSchema.CATALOG, schema, name, view.query(), "NO"});
            return rows;
        }

        @Override
        public ObjectRows visitMaterializedView(MaterializedViewDefinition view) {
            addTable();
            addFields();
            rows.views.add(new Object[] {InformationSchema.CATALOG, schema, name, view.query(), "YES"});
            return rows;
        }

        @Override
        public ObjectRows visitSystemTable(SystemTableDefinition table) {
            addTable();
            addFields();
            return rows;
        }

        private void addTable() {
            rows.tables.add(new @Nullable Object[] {
                InformationSchema.CATALOG,
                schema,
                name,
                tableType(object.kind()),
                object.kind().sqlName(),
                object.comment().orElse(null)
            });
        }

        private void addOptions(ObjectProperties properties) {
            for (ObjectOption option : ObjectOption.of(object.kind())) {
                String isDefault = option.isDefault(properties) ? "YES" : "NO";
                rows.options.add(new Object[] {schema, name, option.key(), option.value(properties), isDefault});
            }
        }

        private void addColumns(RowColumns columns) {
            int position = 1;
            for (ColumnDefinition column : columns.columns()) {
                addColumn(position++, new Field(column.name(), column.type()), column);
            }
        }

        private void addFields() {
            int position = 1;
            for (Field field : object.type().fields()) {
                addColumn(position++, field, null);
            }
        }

        private void addColumn(int position, Field field, @Nullable ColumnDefinition definition) {
            SqlType type = field.type();
            ColumnTraits traits = ColumnTraits.of(type);
            boolean stored = definition == null || definition.origin() == ColumnOrigin.STORED;
            rows.columns.add(new @Nullable Object[] {
                InformationSchema.CATALOG,
                schema,
                name,
                field.name(),
                position,
                definition == null ? null : definition.expression().orElse(null),
                type.nullable() ? "YES" : "NO",
                type.name().isNested() ? type.sqlText() : type.name().sqlName(),
                traits.maximumLength(),
                traits.numericPrecision(),
                traits.numericScale(),
                traits.datetimePrecision(),
                traits.jdbcType(),
                traits.size(),
                definition == null ? null : definition.comment().orElse(null),
                stored ? "NEVER" : "ALWAYS"
            });
        }
    }
}
