package io.thalweg.server.session;

import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.parser.ast.AlterAction;
import io.thalweg.parser.ast.AlterPartitions;
import io.thalweg.parser.ast.AlterRelation;
import io.thalweg.parser.ast.ControlQuery;
import io.thalweg.parser.ast.ControlTransaction;
import io.thalweg.parser.ast.CopyFrom;
import io.thalweg.parser.ast.CopyTo;
import io.thalweg.parser.ast.CreateFunction;
import io.thalweg.parser.ast.CreateMaterializedView;
import io.thalweg.parser.ast.CreateStream;
import io.thalweg.parser.ast.CreateStreamAs;
import io.thalweg.parser.ast.CreateTable;
import io.thalweg.parser.ast.CreateTableAs;
import io.thalweg.parser.ast.CreateView;
import io.thalweg.parser.ast.DeleteRows;
import io.thalweg.parser.ast.Describe;
import io.thalweg.parser.ast.DropFunction;
import io.thalweg.parser.ast.DropRelation;
import io.thalweg.parser.ast.EmitClause;
import io.thalweg.parser.ast.Explain;
import io.thalweg.parser.ast.InsertQuery;
import io.thalweg.parser.ast.InsertValues;
import io.thalweg.parser.ast.QueryStatement;
import io.thalweg.parser.ast.ResetSetting;
import io.thalweg.parser.ast.SetSetting;
import io.thalweg.parser.ast.ShowCreate;
import io.thalweg.parser.ast.ShowObjects;
import io.thalweg.parser.ast.ShowSetting;
import io.thalweg.parser.ast.Statement;
import io.thalweg.parser.ast.TruncateRelation;
import io.thalweg.parser.ast.UpdateRows;
import io.thalweg.parser.ast.UseSchema;
import io.thalweg.server.copy.FileCopies;
import io.thalweg.server.query.QueryControl;
import io.thalweg.server.query.QueryOptions;
import io.thalweg.server.system.ResultTable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One run of one statement for one session. What the planning refuses does not come here. */
final class StatementRun implements Statement.Visitor<StatementResult> {
    private final StatementServices services;
    private final Session session;
    private final SessionSettings settings;
    private final Request request;

    /**
     * What is to be run.
     *
     * @param parameters a row for each set of values; none for a statement that was not prepared
     */
    record Request(String sql, PlannedStatement planned, Optional<DeltaBatch> parameters, QueryControl control) {}

    /** @param settings those of the session with what was said for this statement only */
    StatementRun(StatementServices services, Session session, SessionSettings settings, Request request) {
        this.services = services;
        this.session = session;
        this.settings = settings;
        this.request = request;
    }

    @Override
    public StatementResult visitQueryStatement(QueryStatement statement) {
        PhysicalPlan plan = request.planned().requirePlan();
        List<Literal> values = request.parameters()
                .map(parameters -> ParameterValues.single(parameters, plan.parameterTypes()))
                .orElse(List.of());
        return query(plan, values);
    }

    @Override
    public StatementResult visitExplain(Explain explain) {
        return query(request.planned().requirePlan(), List.of());
    }

    private StatementResult query(PhysicalPlan plan, List<Literal> values) {
        QueryOptions options = new QueryOptions(
                request.sql(), settings.maxRows(), TimeUnit.MILLISECONDS.toNanos(settings.queryTimeoutMillis()));
        return new StatementResult.Query(plan, values, options);
    }

    private StatementResult rows(ResultTable table) {
        return query(table.plan(), List.of());
    }

    @Override
    public StatementResult visitInsertValues(InsertValues insert) {
        return insert();
    }

    @Override
    public StatementResult visitInsertQuery(InsertQuery insert) {
        return insert.query().emit() == EmitClause.NONE
                ? insert()
                : services.queries().insert(insert, scope());
    }

    private StatementResult insert() {
        PlannedStatement planned = request.planned();
        PhysicalPlan plan = planned.requirePlan();
        // A batch without columns stands for one execution of a statement without parameters.
        Optional<DeltaBatch> parameters = plan.parameterTypes().isEmpty() ? Optional.empty() : request.parameters();
        long inserted =
                services.engine().executeInsert(planned.target().orElseThrow(), plan, parameters, request.control());
        services.insertedRows().add(inserted);
        return new StatementResult.Done(
                inserted, "inserted " + inserted + (inserted == 1 ? " row" : " rows"), List.of());
    }

    @Override
    public StatementResult visitUpdateRows(UpdateRows update) {
        return changed(
                "updated",
                update.span(),
                (table, plan, values) -> services.engine().executeUpdate(table, plan, values, request.control()));
    }

    @Override
    public StatementResult visitDeleteRows(DeleteRows delete) {
        return changed(
                "deleted",
                delete.span(),
                (table, plan, values) -> services.engine().executeDelete(table, plan, values, request.control()));
    }

    /** One execution of a statement that changes rows. */
    private interface Change {
        long execute(TableDefinition table, PhysicalPlan plan, List<Literal> values);
    }

    /** Executes a change once for each set of values that was bound. */
    private StatementResult changed(String done, SourceSpan span, Change change) {
        PlannedStatement planned = request.planned();
        PhysicalPlan plan = planned.requirePlan();
        TableDefinition table = (TableDefinition) planned.target().orElseThrow();
        int executions = request.parameters().map(DeltaBatch::rowCount).orElse(1);
        long count = 0;
        try {
            for (int i = 0; i < executions; i++) {
                List<Literal> values = request.parameters().isEmpty()
                        ? List.of()
                        : ParameterValues.single(request.parameters().get().slice(i, 1), plan.parameterTypes());
                count += change.execute(table, plan, values);
            }
        } catch (ThalwegException failure) {
            boolean aboutValues = failure.code() == ErrorCode.NULL_NOT_ALLOWED
                    || failure.code() == ErrorCode.UNIQUE_VIOLATION
                    || failure.code() == ErrorCode.STRING_TOO_LONG;
            throw aboutValues && failure.span().isEmpty() ? failure.at(span) : failure;
        }
        return new StatementResult.Done(count, done + " " + count + (count == 1 ? " row" : " rows"), List.of());
    }

