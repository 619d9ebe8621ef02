package io.thalweg.server.session;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.ColumnDefinition;
import io.thalweg.model.catalog.FunctionDefinition;
import io.thalweg.model.catalog.ObjectKind;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.parser.ast.Describe;
import io.thalweg.parser.ast.QualifiedName;
import io.thalweg.parser.ast.ShowCreate;
import io.thalweg.parser.ast.ShowObjects;
import io.thalweg.planner.Planner;
import io.thalweg.server.catalog.definition.DefinitionText;
import io.thalweg.server.catalog.definition.NameRules;
import io.thalweg.server.catalog.definition.StorageOption;
import io.thalweg.server.query.QueryEngine;
import io.thalweg.server.query.QueryStatus;
import io.thalweg.server.system.PartitionFacts;
import io.thalweg.server.system.ResultTable;
import io.thalweg.server.system.SystemTables;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Answers SHOW and DESCRIBE. */
final class ShowStatements {
    private static final SqlType TEXT = SqlType.VARCHAR.notNull();
    private static final SqlType COUNT = SqlType.BIGINT;
    private static final SqlType EVENT_TIME = SqlType.timestamp(6);

    private final SystemTables systemTables;
    private final QueryEngine engine;
    private final Planner planner;

    ShowStatements(SystemTables systemTables, QueryEngine engine, Planner planner) {
        this.systemTables = systemTables;
        this.engine = engine;
        this.planner = planner;
    }

    ResultTable show(ShowObjects show, CatalogSnapshot catalog, SessionSettings settings) {
        return switch (show.target()) {
            case STREAMS -> streams(show, catalog);
            case TABLES -> tables(show, catalog);
            case VIEWS -> views(show, catalog);
            case MATERIALIZED_VIEWS -> materializedViews(show, catalog);
            case QUERIES -> systemTables.queriesAtAGlance();
            case PARTITIONS -> partitions(show, catalog, settings);
            case SCHEMAS -> schemas(show);
            case SETTINGS -> settings(show, settings);
            case FUNCTIONS -> functions(show, catalog);
        };
    }

    private ResultTable streams(ShowObjects show, CatalogSnapshot catalog) {
        ResultTable table = new ResultTable(RowType.of(
                "name",
                TEXT,
                "partitions",
                SqlType.INTEGER.notNull(),
                "rows",
                COUNT,
                "durability",
                TEXT,
                "retention",
                TEXT,
                "watermark",
                EVENT_TIME,
                "comment",
                SqlType.VARCHAR));
        list(show, catalog, ObjectKind.STREAM, (name, object) -> {
            StreamDefinition stream = (StreamDefinition) object;
            List<PartitionFacts> partitions = systemTables.facts(stream);
            table.add(
                    name,
                    PartitionFacts.openCount(partitions),
                    engine.rowCount(stream).orElse(null),
                    StorageOption.DURABILITY.value(stream.properties()),
                    StorageOption.retentionText(stream.properties()),
                    PartitionFacts.watermark(partitions),
                    stream.comment().orElse(null));
        });
        return table;
    }

    private ResultTable tables(ShowObjects show, CatalogSnapshot catalog) {
        ResultTable table = new ResultTable(RowType.of(
                "name",
                TEXT,
                "primary_key",
                TEXT,
                "partitions",
                SqlType.INTEGER.notNull(),
                "rows",
                COUNT,
                "durability",
                TEXT,
                "comment",
                SqlType.VARCHAR));
        list(show, catalog, ObjectKind.TABLE, (name, object) -> {
            TableDefinition definition = (TableDefinition) object;
            RowType stored = definition.columns().storedType();
            table.add(
                    name,
                    String.join(
                            ", ",
                            definition.primaryKey().stream().map(stored::name).toList()),
                    definition.partitionCount(),
                    engine.rowCount(definition).orElse(null),
                    StorageOption.DURABILITY.value(definition.properties()),
                    definition.comment().orElse(null));
        });
        return table;
    }

    private static ResultTable views(ShowObjects show, CatalogSnapshot catalog) {
        ResultTable table = new ResultTable(RowType.of("name", TEXT, "comment", SqlType.VARCHAR));
        list(
                show,
                catalog,
                ObjectKind.VIEW,
                (name, view) -> table.add(name, view.comment().orElse(null)));
        return table;
    }

    private ResultTable materializedViews(ShowObjects show, CatalogSnapshot catalog) {
        ResultTable table = new ResultTable(RowType.of(
                "name", TEXT, "state", TEXT, "rows", COUNT, "watermark", EVENT_TIME, "comment", SqlType.VARCHAR));
        list(show, catalog, ObjectKind.MATERIALIZED_VIEW, (name, view) -> {
            Optional<QueryStatus> status = engine.viewStatus(view);
            table.add(
                    name,
                    status.map(QueryStatus::state).orElse("STARTING"),
                    engine.rowCount(view).orElse(null),
                    status.map(QueryStatus::watermarkMicros)
                            .filter(watermark -> watermark != Long.MIN_VALUE)
                            .orElse(null),
                    view.comment().orElse(null));
        });
        return table;
    }

