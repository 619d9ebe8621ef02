package io.thalweg.server.session;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.ContinuousQueryDefinition;
import io.thalweg.model.catalog.ObjectKind;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.parser.SqlText;
import io.thalweg.parser.ast.ControlQuery;
import io.thalweg.parser.ast.CreateMode;
import io.thalweg.parser.ast.CreateStreamAs;
import io.thalweg.parser.ast.CreateTableAs;
import io.thalweg.parser.ast.Identifier;
import io.thalweg.parser.ast.InsertQuery;
import io.thalweg.parser.ast.QualifiedName;
import io.thalweg.parser.ast.QueryText;
import io.thalweg.planner.InsertTarget;
import io.thalweg.planner.PlannedQuery;
import io.thalweg.planner.Planner;
import io.thalweg.planner.PlanningContext;
import io.thalweg.server.catalog.CatalogStateMachine;
import io.thalweg.server.catalog.definition.DefinitionChecker;
import io.thalweg.server.catalog.definition.NameRules;
import io.thalweg.server.catalog.record.CatalogRecord.QueryCreated;
import io.thalweg.server.query.QueryEngine;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Carries out what puts the answer of a query into a stream or a table: CREATE … AS, INSERT of an endless query, and what
 * pauses, resumes and drops such queries. Without EMIT the rows of the moment are copied; with it a query is kept that goes on.
 */
final class QueryStatements {
    private final CatalogStatements changes;
    private final Planner planner;
    private final DefinitionChecker checker;
    private final QueryEngine engine;
    private final PlanningTime time;

    QueryStatements(CatalogStatements changes, Planner planner, QueryEngine engine, PlanningTime time) {
        this.changes = changes;
        this.planner = planner;
        this.checker = new DefinitionChecker(planner);
        this.engine = engine;
        this.time = time;
    }

    static EmitMode mode(QueryText query) {
        return switch (query.emit()) {
            case NONE -> EmitMode.SNAPSHOT;
            case CHANGES -> EmitMode.CHANGES;
            case FINAL -> EmitMode.FINAL;
        };
    }

    StatementResult.Done create(CreateStreamAs create, CatalogStatements.Scope scope) {
        return create(
                create.name(),
                create.mode(),
                create.query(),
                scope,
                (planned, id, name) -> checker.streamOf(create, planned.plan().type(), id, name));
    }

    StatementResult.Done create(CreateTableAs create, CatalogStatements.Scope scope) {
        return create(
                create.name(),
                create.mode(),
                create.query(),
                scope,
                (planned, id, name) ->
                        checker.tableOf(create, planned.plan().type(), key(planned, create.query()), id, name));
    }

    private static List<Integer> key(PlannedQuery planned, QueryText query) {
        return planned.plan()
                .key()
                .filter(key -> !key.isEmpty())
                .orElseThrow(() -> new ThalwegException(
                                ErrorCode.INVALID_DEFINITION,
                                "a table needs a key, and no columns of this query are known to be one")
                        .at(query.span())
                        .withHint(
                                "The columns of a GROUP BY are a key. CREATE TABLE with a PRIMARY KEY and INSERT … SELECT"
                                        + " copies rows into a table with any key."));
    }

    /** Makes the definition of the target of a query. */
    private interface TargetMaker {
        CatalogObject make(PlannedQuery planned, long id, ObjectName name);
    }

    private StatementResult.Done create(
            QualifiedName said, CreateMode mode, QueryText query, CatalogStatements.Scope scope, TargetMaker maker) {
        ObjectName name = DefinitionChecker.newName(said, scope.schema());
        try (CatalogStateMachine.Editor editor = changes.edit(scope)) {
            Optional<CatalogObject> present = editor.snapshot().find(name);
            if (present.isPresent()) {
                return CatalogStatements.exists(present.get(), mode, said.span());
            }
            CatalogStatements.refuseReplace(mode, "of a stream or a table", said.span());
            PlanningContext context = time.context(editor.snapshot(), scope.schema());
            PlannedQuery planned = planner.planQuery(query.text(), query.span(), mode(query), context);
            CatalogObject target = maker.make(planned, editor.nextId(), name);
            PlannedQuery insert = insert(target, Optional.empty(), query, said.span(), context);
            if (mode(query) == EmitMode.SNAPSHOT) {
                editor.create(
                        target,
                        Set.of(),
                        () -> engine.executeInsert(target, insert.plan(), Optional.empty(), scope.control()),
                        Optional.empty());
            } else {
                engine.requireRoomForQuery();
                requireUnusedQueryName(editor, name, said.span());
                editor.create(
                        target, Set.of(), () -> {}, Optional.of(query(target.id() + 1, name, target, query, insert)));
            }
            return StatementResult.Done.of("created " + CatalogStatements.title(target));
        }
    }

