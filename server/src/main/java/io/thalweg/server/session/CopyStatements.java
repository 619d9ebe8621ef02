package io.thalweg.server.session;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.ErrorRows;
import io.thalweg.model.catalog.RowColumns;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.parser.SqlText;
import io.thalweg.parser.ast.CopyFrom;
import io.thalweg.parser.ast.CopySource;
import io.thalweg.parser.ast.CopyTo;
import io.thalweg.parser.ast.EmitClause;
import io.thalweg.parser.ast.Identifier;
import io.thalweg.parser.ast.QueryText;
import io.thalweg.planner.InsertTarget;
import io.thalweg.planner.PlannedQuery;
import io.thalweg.planner.Planner;
import io.thalweg.planner.PlanningContext;
import io.thalweg.server.catalog.CatalogStateMachine;
import io.thalweg.server.catalog.definition.NameRules;
import io.thalweg.server.copy.CopyOptions;
import io.thalweg.server.copy.FileCopies;
import io.thalweg.server.format.RowSchema;
import io.thalweg.server.query.QueryEngine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** Carries out COPY: finds out which columns a file and a relation share, and plans how its rows get there. */
final class CopyStatements {
    private final CatalogStateMachine catalog;
    private final Planner planner;
    private final QueryEngine engine;
    private final PlanningTime time;
    private final FileCopies copies;
    private final LongAdder insertedRows;

    CopyStatements(
            CatalogStateMachine catalog,
            Planner planner,
            QueryEngine engine,
            PlanningTime time,
            FileCopies copies,
            LongAdder insertedRows) {
        this.catalog = catalog;
        this.planner = planner;
        this.engine = engine;
        this.time = time;
        this.copies = copies;
        this.insertedRows = insertedRows;
    }

    /** COPY … FROM. */
    StatementResult.Done read(CopyFrom copy, String schema, FileCopies.Run run) {
        CatalogSnapshot snapshot = catalog.snapshot();
        CatalogObject target = NameRules.find(snapshot, copy.target(), schema);
        RowColumns columns = columns(target, copy);
        TableWriters.requireNone(snapshot, target, copy.target().span());
        InsertColumnNames.check(target, copy.columns());
        CopyOptions options = CopyOptions.forReading(copy.file());
        PlanningContext context = time.context(snapshot, schema);
        try {
            FileCopies.Outcome outcome = copies.read(
                    copy.file().name(),
                    options,
                    header -> destination(copy, target, chosen(copy, columns, header), run, context),
                    run);
            return done(outcome, target);
        } catch (ThalwegException failure) {
            throw failure.span().isPresent() ? failure : failure.at(copy.file().span());
        }
    }

    private static StatementResult.Done done(FileCopies.Outcome outcome, CatalogObject target) {
        StatementResult.Done done = done(outcome.rows());
        if (outcome.quarantined() == 0) {
            return done;
        }
        String refused = outcome.quarantined() + (outcome.quarantined() == 1 ? " record was" : " records were")
                + " no row and can be read in " + target.name() + ErrorRows.SUFFIX + ".";
        return new StatementResult.Done(done.updateCount(), done.info(), List.of(refused));
    }

    private static StatementResult.Done done(long rows) {
        return new StatementResult.Done(rows, "copied " + rows + (rows == 1 ? " row" : " rows"), List.of());
    }

    private static RowColumns columns(CatalogObject target, CopyFrom copy) {
        if (target instanceof StreamDefinition stream) {
            return stream.columns();
        }
        if (target instanceof TableDefinition table) {
            return table.columns();
        }
        throw new ThalwegException(
                        ErrorCode.WRONG_OBJECT_KIND,
                        "COPY is for streams and tables, and " + CatalogStatements.title(target) + " is none")
                .at(copy.target().span());
    }