    private ResultTable partitions(ShowObjects show, CatalogSnapshot catalog, SessionSettings settings) {
        if (show.scope().isEmpty()) {
            return systemTables.partitions();
        }
        QualifiedName name = show.scope().get();
        CatalogObject object = NameRules.find(catalog, name, settings.schema());
        if (object.kind() != ObjectKind.STREAM && object.kind() != ObjectKind.TABLE) {
            throw new ThalwegException(
                            ErrorCode.WRONG_OBJECT_KIND,
                            object.kind().noun() + " " + object.name() + " has no partitions")
                    .at(name.span());
        }
        return systemTables.partitions(object);
    }

    /** The functions of the catalog stand behind those that are built in, which have no class. */
    private ResultTable functions(ShowObjects show, CatalogSnapshot catalog) {
        ResultTable table = new ResultTable(RowType.of(
                "name", TEXT, "signature", SqlType.VARCHAR, "java_class", SqlType.VARCHAR, "jar", SqlType.VARCHAR));
        Predicate<String> pattern = pattern(show);
        planner.functionNames().stream().filter(pattern).forEach(name -> table.add(name, null, null, null));
        for (FunctionDefinition function : catalog.functions()) {
            String name = function.name().toString();
            if (pattern.test(function.name().name())) {
                function.signatures()
                        .forEach(signature ->
                                table.add(name, signature.sqlText(), function.className(), function.jar()));
            }
        }
        return table;
    }

    private static ResultTable schemas(ShowObjects show) {
        ResultTable table = new ResultTable(RowType.of("name", TEXT));
        Stream.of("information_schema", ObjectName.DEFAULT_SCHEMA, "sys")
                .filter(pattern(show))
                .forEach(table::add);
        return table;
    }

    private static ResultTable settings(ShowObjects show, SessionSettings settings) {
        ResultTable table = new ResultTable(RowType.of(
                "name", TEXT, "value", TEXT, "default_value", TEXT, "possible_values", TEXT, "description", TEXT));
        Setting.describe(settings).stream()
                .filter(setting -> pattern(show).test(setting.get(0)))
                .forEach(setting -> table.add(setting.toArray()));
        return table;
    }

    private static void list(
            ShowObjects show, CatalogSnapshot catalog, ObjectKind kind, BiConsumer<String, CatalogObject> row) {
        Optional<String> schema = show.scope().map(scope -> scope.last().name());
        schema.filter(name -> !NameRules.isSchema(name)).ifPresent(name -> {
            throw new ThalwegException(ErrorCode.UNDEFINED_OBJECT, "schema " + name + " does not exist")
                    .at(show.scope().orElseThrow().span());
        });
        Predicate<String> pattern = pattern(show);
        catalog.objects().stream()
                .filter(object ->
                        object.kind() == kind && pattern.test(object.name().name()))
                .filter(object ->
                        schema.isEmpty() || schema.get().equals(object.name().schema()))
                .forEach(object -> row.accept(object.name().toString(), object));
    }

    private static Predicate<String> pattern(ShowObjects show) {
        return show.pattern()
                .map(LikePattern::new)
                .<Predicate<String>>map(like -> like::matches)
                .orElse(name -> true);
    }

    static ResultTable describe(Describe describe, CatalogSnapshot catalog, SessionSettings settings) {
        CatalogObject object = find(describe.kind(), describe.name(), catalog, settings);
        ResultTable table = new ResultTable(
                RowType.of("column", TEXT, "type", TEXT, "nullable", TEXT, "extra", TEXT, "comment", SqlType.VARCHAR));
        List<ColumnDefinition> columns = ColumnRemarks.columns(object);
        for (int i = 0; i < object.type().size(); i++) {
            Field field = object.type().field(i);
            Optional<ColumnDefinition> column = columns.isEmpty() ? Optional.empty() : Optional.of(columns.get(i));
            table.add(
                    field.name(),
                    field.type().sqlText(),
                    field.type().nullable() ? "YES" : "NO",
                    ColumnRemarks.extra(object, i),
                    column.flatMap(ColumnDefinition::comment).orElse(null));
        }
        return table;
    }

    static ResultTable create(ShowCreate show, CatalogSnapshot catalog, SessionSettings settings) {
        CatalogObject object = find(show.kind(), show.name(), catalog, settings);
        return new ResultTable(RowType.of("statement", TEXT)).add(DefinitionText.of(object));
    }

    /** The object of this name; throws WRONG_OBJECT_KIND if the statement says another kind. */
    static CatalogObject find(
            Optional<ObjectKind> kind, QualifiedName name, CatalogSnapshot catalog, SessionSettings settings) {
        CatalogObject object = NameRules.find(catalog, name, settings.schema());
        if (kind.isPresent() && kind.get() != object.kind()) {
            throw NameRules.wrongKind(object, kind.get(), name);
        }
        return object;
    }

    static ResultTable lines(String column, String text) {
        ResultTable table = new ResultTable(RowType.of(column, TEXT));
        text.lines().forEach(table::add);
        return table;
    }

    static ResultTable state(List<StateText.Line> lines) {
        ResultTable table = new ResultTable(RowType.of("operator", TEXT, "keeps", TEXT, "bounded_by", TEXT));
        lines.forEach(line -> table.add(line.operator(), line.keeps(), line.bound()));
        return table;
    }
}
