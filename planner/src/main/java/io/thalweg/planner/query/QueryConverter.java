package io.thalweg.planner.query;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.ColumnDefinition;
import io.thalweg.model.catalog.FunctionDefinition;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.SystemTableDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.catalog.ViewDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.SourceKind;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.planner.function.QueryFunctions;
import io.thalweg.planner.schema.CatalogRelation;
import io.thalweg.planner.schema.CatalogSchema;
import io.thalweg.planner.schema.RelationExpander;
import io.thalweg.planner.schema.SourceScan;
import io.thalweg.planner.type.TypeTranslator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.jspecify.annotations.Nullable;

/**
 * Parses, checks and converts one query, with the views it reads and the expressions of generated columns. Serves one
 * query on one thread.
 */
public final class QueryConverter implements RelationExpander {
    /**
     * Expressions are left as they are. Projections are not merged (a negative bloat), because the builder merges one whose
     * sub-queries refer to its input into that input, and leaves the input where it was: expressions would be computed twice.
     */
    private static final SqlToRelConverter.Config CONVERTER_CONFIG = SqlToRelConverter.config()
            .withExpand(false)
            .withTrimUnusedFields(false)
            .withInSubQueryThreshold(Integer.MAX_VALUE)
            .withRelBuilderConfigTransform(config -> config.withSimplify(false)
                    .withSimplifyValues(false)
                    .withPushJoinCondition(false)
                    .withBloat(-1));

    private static final Set<SqlTypeName> UNTYPED = Set.of(SqlTypeName.UNKNOWN, SqlTypeName.ANY, SqlTypeName.NULL);
    private static final String ROW_TABLE = "$row";

    private final ConversionContext context;
    private final SourceText source;
    private final RelOptCluster cluster;
    private final ViewExpansion views;
    private final Set<CatalogObject> dependencies = new LinkedHashSet<>();
    private final QueryFunctions functions;
    private List<SqlIdentifier> relationNames = List.of();
    private SqlParserPos wholeQuery = new SqlParserPos(1, 1);

    public QueryConverter(ConversionContext context, SourceText source) {
        this.context = context;
        this.source = source;
        this.functions = new QueryFunctions(context.catalog());
        HepPlanner planner = new HepPlanner(HepProgram.builder().build(), Contexts.of(context.cancelFlag()));
        this.cluster = RelOptCluster.create(planner, new ExactRexBuilder());
        this.views = new ViewExpansion(this);
    }

    /** The cluster that everything this converter makes belongs to. */
    public RelOptCluster cluster() {
        return cluster;
    }

    /** What the query reads, views and what they read included, in the order they were met. */
    public List<CatalogObject> dependencies() {
        return List.copyOf(dependencies);
    }

    /** The functions of the catalog that the query calls, in views included, in the order they were met. */
    public List<FunctionDefinition> functions() {
        return functions.called();
    }

    /** The text as a syntax tree that keeps to the language. */
    public SqlNode parseQuery() {
        SqlNode query = ExplicitTables.expanded(translated(source, () -> SqlTextParser.parseQuery(source)));
        wholeQuery = placeOf(query);
        query = TemporalJoins.expanded(
                query, source, new NameScope(context.catalog(), context.currentSchema(), List.of()));
        relationNames = SyntaxGuard.checkQuery(query, source);
        return WindowSyntax.plain(query);
    }

    /** The text as the syntax tree of an UPDATE or a DELETE. */
    public SqlNode parseChange() {
        return translated(source, () -> SqlTextParser.parseStatement(source));
    }

    /** A query that was made of a statement, in the place of one that was parsed. */
    public SqlNode asQuery(SqlNode query) {
        wholeQuery = query.getParserPosition();
        relationNames = SyntaxGuard.checkQuery(query, source);
        return query;
    }

    /** Calcite says of an ordered query where its order is. */
    private static SqlParserPos placeOf(SqlNode query) {
        return query instanceof SqlOrderBy order
                ? placeOf(order.query).plus(order.getParserPosition())
                : query.getParserPosition();
    }