    /**
     * The columns that the file has rows for: those of its header, if it has one, of these only the named ones, if any
     * are named; without a header those named, or all that take values.
     */
    private static RowType chosen(CopyFrom copy, RowColumns columns, Optional<List<String>> header) {
        RowType stored = columns.storedType();
        RowType named = copy.columns().isEmpty()
                ? stored
                : new RowType(copy.columns().stream()
                        .map(name -> stored.field(stored.indexOf(name.name())))
                        .toList());
        if (header.isEmpty()) {
            return named;
        }
        RowSchema known = new RowSchema(named, "");
        List<Field> found = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (String name : header.get()) {
            int column = known.find(name);
            if (column >= 0) {
                if (!seen.add(column)) {
                    throw inFile(copy, ErrorCode.DUPLICATE_COLUMN, "has column " + name + " twice");
                }
                found.add(named.field(column));
            } else if (copy.columns().isEmpty()) {
                throw inFile(
                                copy,
                                ErrorCode.UNDEFINED_COLUMN,
                                "has a column " + name + ", which " + copy.target()
                                        + " has not, or which takes no values")
                        .withHint("COPY " + copy.target() + " (columns) FROM … leaves out what is not named."
                                + " For a file without names in its first line say WITH (header = false).");
            }
        }
        for (Identifier name : copy.columns()) {
            if (!seen.contains(named.indexOf(name.name()))) {
                throw inFile(copy, ErrorCode.UNDEFINED_COLUMN, "has no column " + name);
            }
        }
        return new RowType(found);
    }

    private static ThalwegException inFile(CopyFrom copy, ErrorCode code, String what) {
        return new ThalwegException(code, "file " + copy.file().name() + " " + what);
    }

    private FileCopies.Destination destination(
            CopyFrom copy, CatalogObject target, RowType chosen, FileCopies.Run run, PlanningContext context) {
        List<String> names = chosen.fields().stream().map(Field::name).toList();
        String values = names.stream().map(name -> "?").collect(Collectors.joining(", ", "VALUES (", ")"));
        InsertTarget into =
                new InsertTarget(target, Optional.of(names), copy.target().span());
        PhysicalPlan plan = planner.planInsert(into, values, copy.target().span(), EmitMode.SNAPSHOT, context)
                .plan();
        StreamDefinition errors = ErrorRows.of(target).orElseThrow();
        return new FileCopies.Destination(
                new RowSchema(chosen, CatalogStatements.title(target)),
                rows -> {
                    engine.executeInsert(target, plan, Optional.of(rows), run.control());
                    insertedRows.add(rows.rowCount());
                },
                refused -> engine.insert(errors, List.of(refused)));
    }

    /** COPY … TO. */
    StatementResult.Done write(CopyTo copy, String schema, FileCopies.Run run) {
        CopyOptions options = CopyOptions.forWriting(copy.file());
        QueryText query = query(copy.source(), schema);
        if (query.emit() != EmitClause.NONE) {
            throw new ThalwegException(ErrorCode.INVALID_QUERY, "COPY writes the rows of the moment, and EMIT goes on")
                    .at(query.span());
        }
        PlannedQuery planned = planner.planQuery(
                query.text(), query.span(), EmitMode.SNAPSHOT, time.context(catalog.snapshot(), schema));
        if (!planned.plan().parameterTypes().isEmpty()) {
            throw new ThalwegException(ErrorCode.PARAMETER_MISMATCH, "the query of a COPY has no parameters")
                    .at(query.span());
        }
        try {
            return done(copies.write(planned.plan(), copy.file().name(), options, run));
        } catch (ThalwegException failure) {
            throw failure.span().isPresent() || failure.code() != ErrorCode.FILE_NOT_ALLOWED
                    ? failure
                    : failure.at(copy.file().span());
        }
    }

    private QueryText query(CopySource source, String schema) {
        if (source instanceof CopySource.Query query) {
            return query.query();
        }
        CopySource.Relation relation = (CopySource.Relation) source;
        List<String> columns = relation.columns().isEmpty()
                ? insertable(relation, schema)
                : relation.columns().stream().map(Identifier::name).toList();
        String list =
                columns.isEmpty() ? "*" : columns.stream().map(SqlText::name).collect(Collectors.joining(", "));
        String name = relation.name().parts().stream()
                .map(part -> SqlText.name(part.name()))
                .collect(Collectors.joining("."));
        return new QueryText("SELECT " + list + " FROM " + name, source.span(), EmitClause.NONE);
    }

    /** The columns that COPY … FROM would fill: none is named for what nobody inserts into, which stands for all. */
    private List<String> insertable(CopySource.Relation relation, String schema) {
        Optional<CatalogObject> object = catalog.snapshot().find(NameRules.resolve(relation.name(), schema));
        RowColumns columns = object.isPresent() && object.get() instanceof StreamDefinition stream
                ? stream.columns()
                : object.isPresent() && object.get() instanceof TableDefinition table
                        ? table.columns()
                        : new RowColumns(List.of());
        return columns.storedType().fields().stream().map(Field::name).toList();
    }
}
