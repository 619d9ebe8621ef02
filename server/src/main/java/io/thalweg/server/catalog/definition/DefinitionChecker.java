package io.thalweg.server.catalog.definition;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.ColumnDefinition;
import io.thalweg.model.catalog.ErrorRows;
import io.thalweg.model.catalog.FunctionDefinition;
import io.thalweg.model.catalog.MaterializedViewDefinition;
import io.thalweg.model.catalog.ObjectKind;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.catalog.ObjectProperties;
import io.thalweg.model.catalog.RowColumns;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.catalog.ViewDefinition;
import io.thalweg.model.catalog.WatermarkDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.parser.ast.ColumnDeclaration;
import io.thalweg.parser.ast.CreateMaterializedView;
import io.thalweg.parser.ast.CreateStream;
import io.thalweg.parser.ast.CreateStreamAs;
import io.thalweg.parser.ast.CreateTable;
import io.thalweg.parser.ast.CreateTableAs;
import io.thalweg.parser.ast.CreateView;
import io.thalweg.parser.ast.Distribution;
import io.thalweg.parser.ast.EmitClause;
import io.thalweg.parser.ast.Identifier;
import io.thalweg.parser.ast.OptionAssignment;
import io.thalweg.parser.ast.OptionName;
import io.thalweg.parser.ast.PrimaryKeyDeclaration;
import io.thalweg.parser.ast.QualifiedName;
import io.thalweg.parser.ast.QueryText;
import io.thalweg.parser.ast.StorageClauses;
import io.thalweg.parser.ast.WatermarkDeclaration;
import io.thalweg.planner.PlannedQuery;
import io.thalweg.planner.Planner;
import io.thalweg.planner.PlanningContext;
import io.thalweg.server.shard.Shards;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks CREATE statements and makes definitions of them. A pure function of the statement and the catalog. */
public final class DefinitionChecker {
    private final Planner planner;

    public DefinitionChecker(Planner planner) {
        this.planner = planner;
    }

    /** A definition with the ids of the objects it reads. */
    public record Checked<T>(T definition, Set<Long> uses) {}

    /** The name for a new object; throws if a user may not give it. */
    public static ObjectName newName(QualifiedName name, String currentSchema) {
        return NameRules.forNewObject(name, currentSchema);
    }

    public StreamDefinition stream(CreateStream create, long id, ObjectName name) {
        RowColumns columns = new ColumnRules(planner, ObjectKind.STREAM).check(create.elements());
        Optional<WatermarkDefinition> watermark =
                create.elements().watermark().map(declaration -> watermark(declaration, columns));
        return new StreamDefinition(
                id,
                name,
                columns,
                watermark,
                distribution(create.storage(), columns),
                partitions(create.storage()),
                properties(ObjectKind.STREAM, create.storage()));
    }

    private WatermarkDefinition watermark(WatermarkDeclaration declaration, RowColumns columns) {
        return planner.planWatermark(
                declaration.column().name(),
                declaration.column().span(),
                declaration.expression().text(),
                declaration.expression().span(),
                columns);
    }

    public TableDefinition table(CreateTable create, long id, ObjectName name) {
        PrimaryKeyDeclaration key = create.elements()
                .primaryKey()
                .orElseThrow(() -> new ThalwegException(
                                ErrorCode.INVALID_DEFINITION, "table " + name + " has no primary key")
                        .at(create.name().span())
                        .withHint("Add PRIMARY KEY (column), or make it a STREAM, which needs none."));
        create.elements().watermark().ifPresent(watermark -> {
            throw new ThalwegException(ErrorCode.FEATURE_NOT_SUPPORTED, "a table has no watermark")
                    .at(watermark.span())
                    .withHint("A stream can have one.");
        });
        RowColumns columns = new ColumnRules(planner, ObjectKind.TABLE).check(create.elements());
        List<Integer> keyColumns = stored(key.columns(), columns, "primary key");
        checkDistributedByKey(create.storage(), keyColumns, columns);
        return new TableDefinition(
                id,
                name,
                columns,
                keyColumns,
                partitions(create.storage()),
                properties(ObjectKind.TABLE, create.storage()));
    }

    private static void checkDistributedByKey(StorageClauses storage, List<Integer> key, RowColumns columns) {
        List<Integer> said = distribution(storage, columns);
        if (!said.isEmpty() && !said.equals(key)) {
            throw new ThalwegException(
                            ErrorCode.INVALID_DEFINITION, "a table is distributed by its primary key and nothing else")
                    .at(storage.distribution().orElseThrow().span());
        }
    }

