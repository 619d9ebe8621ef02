package io.thalweg.server.session;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.ContinuousQueryDefinition;
import io.thalweg.model.catalog.MaterializedViewDefinition;
import io.thalweg.model.catalog.ObjectKind;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.catalog.ViewDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.parser.ast.CreateMaterializedView;
import io.thalweg.parser.ast.CreateMode;
import io.thalweg.parser.ast.CreateStream;
import io.thalweg.parser.ast.CreateTable;
import io.thalweg.parser.ast.CreateView;
import io.thalweg.parser.ast.DropRelation;
import io.thalweg.parser.ast.QualifiedName;
import io.thalweg.planner.Planner;
import io.thalweg.server.catalog.CatalogStateMachine;
import io.thalweg.server.catalog.ObjectStorage;
import io.thalweg.server.catalog.definition.DefinitionChecker;
import io.thalweg.server.catalog.definition.DefinitionChecker.Checked;
import io.thalweg.server.catalog.definition.NameRules;
import io.thalweg.server.query.QueryControl;
import io.thalweg.server.query.QueryEngine;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Carries out CREATE and DROP: takes the turn to change the catalog, checks against it, changes it. */
final class CatalogStatements {
    private final CatalogStateMachine catalog;
    private final DefinitionChecker checker;
    private final QueryEngine engine;
    private final PlanningTime time;

    CatalogStatements(CatalogStateMachine catalog, Planner planner, QueryEngine engine, PlanningTime time) {
        this.catalog = catalog;
        this.checker = new DefinitionChecker(planner);
        this.engine = engine;
        this.time = time;
    }

    /**
     * Where a statement runs.
     *
     * @param schema where unqualified names belong
     * @param control ends the wait for other statements, and the building of a view
     */
    record Scope(String schema, QueryControl control) {}

    /** The engine as the catalog sees it. */
    private record EngineStorage(QueryEngine engine, QueryControl control) implements ObjectStorage {
        @Override
        public void create(CatalogObject object) {
            engine.create(object, control);
        }

        @Override
        public void alter(CatalogObject object) {
            engine.alter(object);
        }

        @Override
        public void start(ContinuousQueryDefinition query) {
            engine.start(query);
        }

        @Override
        public void pause(ContinuousQueryDefinition query) {
            engine.pause(query);
        }

        @Override
        public void drop(ContinuousQueryDefinition query) {
            engine.drop(query);
        }

        @Override
        public void widen(CatalogObject object) {
            engine.widen(object);
        }

        @Override
        public void drop(CatalogObject object) {
            engine.drop(object);
        }
    }

    StatementResult.Done create(CreateStream create, Scope scope) {
        refuseReplace(create.mode(), "STREAM", create.span());
        return create(
                create.name(),
                create.mode(),
                scope,
                (editor, name) -> new Checked<>(checker.stream(create, editor.nextId(), name), Set.of()));
    }

    StatementResult.Done create(CreateTable create, Scope scope) {
        refuseReplace(create.mode(), "TABLE", create.span());
        return create(
                create.name(),
                create.mode(),
                scope,
                (editor, name) -> new Checked<>(checker.table(create, editor.nextId(), name), Set.of()));
    }

    StatementResult.Done create(CreateMaterializedView create, Scope scope) {
        Maker maker = (editor, name) -> {
            Checked<MaterializedViewDefinition> checked = checker.materializedView(
                    create, editor.nextId(), name, time.context(editor.snapshot(), scope.schema));
            return new Checked<>(checked.definition(), checked.uses());
        };
        return create.mode() == CreateMode.OR_REPLACE
                ? createOrReplace(
                        create.name(),
                        ObjectKind.MATERIALIZED_VIEW,
                        create.query().span(),
                        scope,
                        maker)
                : create(create.name(), create.mode(), scope, maker);
    }

    StatementResult.Done create(CreateView create, Scope scope) {
        Maker maker = (editor, name) -> {
            Checked<ViewDefinition> checked =
                    checker.view(create, editor.nextId(), name, time.context(editor.snapshot(), scope.schema));
            return new Checked<>(checked.definition(), checked.uses());
        };
        return create.mode() == CreateMode.OR_REPLACE
                ? createOrReplace(create.name(), ObjectKind.VIEW, create.query().span(), scope, maker)
                : create(create.name(), create.mode(), scope, maker);
    }

    /** Waits for the turn to change the catalog. */
    CatalogStateMachine.Editor edit(Scope scope) {
        return catalog.edit(new EngineStorage(engine, scope.control), scope.control::check);
    }

    /** Makes the definition of an object while nobody else changes the catalog. */
    private interface Maker {
        Checked<CatalogObject> make(CatalogStateMachine.Editor editor, ObjectName name);
    }