    /** From the first to the last word of the query that was parsed. */
    public SqlParserPos wholeQuery() {
        return wholeQuery;
    }

    /** The text as the syntax tree of one expression. */
    public SqlNode parseExpression() {
        SqlNode expression = translated(source, () -> SqlTextParser.parseExpression(source));
        SyntaxGuard.checkExpression(expression, source);
        return expression;
    }

    /** Converts what {@link #parseQuery()} returned. */
    public ConvertedQuery convertQuery(SqlNode query) {
        return translated(source, () -> convert(query, source, context.currentSchema()));
    }

    /** Converts expressions over the columns of a row; their texts may be those of a query that holds them. */
    public List<RexNode> convertExpressions(List<SqlNode> expressions, RowType row) {
        try {
            return translated(source, () -> convertOverRow(expressions, row));
        } catch (ThalwegException e) {
            throw e.span().isPresent() || expressions.isEmpty()
                    ? e
                    : e.at(source.span(expressions.get(0).getParserPosition()));
        }
    }

    /** Converts the definition of a column of the catalog. */
    public RexNode convertDefinition(String text, RowType row, String describedAs) {
        SourceText definition = new SourceText(text, SourceSpan.at(1, 1));
        try {
            SqlNode expression = translated(definition, () -> SqlTextParser.parseExpression(definition));
            SyntaxGuard.checkExpression(expression, definition);
            return translated(definition, () -> convertOverRow(List.of(expression), row))
                    .get(0);
        } catch (ThalwegException e) {
            throw views.inDefinition(describedAs, e);
        }
    }