    public Checked<ViewDefinition> view(CreateView create, long id, ObjectName name, PlanningContext context) {
        refuseEmit(create.query(), ObjectKind.VIEW);
        PlannedQuery planned = plan(create.query(), EmitMode.SNAPSHOT, context);
        RowType type =
                named(create.columns(), planned.plan().type(), create.query().span());
        ObjectProperties properties = new ObjectProperties(Map.of(), create.comment());
        refuseParameters(planned, create.query());
        return new Checked<>(new ViewDefinition(id, name, create.query().text(), type, properties), uses(planned));
    }

    public Checked<MaterializedViewDefinition> materializedView(
            CreateMaterializedView create, long id, ObjectName name, PlanningContext context) {
        create.storage().distribution().ifPresent(distribution -> {
            throw new ThalwegException(ErrorCode.FEATURE_NOT_SUPPORTED, "a materialized view cannot be distributed yet")
                    .at(distribution.span());
        });
        EmitMode mode = create.query().emit() == EmitClause.FINAL ? EmitMode.FINAL : EmitMode.CHANGES;
        PlannedQuery planned = plan(create.query(), mode, context);
        refuseParameters(planned, create.query());
        RowType type =
                named(create.columns(), planned.plan().type(), create.query().span());
        return new Checked<>(
                new MaterializedViewDefinition(
                        id,
                        name,
                        create.query().text(),
                        planned.plan(),
                        type,
                        properties(ObjectKind.MATERIALIZED_VIEW, create.storage())),
                uses(planned));
    }

    /** The stream that holds the rows of a query. */
    public StreamDefinition streamOf(CreateStreamAs create, RowType type, long id, ObjectName name) {
        RowColumns columns = stored(named(List.of(), type, create.query().span()), List.of());
        return new StreamDefinition(
                id,
                name,
                columns,
                Optional.empty(),
                distribution(create.storage(), columns),
                partitions(create.storage()),
                properties(ObjectKind.STREAM, create.storage()));
    }

    /**
     * The table that holds the rows of a query.
     *
     * @param key the columns of the query that no two rows share
     */
    public TableDefinition tableOf(CreateTableAs create, RowType type, List<Integer> key, long id, ObjectName name) {
        RowColumns columns = stored(named(List.of(), type, create.query().span()), key);
        checkDistributedByKey(create.storage(), key, columns);
        return new TableDefinition(
                id, name, columns, key, partitions(create.storage()), properties(ObjectKind.TABLE, create.storage()));
    }

    private static RowColumns stored(RowType type, List<Integer> key) {
        List<ColumnDefinition> columns = new ArrayList<>();
        for (int i = 0; i < type.size(); i++) {
            SqlType column = type.type(i);
            columns.add(ColumnDefinition.stored(type.name(i), key.contains(i) ? column.notNull() : column));
        }
        return new RowColumns(columns);
    }

    /** The definition of a column that is added to a stream or a table. */
    public ColumnDefinition addedColumn(CatalogObject object, ColumnDeclaration declaration) {
        return new ColumnRules(planner, object.kind()).checkAdded(declaration, columns(object));
    }

    /** The columns of a stream or a table. */
    public static RowColumns columns(CatalogObject object) {
        return object instanceof StreamDefinition stream ? stream.columns() : ((TableDefinition) object).columns();
    }

    /** The object with other options; throws UNDEFINED_OPTION if its kind does not have one of them. */
    public static CatalogObject altered(CatalogObject object, List<OptionAssignment> options) {
        return withOptions(
                object, OptionRules.set(object.kind(), properties(object).options(), options));
    }

    /** The object with some options as if it had never said anything about them. */
    public static CatalogObject reset(CatalogObject object, List<OptionName> options) {
        return withOptions(
                object, OptionRules.reset(object.kind(), properties(object).options(), options));
    }

    /** What an object says of how its rows are kept; nothing if it keeps none. */
    public static ObjectProperties properties(CatalogObject object) {
        if (object instanceof StreamDefinition stream) {
            return stream.properties();
        }
        return object instanceof TableDefinition table ? table.properties() : ObjectProperties.NONE;
    }

    private static CatalogObject withOptions(CatalogObject object, Map<String, String> options) {
        ObjectProperties properties = new ObjectProperties(options, object.comment());
        if (object instanceof StreamDefinition stream) {
            return new StreamDefinition(
                    stream.id(),
                    stream.name(),
                    stream.columns(),
                    stream.watermark(),
                    stream.distribution(),
                    stream.partitionCount(),
                    properties);
        }
        if (object instanceof TableDefinition table) {
            return new TableDefinition(
                    table.id(), table.name(), table.columns(), table.primaryKey(), table.partitionCount(), properties);
        }
        return object;
    }

