package io.thalweg.server.session;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.ColumnDefinition;
import io.thalweg.model.catalog.ObjectKind;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.catalog.ObjectProperties;
import io.thalweg.model.catalog.RowColumns;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.parser.ast.AlterAction;
import io.thalweg.parser.ast.AlterRelation;
import io.thalweg.parser.ast.ColumnDeclaration;
import io.thalweg.planner.InsertTarget;
import io.thalweg.planner.Planner;
import io.thalweg.planner.PlanningContext;
import io.thalweg.server.catalog.CatalogStateMachine;
import io.thalweg.server.catalog.definition.DefinitionChecker;
import io.thalweg.server.query.QueryEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Carries out ALTER … ADD COLUMN. */
final class ColumnStatements {
    private final CatalogStatements changes;
    private final Planner planner;
    private final QueryEngine engine;
    private final PlanningTime time;

    ColumnStatements(CatalogStatements changes, Planner planner, QueryEngine engine, PlanningTime time) {
        this.changes = changes;
        this.planner = planner;
        this.engine = engine;
        this.time = time;
    }

    /**
     * Adds a column behind the others. Rows that are there have in it what its default says at this moment, or NULL. Views
     * that read the object stay what they are; one that would become another is an error.
     */
    StatementResult.Done add(AlterRelation alter, AlterAction.AddColumn action, CatalogStatements.Scope scope) {
        try (CatalogStateMachine.Editor editor = changes.edit(scope)) {
            CatalogObject object = StorageStatements.find(editor, alter.kind(), alter.name(), scope);
            if (object.kind() != ObjectKind.STREAM && object.kind() != ObjectKind.TABLE) {
                throw new ThalwegException(
                                ErrorCode.WRONG_OBJECT_KIND,
                                "ADD COLUMN is for streams and tables, and " + CatalogStatements.title(object)
                                        + " has the columns of its query")
                        .at(alter.name().span());
            }
            ColumnDeclaration declaration = action.column();
            ColumnDefinition column = new DefinitionChecker(planner).addedColumn(object, declaration);
            if (column.isStored()) {
                column = withEarlier(column, declaration.span(), context(editor.snapshot(), scope), scope);
            }
            CatalogObject widened = with(object, column);
            requireSameViews(editor, object, widened, declaration, scope);
            editor.widen(widened);
            return StatementResult.Done.of("added column " + column.name() + " to " + CatalogStatements.title(object));
        }
    }

    private PlanningContext context(CatalogSnapshot catalog, CatalogStatements.Scope scope) {
        return time.context(catalog, scope.schema());
    }

    private static CatalogObject with(CatalogObject object, ColumnDefinition column) {
        return object instanceof StreamDefinition stream
                ? stream.withColumns(stream.columns().with(column))
                : ((TableDefinition) object)
                        .withColumns(DefinitionChecker.columns(object).with(column));
    }

    /** The column with what it has in rows that are there, if that is not NULL. */
    private ColumnDefinition withEarlier(
            ColumnDefinition column, SourceSpan span, PlanningContext context, CatalogStatements.Scope scope) {
        if (column.expression().isEmpty()) {
            if (!column.type().nullable()) {
                throw new ThalwegException(
                                ErrorCode.NULL_NOT_ALLOWED,
                                "column " + column.name() + " may not be NULL and has no default, so the rows that are"
                                        + " there would have nothing in it")
                        .at(span);
            }
            return column;
        }
        StreamDefinition alone = new StreamDefinition(
                0,
                ObjectName.of("new"),
                new RowColumns(List.of(column)),
                Optional.empty(),
                List.of(),
                1,
                ObjectProperties.NONE);
        PhysicalPlan plan = planner.planInsert(
                        new InsertTarget(alone, Optional.empty(), span),
                        "VALUES (DEFAULT)",
                        SourceSpan.at(1, 1),
                        context)
                .plan();
        Literal value = engine.earlierValue(alone, plan, scope.control());
        return value.isNull() ? column : column.withEarlier(value);
    }

    /** A view is a text, and a text may mean something else where there is one more column. */
    private void requireSameViews(
            CatalogStateMachine.Editor editor,
            CatalogObject object,
            CatalogObject widened,
            ColumnDeclaration declaration,
            CatalogStatements.Scope scope) {
        List<CatalogObject> objects = new ArrayList<>(editor.snapshot().objects());
        objects.replaceAll(each -> each.equals(object) ? widened : each);
        CatalogSnapshot now = editor.snapshot();
        CatalogSnapshot after = new CatalogSnapshot(now.version(), objects, now.queries(), now.functions());
        for (CatalogObject reader : editor.allReadersOf(object)) {
            if (reader.kind() == ObjectKind.VIEW && !isSame(reader, editor.snapshot(), after, scope)) {
                throw new ThalwegException(
                                ErrorCode.DEPENDENT_OBJECTS,
                                "column " + declaration.name() + " would change what " + CatalogStatements.title(reader)
                                        + " is")
                        .at(declaration.name().span())
                        .withHint("Give the column another name, or name the columns in the query of the view.");
            }
        }
    }

    private boolean isSame(
            CatalogObject view, CatalogSnapshot before, CatalogSnapshot after, CatalogStatements.Scope scope) {
        try {
            return plan(view, context(before, scope)).equals(plan(view, context(after, scope)));
        } catch (ThalwegException noLongerPlanned) {
            return false;
        }
    }

    private PhysicalPlan plan(CatalogObject view, PlanningContext context) {
        String name = "\"" + view.name().schema().replace("\"", "\"\"") + "\".\""
                + view.name().name().replace("\"", "\"\"") + "\"";
        return planner.planQuery("SELECT * FROM " + name, SourceSpan.at(1, 1), EmitMode.SNAPSHOT, context)
                .plan();
    }
}
