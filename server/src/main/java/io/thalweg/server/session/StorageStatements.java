package io.thalweg.server.session;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.ObjectKind;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.SqlType;
import io.thalweg.parser.ast.AlterAction;
import io.thalweg.parser.ast.AlterRelation;
import io.thalweg.parser.ast.QualifiedName;
import io.thalweg.parser.ast.TruncateBound;
import io.thalweg.parser.ast.TruncatePartition;
import io.thalweg.parser.ast.TruncateRelation;
import io.thalweg.runtime.expression.function.Conversion;
import io.thalweg.runtime.expression.function.DateTimeText;
import io.thalweg.runtime.expression.function.Slice;
import io.thalweg.server.catalog.CatalogStateMachine;
import io.thalweg.server.catalog.definition.DefinitionChecker;
import io.thalweg.server.catalog.definition.NameRules;
import io.thalweg.server.query.KeptFrom;
import io.thalweg.server.query.QueryEngine;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Carries out what changes how rows are kept: ALTER with SET and RESET, and TRUNCATE. */
final class StorageStatements {
    private final CatalogStatements changes;
    private final QueryEngine engine;

    StorageStatements(CatalogStatements changes, QueryEngine engine) {
        this.changes = changes;
        this.engine = engine;
    }

    /** Changes the options of an object. */
    StatementResult.Done alter(AlterRelation alter, CatalogStatements.Scope scope) {
        try (CatalogStateMachine.Editor editor = changes.edit(scope)) {
            CatalogObject object = find(editor, alter.kind(), alter.name(), scope);
            CatalogObject altered = alter.action().accept(new Options(object));
            if (!altered.equals(object)) {
                editor.alter(altered);
            }
            return StatementResult.Done.of("altered " + CatalogStatements.title(object));
        }
    }

    static CatalogObject find(
            CatalogStateMachine.Editor editor, ObjectKind kind, QualifiedName name, CatalogStatements.Scope scope) {
        CatalogObject object = NameRules.find(editor.snapshot(), name, scope.schema());
        if (object.kind() != kind) {
            throw NameRules.wrongKind(object, kind, name);
        }
        return object;
    }

    /** The object as an action leaves it. */
    private record Options(CatalogObject object) implements AlterAction.Visitor<CatalogObject> {
        @Override
        public CatalogObject visitSetOptions(AlterAction.SetOptions action) {
            return DefinitionChecker.altered(object, action.options());
        }

        @Override
        public CatalogObject visitResetOptions(AlterAction.ResetOptions action) {
            return DefinitionChecker.reset(object, action.options());
        }

        @Override
        public CatalogObject visitAddColumn(AlterAction.AddColumn action) {
            throw new IllegalStateException("a column is no option");
        }

        @Override
        public CatalogObject visitRenameColumn(AlterAction.RenameColumn action) {
            throw new IllegalStateException("a column is no option");
        }

        @Override
        public CatalogObject visitRenameObject(AlterAction.RenameObject action) {
            throw new IllegalStateException("a name is no option");
        }
    }

    /**
     * Gives up the oldest rows of a stream. Refused while materialized views read it: they are built from its rows at every
     * start, and would come back smaller.
     */
    StatementResult.Done truncate(TruncateRelation truncate, CatalogStatements.Scope scope) {
        // Nobody makes a view meanwhile.
        try (CatalogStateMachine.Editor editor = changes.edit(scope)) {
            CatalogObject stream = find(editor, truncate.kind(), truncate.name(), scope);
            if (stream instanceof TableDefinition table) {
                TableWriters.requireNone(
                        editor.snapshot(), table, truncate.name().span());
                return truncate(table, truncate, scope);
            }
            if (stream.kind() != ObjectKind.STREAM) {
                throw UnsupportedStatement.of("TRUNCATE " + stream.kind().sqlName(), truncate.span());
            }
            requireNoView(stream, editor, truncate);
            KeptFrom keptFrom = truncate.bound()
                    .map(bound -> keptFrom(bound, truncate, stream))
                    .orElseGet(KeptFrom::end);
            long removed = engine.truncate(stream, partition(truncate), keptFrom);
            return new StatementResult.Done(
                    removed, "removed " + removed + (removed == 1 ? " row" : " rows"), List.of());
        } catch (ThalwegException failure) {
            throw failure.code() == ErrorCode.ARGUMENT_OUT_OF_RANGE ? failure.at(truncate.span()) : failure;
        }
    }