    private PlannedQuery plan(QueryText query, EmitMode mode, PlanningContext context) {
        return planner.planQuery(query.text(), query.span(), mode, context);
    }

    private static void refuseEmit(QueryText query, ObjectKind kind) {
        if (query.emit() != EmitClause.NONE) {
            throw new ThalwegException(
                            ErrorCode.INVALID_DEFINITION, "the query of a " + kind.noun() + " has no EMIT clause")
                    .at(query.span())
                    .withHint("Whoever reads the view says EMIT CHANGES.");
        }
    }

    private static void refuseParameters(PlannedQuery planned, QueryText query) {
        if (!planned.plan().parameterTypes().isEmpty()) {
            throw new ThalwegException(ErrorCode.INVALID_DEFINITION, "the query of a view has no parameters")
                    .at(query.span());
        }
    }

    /** What a plan reads and calls, by ids. */
    public static Set<Long> uses(PlannedQuery planned) {
        return Stream.concat(
                        planned.dependencies().stream().map(object -> ErrorRows.ownerOf(object.id())),
                        planned.functions().stream().map(FunctionDefinition::id))
                .filter(id -> id != 0)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The columns of a query under the names of a view, which must be different from each other. */
    private static RowType named(List<Identifier> names, RowType type, SourceSpan query) {
        if (!names.isEmpty() && names.size() != type.size()) {
            throw new ThalwegException(
                            ErrorCode.INVALID_DEFINITION,
                            "the view names " + names.size() + " columns, its query has " + type.size())
                    .at(names.get(0).span());
        }
        List<Field> fields = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < type.size(); i++) {
            String name = names.isEmpty() ? type.name(i) : names.get(i).name();
            if (!taken.add(name)) {
                throw new ThalwegException(ErrorCode.DUPLICATE_COLUMN, "the view has two columns " + name)
                        .at(names.isEmpty() ? query : names.get(i).span())
                        .withHint("Give one of them another name with AS.");
            }
            if (type.type(i).name() == TypeName.NULL) {
                throw new ThalwegException(ErrorCode.INVALID_DEFINITION, "column " + name + " of the view has no type")
                        .at(query)
                        .withHint("Write CAST(NULL AS …) instead of NULL.");
            }
            fields.add(new Field(name, type.type(i)));
        }
        return new RowType(fields);
    }

    private static List<Integer> distribution(StorageClauses storage, RowColumns columns) {
        return storage.distribution()
                .map(distribution -> stored(distribution.columns(), columns, "distribution"))
                .orElse(List.of());
    }

    /** Where among the stored columns the named ones lie. */
    private static List<Integer> stored(List<Identifier> names, RowColumns columns, String role) {
        RowType all = columns.visibleType();
        List<Integer> indexes = new ArrayList<>();
        for (Identifier name : names) {
            int visible = all.indexOf(name.name());
            if (visible < 0) {
                throw new ThalwegException(
                                ErrorCode.UNDEFINED_COLUMN, "column " + name + " of the " + role + " does not exist")
                        .at(name.span());
            }
            int stored = columns.storedIndex(visible);
            if (stored < 0) {
                throw new ThalwegException(
                                ErrorCode.INVALID_DEFINITION, "column " + name + " of the " + role + " is not stored")
                        .at(name.span());
            }
            if (indexes.contains(stored)) {
                throw new ThalwegException(ErrorCode.DUPLICATE_COLUMN, "column " + name + " is twice in the " + role)
                        .at(name.span());
            }
            indexes.add(stored);
        }
        return indexes;
    }

    private static int partitions(StorageClauses storage) {
        Optional<Distribution> distribution = storage.distribution();
        int partitions = distribution.map(said -> said.partitions().orElse(1)).orElse(1);
        if (partitions < 1 || partitions > Shards.MAX_OPEN) {
            throw new ThalwegException(
                            ErrorCode.OPTION_OUT_OF_RANGE,
                            partitions + " partitions are outside 1 to " + Shards.MAX_OPEN)
                    .at(distribution.orElseThrow().span());
        }
        return partitions;
    }

    private static ObjectProperties properties(ObjectKind kind, StorageClauses storage) {
        return new ObjectProperties(OptionRules.check(kind, storage.options()), storage.comment());
    }
}
