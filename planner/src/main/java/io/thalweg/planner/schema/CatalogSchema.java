package io.thalweg.planner.schema;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.ErrorRows;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.planner.type.ThalwegTypeFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelProtoDataType;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.lookup.LikePattern;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.schema.lookup.Named;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * The catalog as Calcite reads it. Objects are looked up when a query names them and never listed, so planning does not
 * become slower with the size of the catalog. Names are compared exactly: the parser has folded what was not quoted.
 */
public final class CatalogSchema {
    /** The name before the schemas, which may be left out. */
    public static final String CATALOG_NAME = "thalweg";
    /** Behind the name of a stream: its late rows. */
    public static final String LATE_ROWS_SUFFIX = "$late";

    private static final List<String> SCHEMAS = List.of(ObjectName.DEFAULT_SCHEMA, "information_schema", "sys");
    private static final CalciteConnectionConfigImpl EXACT_NAMES = exactNames();
    /** Names of types that Calcite does not know by itself, as CAST may use them. */
    private static final Map<String, SqlTypeName> TYPE_ALIASES = Map.of(
            "text", SqlTypeName.VARCHAR,
            "string", SqlTypeName.VARCHAR,
            "bytes", SqlTypeName.VARBINARY,
            "bytea", SqlTypeName.VARBINARY,
            "bool", SqlTypeName.BOOLEAN,
            "int2", SqlTypeName.SMALLINT,
            "int4", SqlTypeName.INTEGER,
            "int8", SqlTypeName.BIGINT,
            "datetime", SqlTypeName.TIMESTAMP,
            "timestamp_ltz", SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE);

    private CatalogSchema() {}

    private static CalciteConnectionConfigImpl exactNames() {
        Properties properties = new Properties();
        properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "true");
        return new CalciteConnectionConfigImpl(properties);
    }

    /** Whether CAST knows this other name of a type. */
    public static boolean isTypeAlias(String name) {
        return TYPE_ALIASES.containsKey(name);
    }

    /** A reader for one query. */
    public static CalciteCatalogReader reader(
            CatalogSnapshot catalog, String currentSchema, RelationExpander expander) {
        CalciteSchema root = CalciteSchema.createRootSchema(false, false, "", new NameSpace());
        CalciteSchema qualified = root.add(CATALOG_NAME, new NameSpace());
        for (String name : SCHEMAS) {
            Schema schema = new ObjectSchema(catalog, name, expander);
            root.add(name, schema);
            qualified.add(name, schema);
        }
        TYPE_ALIASES.forEach((alias, type) -> root.add(alias, (RelProtoDataType) types -> types.createSqlType(type)));
        return new CalciteCatalogReader(root, List.of(currentSchema), typeFactory(), EXACT_NAMES);
    }

    private static RelDataTypeFactory typeFactory() {
        return ThalwegTypeFactory.INSTANCE;
    }

    /** A schema that holds schemas only. */
    private static final class NameSpace extends AbstractSchema {}

    /** One of our schemas. */
    private static final class ObjectSchema extends AbstractSchema {
        private final CatalogSnapshot catalog;
        private final String schema;
        private final RelationExpander expander;
        private final Map<String, Table> found = new HashMap<>();

        ObjectSchema(CatalogSnapshot catalog, String schema, RelationExpander expander) {
            this.catalog = catalog;
            this.schema = schema;
            this.expander = expander;
        }

        @Override
        public Lookup<Table> tables() {
            return new Lookup<>() {
                @Override
                public @Nullable Table get(String name) {
                    return find(name);
                }

                @Override
                public @Nullable Named<Table> getIgnoreCase(String name) {
                    Table table = find(name);
                    return table == null ? null : new Named<>(name, table);
                }

                @Override
                public Set<String> getNames(LikePattern pattern) {
                    return Set.of();
                }
            };
        }

        private @Nullable Table find(String name) {
            Table known = found.get(name);
            if (known == null) {
                known = make(name);
                if (known != null) {
                    found.put(name, known);
                }
            }
            return known;
        }

        private @Nullable Table make(String name) {
            CatalogObject object = catalog.find(new ObjectName(schema, name)).orElse(null);
            if (object != null) {
                return new CatalogRelation(object, false, expander);
            }
            if (!name.endsWith(LATE_ROWS_SUFFIX)) {
                return ErrorRows.find(catalog, new ObjectName(schema, name))
                        .map(errors -> new CatalogRelation(errors, false, expander))
                        .orElse(null);
            }
            String streamName = name.substring(0, name.length() - LATE_ROWS_SUFFIX.length());
            return catalog.find(new ObjectName(schema, streamName))
                    .filter(o -> o instanceof StreamDefinition stream
                            && stream.watermark().isPresent())
                    .map(o -> new CatalogRelation(o, true, expander))
                    .orElse(null);
        }
    }
}