    /** Deletes all rows of a table, which whoever reads it sees as any other change. */
    private StatementResult.Done truncate(
            TableDefinition table, TruncateRelation truncate, CatalogStatements.Scope scope) {
        if (truncate.bound().isPresent() || truncate.partition().isPresent()) {
            throw new ThalwegException(
                            ErrorCode.INVALID_DEFINITION,
                            "TRUNCATE of a part is for streams, and " + table.name() + " is a table")
                    .at(truncate.span())
                    .withHint("DELETE FROM … WHERE … deletes some of its rows.");
        }
        long removed = engine.deleteAll(table, scope.control());
        return new StatementResult.Done(removed, "removed " + removed + (removed == 1 ? " row" : " rows"), List.of());
    }

    private static void requireNoView(
            CatalogObject stream, CatalogStateMachine.Editor editor, TruncateRelation truncate) {
        String views = Stream.concat(
                        editor.allReadersOf(stream).stream()
                                .filter(reader -> reader.kind() == ObjectKind.MATERIALIZED_VIEW)
                                .map(CatalogStatements::title),
                        editor.queriesReading(stream).stream().map(query -> "query " + query.name()))
                .collect(Collectors.joining(", "));
        String queries = editor.snapshot().queriesInto(stream.id()).stream()
                .map(query -> "query " + query.name())
                .collect(Collectors.joining(", "));
        if (!views.isEmpty() || !queries.isEmpty()) {
            String why = views.isEmpty() ? "since it is filled by " + queries : "since it is read by " + views;
            throw new ThalwegException(
                            ErrorCode.DEPENDENT_OBJECTS,
                            CatalogStatements.title(stream) + " cannot be truncated, " + why)
                    .at(truncate.name().span())
                    .withHint(
                            views.isEmpty()
                                    ? "What a query has written is compared with its answer at every start."
                                    : "A materialized view is built from these rows at every start.");
        }
    }

    private static OptionalInt partition(TruncateRelation truncate) {
        return truncate.partition()
                .map(TruncatePartition::number)
                .map(OptionalInt::of)
                .orElseGet(OptionalInt::empty);
    }

    private static KeptFrom keptFrom(TruncateBound bound, TruncateRelation truncate, CatalogObject stream) {
        return bound.accept(new TruncateBound.Visitor<>() {
            @Override
            public KeptFrom visitOffset(TruncateBound.Offset offset) {
                if (truncate.partition().isEmpty()) {
                    throw new ThalwegException(
                                    ErrorCode.INVALID_DEFINITION,
                                    "offsets are those of one partition, and none is named for "
                                            + CatalogStatements.title(stream))
                            .at(offset.span())
                            .withHint("Write PARTITION n BEFORE OFFSET m.");
                }
                return KeptFrom.offset(offset.offset());
            }

            @Override
            public KeptFrom visitTime(TruncateBound.Time time) {
                return KeptFrom.appendedAt(micros(time));
            }
        });
    }

    private static long micros(TruncateBound.Time time) {
        SqlType type = SqlType.timestampLtz(SqlType.MAX_TIME_PRECISION);
        try {
            return DateTimeText.parseTimestamp(
                    Slice.of(time.text()), SqlType.MAX_TIME_PRECISION, new Conversion(type, false));
        } catch (ThalwegException noTime) {
            throw noTime.at(time.span());
        }
    }
}
