package io.thalweg.server.session;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.ObjectKind;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.PlanText;
import io.thalweg.parser.SqlText;
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
import io.thalweg.parser.ast.Identifier;
import io.thalweg.parser.ast.InsertQuery;
import io.thalweg.parser.ast.InsertValues;
import io.thalweg.parser.ast.QualifiedName;
import io.thalweg.parser.ast.QueryStatement;
import io.thalweg.parser.ast.QueryText;
import io.thalweg.parser.ast.ResetSetting;
import io.thalweg.parser.ast.SetSetting;
import io.thalweg.parser.ast.ShowCreate;
import io.thalweg.parser.ast.ShowObjects;
import io.thalweg.parser.ast.ShowSetting;
import io.thalweg.parser.ast.Statement;
import io.thalweg.parser.ast.TruncateRelation;
import io.thalweg.parser.ast.UpdateRows;
import io.thalweg.parser.ast.UseSchema;
import io.thalweg.planner.InsertTarget;
import io.thalweg.planner.PlannedQuery;
import io.thalweg.planner.Planner;
import io.thalweg.planner.PlanningContext;
import io.thalweg.server.catalog.definition.NameRules;
import io.thalweg.server.check.PlanCheck;
import io.thalweg.server.system.ResultTable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Plans what has a plan, names the kind of everything else, and refuses what this version does not have. */
final class StatementPlanning implements Statement.Visitor<PlannedStatement> {
    private final Planner planner;
    private final PlanningContext context;
    private final boolean isChecked;

    /** @param isChecked whether plans of queries are checked against others */
    StatementPlanning(Planner planner, PlanningContext context, boolean isChecked) {
        this.isChecked = isChecked;
        this.planner = planner;
        this.context = context;
    }

    @Override
    public PlannedStatement visitQueryStatement(QueryStatement statement) {
        return planned(statement, PreparedSql.Kind.QUERY, plan(statement), Optional.empty());
    }

    private PlannedQuery plan(QueryText query, EmitMode mode) {
        PlannedQuery planned = planner.planQuery(query.text(), query.span(), mode, context);
        if (isChecked) {
            PlanCheck.check(planned, query.text(), stages -> {
                Set<String> disabled = new LinkedHashSet<>(context.disabledStages());
                disabled.addAll(stages);
                return planner.planQuery(query.text(), query.span(), mode, context.withDisabledStages(disabled));
            });
        }
        return planned;
    }

    private PlannedQuery plan(QueryStatement statement) {
        return plan(statement.query(), QueryStatements.mode(statement.query()));
    }

    @Override
    public PlannedStatement visitInsertValues(InsertValues insert) {
        PlannedQuery planned = plan(insert.target(), insert.columns(), insert.values());
        return planned(insert, PreparedSql.Kind.INSERT_ROWS, planned, Optional.of(target(insert.target())));
    }

    @Override
    public PlannedStatement visitInsertQuery(InsertQuery insert) {
        if (insert.query().emit() != EmitClause.NONE) {
            return ddl(insert);
        }
        PlannedQuery planned = plan(insert.target(), insert.columns(), insert.query());
        return planned(insert, PreparedSql.Kind.INSERT_QUERY, planned, Optional.of(target(insert.target())));
    }

    private CatalogObject target(QualifiedName name) {
        return NameRules.find(context.catalog(), name, context.currentSchema());
    }

    private PlannedQuery plan(QualifiedName name, List<Identifier> columns, QueryText source) {
        CatalogObject object = target(name);
        TableWriters.requireNone(context.catalog(), object, name.span());
        InsertColumnNames.check(object, columns);
        Optional<List<String>> named = columns.isEmpty()
                ? Optional.empty()
                : Optional.of(columns.stream().map(Identifier::name).toList());
        InsertTarget target = new InsertTarget(object, named, name.span());
        return planner.planInsert(target, source.text(), source.span(), QueryStatements.mode(source), context);
    }

    private PlannedStatement planned(
            Statement statement, PreparedSql.Kind kind, PlannedQuery planned, Optional<CatalogObject> target) {
        return new PlannedStatement(
                statement,
                kind,
                Optional.of(planned.plan()),
                target,
                !planned.dependsOnTime(),
                context.catalog().version());
    }

    private static PlannedStatement ddl(Statement statement) {
        return PlannedStatement.unplanned(statement, PreparedSql.Kind.DDL);
    }

    private static PlannedStatement rows(Statement statement) {
        return PlannedStatement.unplanned(statement, PreparedSql.Kind.QUERY);
    }

    private static PlannedStatement other(Statement statement) {
        return PlannedStatement.unplanned(statement, PreparedSql.Kind.OTHER);
    }

    @Override
    public PlannedStatement visitCreateStream(CreateStream stream) {
        return ddl(stream);
    }

    @Override
    public PlannedStatement visitCreateStreamAs(CreateStreamAs stream) {
        return ddl(stream);
    }

    @Override
    public PlannedStatement visitCreateTable(CreateTable table) {
        return ddl(table);
    }

    @Override
    public PlannedStatement visitCreateTableAs(CreateTableAs table) {
        return ddl(table);
    }

    @Override
    public PlannedStatement visitCreateView(CreateView view) {
        return ddl(view);
    }

    @Override
    public PlannedStatement visitCreateMaterializedView(CreateMaterializedView view) {
        return ddl(view);
    }

    @Override
    public PlannedStatement visitCreateFunction(CreateFunction function) {
        return ddl(function);
    }