    private List<RexNode> convertOverRow(List<SqlNode> expressions, RowType row) {
        SqlParserPos zero = SqlParserPos.ZERO;
        SqlNode from = row.size() == 0 ? null : new SqlIdentifier(ROW_TABLE, zero);
        SqlSelect select = new SqlSelect(
                zero,
                null,
                new SqlNodeList(expressions, zero),
                from,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        CatalogSnapshot catalog =
                new CatalogSnapshot(0, List.of(new SystemTableDefinition(ObjectName.of(ROW_TABLE), row)));
        CalciteCatalogReader reader =
                CatalogSchema.reader(catalog, ObjectName.DEFAULT_SCHEMA, (relation, c) -> rowScan(relation));
        QueryValidator validator = new QueryValidator(functions, reader);
        SqlNode validated = validator.validate(JsonSyntax.plain(select));
        RelRoot root = converter(validator, reader).convertQuery(validated, false, true);
        return expressionsOf(root.rel);
    }

    private SourceScan rowScan(CatalogRelation relation) {
        RowType type = relation.type();
        List<Integer> columns = IntStream.range(0, type.size()).boxed().toList();
        return new SourceScan(cluster, relation.object(), SourceKind.SYSTEM_TABLE, columns, type);
    }

    private List<RexNode> expressionsOf(RelNode rel) {
        if (rel instanceof Project project && project.getInput().getInputs().isEmpty()) {
            return project.getProjects();
        }
        if (rel instanceof SourceScan) {
            return IntStream.range(0, rel.getRowType().getFieldCount())
                    .<RexNode>mapToObj(i -> RexInputRef.of(i, rel.getRowType()))
                    .toList();
        }
        throw new ThalwegException(ErrorCode.GROUPING_ERROR, "an aggregate function is not allowed in this expression");
    }

    private ConvertedQuery convert(SqlNode query, SourceText text, String schema) {
        CalciteCatalogReader reader = CatalogSchema.reader(context.catalog(), schema, this);
        QueryValidator validator = new QueryValidator(functions, reader);
        SqlNode plain = JsonSyntax.plain(query);
        SeparateOperands.separate(plain);
        RecursiveSyntax.prepare(plain, text);
        SqlNode validated = validator.validate(plain);
        context.checkTime();
        List<SqlType> parameters = parameterTypes(validated, validator, text);
        RelRoot root = converter(validator, reader).convertQuery(validated, false, true);
        context.checkTime();
        return new ConvertedQuery(root.withRel(new RecursionConversion(this::placeOf).converted(root.rel)), parameters);
    }

    /** The types of the parameters in the order of their places in the text, which Calcite numbers them by. */
    private static List<SqlType> parameterTypes(SqlNode query, QueryValidator validator, SourceText text) {
        SortedMap<Integer, SqlType> types = new TreeMap<>();
        query.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlDynamicParam parameter) {
                RelDataType type = validator.getValidatedNodeTypeIfKnown(parameter);
                if (type == null || UNTYPED.contains(type.getSqlTypeName())) {
                    throw ValidationErrors.untypedParameter().at(text.span(parameter.getParserPosition()));
                }
                types.put(parameter.getIndex(), TypeTranslator.toParameter(type));
                return null;
            }
        });
        return List.copyOf(types.values());
    }

    private SqlToRelConverter converter(QueryValidator validator, CalciteCatalogReader reader) {
        return new SqlToRelConverter(
                (type, text, schemaPath, viewPath) -> {
                    throw new IllegalStateException("views are expanded by their tables");
                },
                validator,
                reader,
                cluster,
                ThalwegConvertletTable.INSTANCE,
                CONVERTER_CONFIG);
    }

    /** Converts the query of a view, in the schema of the view. */
    RelRoot convertView(SourceText text, String schema) {
        SqlNode parsed = translated(text, () -> SqlTextParser.parseQuery(text));
        SqlNode query = TemporalJoins.expanded(parsed, text, new NameScope(context.catalog(), schema, List.of()));
        NameScope names = new NameScope(context.catalog(), schema, SyntaxGuard.checkQuery(query, text));
        ConvertedQuery converted = translated(text, names, () -> convert(WindowSyntax.plain(query), text, schema));
        if (!converted.parameterTypes().isEmpty()) {
            throw new ThalwegException(ErrorCode.INVALID_QUERY, "the query of a view has no parameters");
        }
        return converted.root();
    }

    @Override
    public RelNode expand(CatalogRelation relation, RelOptCluster ignored) {
        dependencies.add(relation.object());
        return relation.object().accept(views.of(relation));
    }

    /** Where the query names an object; its beginning if the object is named in a view only. */
    public SourceSpan placeOf(CatalogObject object) {
        return placeOf(object.name().name());
    }

    /** Where in the query something is; nothing if it may be in the text of a view or of a column of the catalog instead. */
    public Optional<SourceSpan> placeOf(SqlParserPos position) {
        boolean isOwn = position.getLineNum() > 0 && dependencies.stream().allMatch(QueryConverter::hasNoText);
        return isOwn ? Optional.of(source.span(position)) : Optional.empty();
    }

    private static boolean hasNoText(CatalogObject object) {
        if (object instanceof ViewDefinition) {
            return false;
        }
        List<ColumnDefinition> columns = object instanceof StreamDefinition stream
                ? stream.columns().columns()
                : object instanceof TableDefinition table ? table.columns().columns() : List.of();
        return columns.stream().allMatch(ColumnDefinition::isStored);
    }

    SourceSpan placeOf(String lastPart) {
        return relationNames.stream()
                .filter(n -> n.names.get(n.names.size() - 1).equals(lastPart))
                .findFirst()
                .map(n -> source.span(n.getParserPosition()))
                .orElse(source.origin());
    }

    /** Runs a step of Calcite's on the query, with Calcite's errors told as ours. */
    public <T> T translated(Callable<T> step) {
        return translated(source, step);
    }

    private <T> T translated(SourceText text, Callable<T> step) {
        return translated(text, new NameScope(context.catalog(), context.currentSchema(), relationNames), step);
    }

    private <T> T translated(SourceText text, NameScope names, Callable<T> step) {
        return CalciteErrorTranslator.translated(text, context, names, step);
    }
}