    @Override
    public StatementResult visitCopyFrom(CopyFrom copy) {
        return services.copies().read(copy, settings.schema(), copyRun());
    }

    @Override
    public StatementResult visitCopyTo(CopyTo copy) {
        return services.copies().write(copy, settings.schema(), copyRun());
    }

    private FileCopies.Run copyRun() {
        return new FileCopies.Run(request.sql(), request.control());
    }

    private CatalogStatements.Scope scope() {
        return new CatalogStatements.Scope(settings.schema(), request.control());
    }

    @Override
    public StatementResult visitCreateStream(CreateStream stream) {
        return services.changes().create(stream, scope());
    }

    @Override
    public StatementResult visitCreateTable(CreateTable table) {
        return services.changes().create(table, scope());
    }

    @Override
    public StatementResult visitCreateView(CreateView view) {
        return services.changes().create(view, scope());
    }

    @Override
    public StatementResult visitCreateMaterializedView(CreateMaterializedView view) {
        return services.changes().create(view, scope());
    }

    @Override
    public StatementResult visitCreateFunction(CreateFunction function) {
        return services.functions().create(function, scope());
    }

    @Override
    public StatementResult visitDropFunction(DropFunction drop) {
        return services.functions().drop(drop, scope());
    }

    @Override
    public StatementResult visitDropRelation(DropRelation drop) {
        return services.changes().drop(drop, scope());
    }

    @Override
    public StatementResult visitAlterRelation(AlterRelation alter) {
        if (alter.action() instanceof AlterAction.AddColumn added) {
            return services.columns().add(alter, added, scope());
        }
        if (alter.action() instanceof AlterAction.RenameColumn renamed) {
            return services.renames().rename(alter, renamed, scope());
        }
        return alter.action() instanceof AlterAction.RenameObject renamed
                ? services.renames().rename(alter, renamed, scope())
                : services.storage().alter(alter, scope());
    }

    @Override
    public StatementResult visitTruncateRelation(TruncateRelation truncate) {
        return services.storage().truncate(truncate, scope());
    }

    @Override
    public StatementResult visitAlterPartitions(AlterPartitions alter) {
        return services.partitions().alter(alter, scope());
    }

    @Override
    public StatementResult visitShowObjects(ShowObjects show) {
        return rows(services.shows().show(show, services.catalog().snapshot(), settings));
    }

    @Override
    public StatementResult visitShowCreate(ShowCreate show) {
        return rows(ShowStatements.create(show, services.catalog().snapshot(), settings));
    }

    @Override
    public StatementResult visitDescribe(Describe describe) {
        return rows(ShowStatements.describe(describe, services.catalog().snapshot(), settings));
    }

    @Override
    public StatementResult visitShowSetting(ShowSetting show) {
        Setting setting = at(show.name().span(), () -> Setting.named(show.name().toString()));
        return rows(
                new ResultTable(RowType.of(setting.sqlName(), SqlType.VARCHAR.notNull())).add(settings.value(setting)));
    }

    @Override
    public StatementResult visitSetSetting(SetSetting set) {
        Setting setting = at(set.name().span(), () -> Setting.named(set.name().toString()));
        SessionSettings changed = at(
                set.value().span(),
                () -> session.settings().with(setting, set.value().text()));
        session.change(changed);
        return StatementResult.Done.of(setting.sqlName() + " is " + changed.value(setting));
    }

    @Override
    public StatementResult visitResetSetting(ResetSetting reset) {
        if (reset.name().isEmpty()) {
            session.change(SessionSettings.DEFAULT);
            return StatementResult.Done.of("all settings have their defaults");
        }
        Setting setting = at(
                reset.name().get().span(),
                () -> Setting.named(reset.name().get().toString()));
        session.change(session.settings().without(setting));
        return StatementResult.Done.of(setting.sqlName() + " is " + setting.defaultValue());
    }

    @Override
    public StatementResult visitUseSchema(UseSchema use) {
        String name = use.schema().last().name();
        SessionSettings changed =
                at(use.schema().span(), () -> session.settings().with(Setting.SCHEMA, name));
        session.change(changed);
        return StatementResult.Done.of("schema is " + name);
    }

    /** Gives errors about a part of the statement the place of that part. */
    private static <T> T at(SourceSpan span, Part<T> part) {
        try {
            return part.read();
        } catch (ThalwegException failure) {
            throw failure.at(span);
        }
    }

    private interface Part<T> {
        T read();
    }

    /**
     * Tools send these unasked. Every statement is a transaction of its own, so there is nothing to do; a rollback that
     * undoes nothing is worth a word.
     */
    @Override
    public StatementResult visitControlTransaction(ControlTransaction control) {
        return switch (control.action()) {
            case BEGIN, COMMIT -> StatementResult.Done.of("");
            case ROLLBACK ->
                new StatementResult.Done(
                        StatementResult.Done.NO_COUNT,
                        "",
                        List.of("Nothing was rolled back: every statement takes effect at once."));
        };
    }

    @Override
    public StatementResult visitCreateStreamAs(CreateStreamAs stream) {
        return services.queries().create(stream, scope());
    }

    @Override
    public StatementResult visitCreateTableAs(CreateTableAs table) {
        return services.queries().create(table, scope());
    }

    @Override
    public StatementResult visitControlQuery(ControlQuery control) {
        return services.queries().control(control, scope());
    }
}