    private PlannedQuery insert(
            CatalogObject target,
            Optional<List<String>> columns,
            QueryText query,
            SourceSpan name,
            PlanningContext context) {
        PlannedQuery planned = planner.planInsert(
                new InsertTarget(target, columns, name), query.text(), query.span(), mode(query), context);
        if (!planned.plan().parameterTypes().isEmpty()) {
            throw new ThalwegException(
                            ErrorCode.INVALID_DEFINITION,
                            "the query of a " + target.kind().noun() + " has no parameters")
                    .at(query.span());
        }
        if (mode(query) != EmitMode.SNAPSHOT && planned.dependsOnTime()) {
            throw new ThalwegException(ErrorCode.INVALID_QUERY, "an endless query cannot use the time of the statement")
                    .at(query.span());
        }
        if (mode(query) != EmitMode.SNAPSHOT && target.kind() == ObjectKind.STREAM) {
            GrowthCheck.requireGrowing(planned.plan(), query.span());
        }
        return planned;
    }

    private static QueryCreated query(
            long id, ObjectName name, CatalogObject target, QueryText query, PlannedQuery planned) {
        String emit = query.text().strip() + " EMIT " + mode(query);
        return new QueryCreated(
                new ContinuousQueryDefinition(id, name, target.id(), emit, planned.plan(), false),
                DefinitionChecker.uses(planned));
    }

    private static void requireUnusedQueryName(CatalogStateMachine.Editor editor, ObjectName name, SourceSpan place) {
        if (editor.snapshot().findQuery(name).isPresent()) {
            throw new ThalwegException(ErrorCode.DUPLICATE_OBJECT, "query " + name + " exists already").at(place);
        }
    }

    /** Keeps a query that appends its answer to a stream, or that keeps an empty table equal to its answer. It is named for the stream, with a number behind it. */
    StatementResult.Done insert(InsertQuery insert, CatalogStatements.Scope scope) {
        try (CatalogStateMachine.Editor editor = changes.edit(scope)) {
            CatalogObject target = NameRules.find(editor.snapshot(), insert.target(), scope.schema());
            InsertColumnNames.check(target, insert.columns());
            Optional<List<String>> columns = insert.columns().isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            insert.columns().stream().map(Identifier::name).toList());
            PlanningContext context = time.context(editor.snapshot(), scope.schema());
            PlannedQuery planned =
                    insert(target, columns, insert.query(), insert.target().span(), context);
            engine.requireRoomForQuery();
            long id = editor.nextId();
            ObjectName name =
                    new ObjectName(target.name().schema(), target.name().name() + "_" + id);
            QueryCreated created = query(id, name, target, insert.query(), planned);
            if (target instanceof TableDefinition table) {
                TableTakeover takeover = new TableTakeover(table, editor.snapshot(), insert.target());
                takeover.requireAlone();
                takeover.requireOwnKey(planned.plan(), insert.query().span());
                takeover.requireNoCircle(editor, created.uses(), insert.query().span());
                takeOver(takeover, () -> editor.create(created.query(), created.uses()), scope);
            } else {
                editor.create(created.query(), created.uses());
            }
            return StatementResult.Done.of("created query " + name);
        }
    }

    /** Begins a query that has a table to itself from then on, if it can have it. */
    private void takeOver(TableTakeover takeover, Runnable begin, CatalogStatements.Scope scope) {
        engine.handOver(
                takeover.table(),
                () -> {
                    String probe = "SELECT 1 FROM " + SqlText.name(takeover.place()) + " LIMIT 1";
                    PlanningContext context = time.context(takeover.catalog(), scope.schema());
                    takeover.requireEmpty(engine.isEmpty(
                            planner.planQuery(probe, SourceSpan.at(1, 1), EmitMode.SNAPSHOT, context)
                                    .plan(),
                            scope.control()));
                    begin.run();
                },
                scope.control());
    }

    /** Pauses, resumes or drops a query. */
    StatementResult.Done control(ControlQuery control, CatalogStatements.Scope scope) {
        ObjectName name = NameRules.resolve(control.name(), scope.schema());
        try (CatalogStateMachine.Editor editor = changes.edit(scope)) {
            Optional<ContinuousQueryDefinition> found = editor.snapshot().findQuery(name);
            if (found.isEmpty()) {
                ThalwegException undefined = NameRules.undefined("query", name, control.name());
                if (control.ifExists()) {
                    return StatementResult.Done.of(undefined.message());
                }
                throw undefined.withHint("SHOW QUERIES tells their names.");
            }
            ContinuousQueryDefinition query = found.get();
            return StatementResult.Done.of(
                    switch (control.action()) {
                        case PAUSE -> {
                            if (!query.paused()) {
                                editor.pause(query, true);
                            }
                            yield "paused query " + name;
                        }
                        case RESUME -> {
                            editor.pause(query, true);
                            editor.pause(query, false);
                            yield "resumed query " + name;
                        }
                        case DROP -> {
                            editor.drop(query);
                            yield "dropped query " + name;
                        }
                    });
        }
    }
}