    private StatementResult.Done create(QualifiedName said, CreateMode mode, Scope scope, Maker maker) {
        ObjectName name = DefinitionChecker.newName(said, scope.schema);
        try (CatalogStateMachine.Editor editor = edit(scope)) {
            Optional<CatalogObject> present = editor.snapshot().find(name);
            if (present.isPresent()) {
                return exists(present.get(), mode, said.span());
            }
            Checked<CatalogObject> checked = maker.make(editor, name);
            editor.create(checked.definition(), checked.uses());
            return StatementResult.Done.of("created " + title(checked.definition()));
        }
    }

    static StatementResult.Done exists(CatalogObject present, CreateMode mode, SourceSpan span) {
        String message = present.kind().noun() + " " + present.name() + " exists already";
        if (mode == CreateMode.IF_NOT_EXISTS) {
            return StatementResult.Done.of(message);
        }
        throw new ThalwegException(ErrorCode.DUPLICATE_OBJECT, message).at(span);
    }

    static void refuseReplace(CreateMode mode, String kind, SourceSpan span) {
        if (mode == CreateMode.OR_REPLACE) {
            throw new ThalwegException(
                            ErrorCode.FEATURE_NOT_SUPPORTED, "CREATE OR REPLACE " + kind + " is not supported")
                    .at(span)
                    .withHint(
                            "Drop it first, or use IF NOT EXISTS. OR REPLACE works for views and materialized views.");
        }
    }

    /** Makes a view or a materialized view, in the place of one of the same name if there is one that nobody reads. */
    private StatementResult.Done createOrReplace(
            QualifiedName said, ObjectKind kind, SourceSpan query, Scope scope, Maker maker) {
        ObjectName name = DefinitionChecker.newName(said, scope.schema);
        try (CatalogStateMachine.Editor editor = edit(scope)) {
            Optional<CatalogObject> present = editor.snapshot().find(name);
            if (present.isPresent() && present.get().kind() != kind) {
                throw new ThalwegException(
                                ErrorCode.DUPLICATE_OBJECT,
                                "a " + present.get().kind().noun() + " " + name + " exists already")
                        .at(said.span());
            }
            present.ifPresent(old -> requireUnread(old, editor, said.span(), "replaced"));
            Checked<CatalogObject> checked = maker.make(editor, name);
            if (present.isEmpty()) {
                editor.create(checked.definition(), checked.uses());
                return StatementResult.Done.of("created " + title(checked.definition()));
            }
            if (checked.uses().contains(present.get().id())) {
                throw new ThalwegException(
                                ErrorCode.INVALID_DEFINITION, title(present.get()) + " would be defined by itself")
                        .at(query);
            }
            if (checked.definition() instanceof ViewDefinition view) {
                editor.replace((ViewDefinition) present.get(), view, checked.uses());
            } else {
                editor.swap(present.get(), checked.definition(), checked.uses());
            }
            return StatementResult.Done.of("replaced " + title(checked.definition()));
        }
    }

    private static void requireUnread(
            CatalogObject object, CatalogStateMachine.Editor editor, SourceSpan span, String done) {
        requireUnread(object, editor, span, done, "DROP … CASCADE drops the readers too.");
    }

    /** Throws DEPENDENT_OBJECTS, with the names of what reads an object, if something does. */
    static void requireUnread(
            CatalogObject object, CatalogStateMachine.Editor editor, SourceSpan span, String done, String hint) {
        String names = Stream.concat(
                        editor.readersOf(object).stream().map(CatalogStatements::title),
                        editor.queriesReading(object).stream().map(query -> "query " + query.name()))
                .collect(Collectors.joining(", "));
        if (!names.isEmpty()) {
            throw new ThalwegException(
                            ErrorCode.DEPENDENT_OBJECTS,
                            title(object) + " cannot be " + done + ", since it is read by " + names)
                    .at(span)
                    .withHint(hint);
        }
    }

    StatementResult.Done drop(DropRelation drop, Scope scope) {
        ObjectName name = NameRules.resolve(drop.name(), scope.schema);
        try (CatalogStateMachine.Editor editor = edit(scope)) {
            Optional<CatalogObject> present = editor.snapshot().find(name);
            if (present.isEmpty()) {
                ThalwegException undefined = NameRules.undefined(drop.kind().noun(), name, drop.name());
                if (drop.ifExists()) {
                    return StatementResult.Done.of(undefined.message());
                }
                throw undefined;
            }
            CatalogObject object = present.get();
            if (object.kind() != drop.kind()) {
                throw NameRules.wrongKind(object, drop.kind(), drop.name());
            }
            if (!drop.cascade()) {
                requireUnread(object, editor, drop.name().span(), "dropped");
            }
            return StatementResult.Done.of("dropped "
                    + editor.drop(object).stream().map(CatalogStatements::title).collect(Collectors.joining(", ")));
        }
    }

    /** The kind and name of an object for messages. */
    static String title(CatalogObject object) {
        return object.kind().noun() + " " + object.name();
    }
}