    @Override
    public PlannedStatement visitDropFunction(DropFunction drop) {
        return ddl(drop);
    }

    @Override
    public PlannedStatement visitDropRelation(DropRelation drop) {
        return ddl(drop);
    }

    @Override
    public PlannedStatement visitAlterRelation(AlterRelation alter) {
        return ddl(alter);
    }

    @Override
    public PlannedStatement visitTruncateRelation(TruncateRelation truncate) {
        return ddl(truncate);
    }

    @Override
    public PlannedStatement visitAlterPartitions(AlterPartitions alter) {
        return ddl(alter);
    }

    @Override
    public PlannedStatement visitUpdateRows(UpdateRows update) {
        return change(update, "UPDATE", update.target(), update.text());
    }

    @Override
    public PlannedStatement visitDeleteRows(DeleteRows delete) {
        return change(delete, "DELETE", delete.target(), delete.text());
    }

    private PlannedStatement change(Statement statement, String word, QualifiedName name, QueryText text) {
        TableDefinition table = changedTable(word, name);
        return planned(statement, PreparedSql.Kind.CHANGE_ROWS, planChange(table, text), Optional.of(table));
    }

    private PlannedQuery planChange(TableDefinition table, QueryText text) {
        return planner.planChange(table, text.text(), text.span(), context);
    }

    private TableDefinition changedTable(String word, QualifiedName name) {
        CatalogObject object = target(name);
        if (object instanceof TableDefinition table) {
            TableWriters.requireNone(context.catalog(), object, name.span());
            return table;
        }
        String title = object.kind().noun() + " " + object.name();
        boolean isStream = object.kind() == ObjectKind.STREAM;
        ThalwegException refused = new ThalwegException(
                        ErrorCode.WRONG_OBJECT_KIND,
                        isStream
                                ? word + " is for tables, and rows of " + title + " are never changed"
                                : word + " is for tables, and " + title + " is none")
                .at(name.span());
        throw isStream
                ? refused.withHint("TRUNCATE STREAM " + SqlText.name(name)
                        + " BEFORE TIMESTAMP '…' gives up the oldest rows; a TABLE keeps one row for each key.")
                : refused;
    }

    /** Which columns there are is known when the file is open. */
    @Override
    public PlannedStatement visitCopyFrom(CopyFrom copy) {
        return PlannedStatement.unplanned(copy, PreparedSql.Kind.CHANGE_ROWS);
    }

    @Override
    public PlannedStatement visitCopyTo(CopyTo copy) {
        return PlannedStatement.unplanned(copy, PreparedSql.Kind.CHANGE_ROWS);
    }

    @Override
    public PlannedStatement visitShowObjects(ShowObjects show) {
        return rows(show);
    }

    @Override
    public PlannedStatement visitShowCreate(ShowCreate show) {
        return rows(show);
    }

    @Override
    public PlannedStatement visitShowSetting(ShowSetting show) {
        return rows(show);
    }

    @Override
    public PlannedStatement visitDescribe(Describe describe) {
        return rows(describe);
    }

    /** The plan of the statement within is not run: it becomes the lines that are the answer. */
    @Override
    public PlannedStatement visitExplain(Explain explain) {
        PlannedQuery explained = explained(explain.target());
        ResultTable answer = switch (explain.mode()) {
            case LOGICAL -> ShowStatements.lines("plan", explained.logicalText().get());
            case PHYSICAL -> ShowStatements.lines("plan", PlanText.explain(explained.plan()));
            case STAGES -> ShowStatements.lines("plan", explained.stagesText().get());
            case STATE -> ShowStatements.state(StateText.of(explained.plan()));
        };
        return new PlannedStatement(
                explain,
                PreparedSql.Kind.QUERY,
                Optional.of(answer.plan()),
                Optional.empty(),
                false,
                context.catalog().version());
    }

    private PlannedQuery explained(Statement target) {
        if (target instanceof QueryStatement query) {
            return plan(query);
        }
        if (target instanceof InsertValues insert) {
            return plan(insert.target(), insert.columns(), insert.values());
        }
        if (target instanceof InsertQuery insert) {
            return plan(insert.target(), insert.columns(), insert.query());
        }
        if (target instanceof UpdateRows update) {
            return planChange(changedTable("UPDATE", update.target()), update.text());
        }
        if (target instanceof DeleteRows delete) {
            return planChange(changedTable("DELETE", delete.target()), delete.text());
        }
        if (target instanceof CreateStreamAs stream) {
            return plan(stream.query(), QueryStatements.mode(stream.query()));
        }
        if (target instanceof CreateTableAs table) {
            return plan(table.query(), QueryStatements.mode(table.query()));
        }
        if (target instanceof CreateMaterializedView view) {
            return plan(view.query(), EmitMode.CHANGES);
        }
        if (target instanceof CreateView view) {
            return plan(view.query(), EmitMode.SNAPSHOT);
        }
        throw UnsupportedStatement.of("EXPLAIN of this statement", target.span());
    }

    @Override
    public PlannedStatement visitSetSetting(SetSetting set) {
        return other(set);
    }

    @Override
    public PlannedStatement visitResetSetting(ResetSetting reset) {
        return other(reset);
    }

    @Override
    public PlannedStatement visitControlQuery(ControlQuery control) {
        return ddl(control);
    }

    @Override
    public PlannedStatement visitUseSchema(UseSchema use) {
        return other(use);
    }

    @Override
    public PlannedStatement visitControlTransaction(ControlTransaction control) {
        return other(control);
    }
}
