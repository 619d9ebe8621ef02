package io.thalweg.server.session;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.ColumnDefinition;
import io.thalweg.model.catalog.ColumnOrigin;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.catalog.RowColumns;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.catalog.ViewDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.parser.ast.AlterAction;
import io.thalweg.parser.ast.AlterRelation;
import io.thalweg.parser.ast.QualifiedName;
import io.thalweg.planner.Planner;
import io.thalweg.server.catalog.CatalogStateMachine;
import io.thalweg.server.catalog.definition.DefinitionChecker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Carries out ALTER … RENAME TO and RENAME COLUMN. Rows know neither name, so nothing moves. Views hold the names in their
 * texts, so both are refused while something reads the object; queries that run go on, since they know ids and places.
 */
final class RenameStatements {
    private static final String HINT = "Drop the readers first, and make them again with the new name.";

    private final CatalogStatements changes;
    private final Planner planner;

    RenameStatements(CatalogStatements changes, Planner planner) {
        this.changes = changes;
        this.planner = planner;
    }

    /** Gives an object another name in its schema. */
    StatementResult.Done rename(AlterRelation alter, AlterAction.RenameObject action, CatalogStatements.Scope scope) {
        try (CatalogStateMachine.Editor editor = changes.edit(scope)) {
            CatalogObject object = StorageStatements.find(editor, alter.kind(), alter.name(), scope);
            SourceSpan place = action.name().span();
            ObjectName name = DefinitionChecker.newName(
                    new QualifiedName(List.of(action.name())), object.name().schema());
            editor.snapshot().find(name).ifPresent(present -> {
                throw new ThalwegException(
                                ErrorCode.DUPLICATE_OBJECT, CatalogStatements.title(present) + " exists already")
                        .at(place);
            });
            CatalogObject renamed = named(object, name, alter);
            CatalogStatements.requireUnread(object, editor, alter.name().span(), "renamed", HINT);
            editor.alter(renamed);
            return StatementResult.Done.of("renamed " + CatalogStatements.title(object) + " to " + name);
        }
    }

    private static CatalogObject named(CatalogObject object, ObjectName name, AlterRelation alter) {
        if (object instanceof StreamDefinition stream) {
            return new StreamDefinition(
                    stream.id(),
                    name,
                    stream.columns(),
                    stream.watermark(),
                    stream.distribution(),
                    stream.partitionCount(),
                    stream.properties());
        }
        if (object instanceof TableDefinition table) {
            return new TableDefinition(
                    table.id(), name, table.columns(), table.primaryKey(), table.partitionCount(), table.properties());
        }
        if (object instanceof ViewDefinition view) {
            return new ViewDefinition(view.id(), name, view.query(), view.type(), view.properties());
        }
        throw new ThalwegException(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "RENAME is for streams, tables and views, and " + object.name() + " is a "
                                + object.kind().noun())
                .at(alter.name().span());
    }

    /** Gives a column of a stream or a table another name; its place and its rows stay. */
    StatementResult.Done rename(AlterRelation alter, AlterAction.RenameColumn action, CatalogStatements.Scope scope) {
        try (CatalogStateMachine.Editor editor = changes.edit(scope)) {
            CatalogObject object = StorageStatements.find(editor, alter.kind(), alter.name(), scope);
            if (!(object instanceof StreamDefinition) && !(object instanceof TableDefinition)) {
                throw new ThalwegException(
                                ErrorCode.WRONG_OBJECT_KIND,
                                "RENAME COLUMN is for streams and tables, and " + CatalogStatements.title(object)
                                        + " has the columns of its query")
                        .at(alter.name().span());
            }
            RowColumns columns = DefinitionChecker.columns(object);
            int index = columns.visibleType().indexOf(action.column().name());
            if (index < 0) {
                throw new ThalwegException(
                                ErrorCode.UNDEFINED_COLUMN,
                                "column " + action.column() + " of " + CatalogStatements.title(object)
                                        + " does not exist")
                        .at(action.column().span());
            }
            if (columns.visibleType().indexOf(action.name().name()) >= 0) {
                throw new ThalwegException(
                                ErrorCode.DUPLICATE_COLUMN,
                                CatalogStatements.title(object) + " has a column " + action.name() + " already")
                        .at(action.name().span());
            }
            RowColumns renamed = renamed(columns, index, action.name().name());
            requireUnused(columns, renamed, action);
            CatalogStatements.requireUnread(object, editor, alter.name().span(), "given other columns", HINT);
            editor.alter(
                    object instanceof StreamDefinition stream
                            ? stream.withColumns(renamed)
                            : ((TableDefinition) object).withColumns(renamed));
            return StatementResult.Done.of("renamed column " + action.column() + " to " + action.name());
        }
    }

    private static RowColumns renamed(RowColumns columns, int index, String name) {
        List<ColumnDefinition> all = new ArrayList<>(columns.columns());
        ColumnDefinition old = all.get(index);
        all.set(
                index,
                new ColumnDefinition(name, old.type(), old.origin(), old.expression(), old.comment(), old.earlier()));
        return new RowColumns(all);
    }

    /** The definition of a generated column is a text too. */
    private void requireUnused(RowColumns before, RowColumns after, AlterAction.RenameColumn action) {
        for (ColumnDefinition column : before.columns()) {
            if (column.origin() == ColumnOrigin.GENERATED && !isSame(column, before, after)) {
                throw new ThalwegException(
                                ErrorCode.DEPENDENT_OBJECTS,
                                "column " + action.column() + " cannot be renamed, since generated column "
                                        + column.name() + " is computed from it")
                        .at(action.column().span());
            }
        }
    }

    private boolean isSame(ColumnDefinition column, RowColumns before, RowColumns after) {
        try {
            return plan(column, before).equals(plan(column, after));
        } catch (ThalwegException noLongerPlanned) {
            return false;
        }
    }

    private ScalarExpression plan(ColumnDefinition column, RowColumns columns) {
        return planner.planExpression(
                column.expression().orElse(""), SourceSpan.at(1, 1), columns.storedType(), Optional.of(column.type()));
    }
}
