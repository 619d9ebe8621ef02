package io.thalweg.server.session;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.model.time.Clock;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.parser.StatementParser;
import io.thalweg.parser.ast.Statement;
import io.thalweg.planner.Planner;
import io.thalweg.planner.PlanningContext;
import io.thalweg.server.catalog.CatalogStateMachine;
import io.thalweg.server.metrics.MetricsRegistry;
import io.thalweg.server.query.Deadline;
import io.thalweg.server.query.QueryControl;
import io.thalweg.server.query.QueryEngine;
import io.thalweg.server.system.SystemTables;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Does what statements say. Statements of one session come one after the other; those of different sessions at once, on
 * threads that may wait for the disk. A statement that returns rows is only prepared here: its query runs elsewhere.
 */
public final class StatementExecutor {
    private static final int CACHED_STATEMENTS = 1_000;
    /** Inserts with their values in the text are rarely the same; they must not drive out the statements that are. */
    private static final int CACHED_INSERTS = 64;

    private final CatalogStateMachine catalog;
    private final Planner planner;
    private final PlanningTime time;
    private final StatementServices services;
    private final PlanCache statements = new PlanCache(CACHED_STATEMENTS);
    private final PlanCache inserts = new PlanCache(CACHED_INSERTS);
    private final LongAdder executed;
    private final LongAdder failed;

    private StatementExecutor(
            CatalogStateMachine catalog,
            Planner planner,
            PlanningTime time,
            StatementServices services,
            MetricsRegistry metrics) {
        this.catalog = catalog;
        this.planner = planner;
        this.time = time;
        this.services = services;
        this.executed = metrics.counter("statements.executed", "Statements that were begun.");
        this.failed = metrics.counter("statements.failed", "Statements that ended in an error before any row.");
    }

    /** An executor on the parts of a server. */
    public static StatementExecutor of(
            CatalogStateMachine catalog,
            Planner planner,
            QueryEngine engine,
            ServerFiles files,
            SystemTables systemTables,
            MetricsRegistry metrics,
            Clock clock) {
        PlanningTime time = new PlanningTime(clock);
        CatalogStatements changes = new CatalogStatements(catalog, planner, engine, time);
        LongAdder insertedRows =
                metrics.counter("rows.inserted", "Rows that INSERT and COPY statements have appended.");
        StatementServices services = new StatementServices(
                catalog,
                changes,
                new StorageStatements(changes, engine),
                new PartitionStatements(catalog, changes, engine),
                new ColumnStatements(changes, planner, engine, time),
                new RenameStatements(changes, planner),
                new QueryStatements(changes, planner, engine, time),
                new FunctionStatements(changes, planner, files.functions()),
                new CopyStatements(catalog, planner, engine, time, files.copies(), insertedRows),
                new ShowStatements(systemTables, engine, planner),
                engine,
                insertedRows);
        return new StatementExecutor(catalog, planner, time, services, metrics);
    }

    /** Parses and plans, so that the first user does not wait for the classes to load. */
    public void warmUp() {
        planner.warmUp();
        planned("SELECT table_name FROM information_schema.tables", SessionSettings.DEFAULT);
    }

    /** Checks and plans a statement for a client that will execute it later. */
    public PreparedSql prepare(Session session, String sql) {
        SessionSettings settings = session.settings();
        PlannedStatement planned = planned(sql, settings);
        Optional<RowType> result = Optional.empty();
        if (planned.kind() == PreparedSql.Kind.QUERY) {
            // What SHOW and its like return has no plan before it runs; running it changes nothing and is cheap.
            PhysicalPlan plan = planned.plan().orElseGet(() -> rowsOf(session, settings, planned));
            result = Optional.of(ResultType.of(plan));
        }
        return new PreparedSql(sql, settings.schema(), planned, result);
    }

    private PhysicalPlan rowsOf(Session session, SessionSettings settings, PlannedStatement planned) {
        StatementResult result = planned.statement()
                .accept(new StatementRun(
                        services,
                        session,
                        settings,
                        new StatementRun.Request("", planned, Optional.empty(), new QueryControl())));
        return ((StatementResult.Query) result).plan();
    }

    /**
     * Executes a statement without parameters.
     *
     * @param properties settings for this statement only, by name
     * @param control stops an insert that takes long
     */
    public StatementResult execute(Session session, String sql, Map<String, String> properties, QueryControl control) {
        return counted(() -> {
            SessionSettings settings = session.settings().with(properties);
            PlannedStatement planned = planned(sql, settings);
            if (planned.plan().filter(plan -> !plan.parameterTypes().isEmpty()).isPresent()) {
                throw new ThalwegException(
                                ErrorCode.PARAMETER_MISMATCH, "the statement has parameters, but no values were given")
                        .withHint("Prepare it and bind a value to each question mark.");
            }
            return run(session, settings, new StatementRun.Request(sql, planned, Optional.empty(), control));
        });
    }

    /**
     * Executes a prepared statement.
     *
     * @param parameters a row for each set of values
     */
    public StatementResult execute(
            Session session,
            PreparedSql prepared,
            DeltaBatch parameters,
            Map<String, String> properties,
            QueryControl control) {
        return counted(() -> {
            SessionSettings settings = session.settings().with(properties);
            PlannedStatement planned =
                    prepared.planned().holdsAt(catalog.snapshot().version())
                            ? prepared.planned()
                            : planned(prepared.sql(), settings.with(Setting.SCHEMA, prepared.schema()));
            List<SqlType> types =
                    planned.plan().map(PhysicalPlan::parameterTypes).orElse(List.of());
            if (!types.equals(prepared.parameters())) {
                throw new ThalwegException(
                                ErrorCode.PARAMETER_MISMATCH,
                                "the types of the statement's parameters have changed since it was prepared")
                        .withHint("Prepare the statement again.");
            }
            ParameterValues.check(parameters, types);
            return run(
                    session,
                    settings,
                    new StatementRun.Request(prepared.sql(), planned, Optional.of(parameters), control));
        });
    }

    private StatementResult run(Session session, SessionSettings settings, StatementRun.Request request) {
        // A query that is only prepared here has a limit of its own, which begins when it does.
        Deadline limit = services.engine()
                .deadline(request.control(), TimeUnit.MILLISECONDS.toNanos(settings.queryTimeoutMillis()));
        try {
            return request.planned().statement().accept(new StatementRun(services, session, settings, request));
        } finally {
            limit.close();
        }
    }

    private interface Work {
        StatementResult run();
    }

    private StatementResult counted(Work work) {
        executed.increment();
        boolean ended = false;
        try {
            StatementResult result = work.run();
            ended = true;
            return result;
        } finally {
            if (!ended) {
                failed.increment();
            }
        }
    }

    private PlannedStatement planned(String sql, SessionSettings settings) {
        long version = catalog.snapshot().version();
        Optional<PlannedStatement> cached =
                statements.find(settings, sql, version).or(() -> inserts.find(settings, sql, version));
        if (cached.isPresent()) {
            return cached.get();
        }
        Statement statement = StatementParser.parse(sql);
        PlanningContext context =
                time.context(catalog.snapshot(), settings.schema()).withDisabledStages(settings.disabledStages());
        PlannedStatement planned = statement.accept(new StatementPlanning(planner, context, settings.checksPlans()));
        boolean literalInsert = planned.kind() == PreparedSql.Kind.INSERT_ROWS
                && planned.requirePlan().parameterTypes().isEmpty();
        (literalInsert ? inserts : statements).put(settings, sql, planned);
        return planned;
    }
}
