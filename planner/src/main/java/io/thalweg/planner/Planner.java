package io.thalweg.planner;

import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.catalog.RowColumns;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.catalog.WatermarkDefinition;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.planner.function.FunctionCatalog;
import io.thalweg.planner.query.ConversionContext;
import io.thalweg.planner.query.QueryConverter;
import io.thalweg.planner.query.SourceText;
import io.thalweg.planner.rewrite.RelationalOptimizer;
import io.thalweg.planner.rewrite.StageDescription;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.util.CancelFlag;

/**
 * Turns the text of queries, of the rows of an INSERT and of expressions into plans, as a pure function of the text and the
 * context. Thread-safe; the work is done on threads of its own, and the caller waits at most as long as the context says.
 *
 * <p>All errors are {@link io.thalweg.model.error.ThalwegException}s with their place in the user's statement: the
 * {@code origin} says where the given text begins in it.
 */
public final class Planner {
    private final PlanningThreads threads = new PlanningThreads();

    /** Plans one query of each kind, so that the first user does not wait for classes to load. */
    public void warmUp() {
        WarmUp.run(this);
    }

    /** Plans a query, which has no EMIT clause any more. */
    public PlannedQuery planQuery(String query, SourceSpan origin, EmitMode mode, PlanningContext context) {
        SourceText source = new SourceText(query, origin);
        return threads.run(context.timeLimit(), flag -> new QueryPlanning(source, context, flag).planQuery(mode));
    }

    /**
     * Plans an INSERT that ends. The row type of the plan is the stored one of the target; that no NULL goes into a NOT NULL
     * column is checked when it runs.
     *
     * @param body {@code VALUES ...} or a query
     */
    public PlannedQuery planInsert(InsertTarget target, String body, SourceSpan origin, PlanningContext context) {
        return planInsert(target, body, origin, EmitMode.SNAPSHOT, context);
    }

    /** Plans an INSERT of a query, which with CHANGES or FINAL goes on for ever. */
    public PlannedQuery planInsert(
            InsertTarget target, String body, SourceSpan origin, EmitMode mode, PlanningContext context) {
        SourceText source = new SourceText(body, origin);
        return threads.run(
                context.timeLimit(), flag -> new QueryPlanning(source, context, flag).planInsert(target, mode));
    }

    /**
     * Plans an UPDATE or a DELETE. The rows of the plan are those that the statement finds: of a DELETE as they are, of an
     * UPDATE as they become, in the stored columns of the table. If an UPDATE assigns a column of the primary key, the old
     * values of the key's columns stand behind them.
     *
     * @param table what the statement changes
     * @param statement the whole text
     */
    public PlannedQuery planChange(
            TableDefinition table, String statement, SourceSpan origin, PlanningContext context) {
        SourceText source = new SourceText(statement, origin);
        return threads.run(context.timeLimit(), flag -> new QueryPlanning(source, context, flag).planChange(table));
    }

    /**
     * Plans an expression of the catalog: a default, if there are no columns, otherwise a generated column.
     *
     * @param columns the columns it may use
     * @param expectedType the type of the column it is for
     */
    public ScalarExpression planExpression(
            String expression, SourceSpan origin, RowType columns, Optional<SqlType> expectedType) {
        return threads.run(
                PlanningContext.DEFAULT_TIME_LIMIT,
                flag -> expressions(expression, origin, flag).plan(columns, expectedType));
    }

    /**
     * Plans the watermark of a stream: the time column, or the time column minus a constant interval.
     *
     * @param columns the columns of the stream, of which the time column must be a stored TIMESTAMP
     */
    public WatermarkDefinition planWatermark(
            String column, SourceSpan columnSpan, String expression, SourceSpan origin, RowColumns columns) {
        return threads.run(
                PlanningContext.DEFAULT_TIME_LIMIT,
                flag -> expressions(expression, origin, flag).planWatermark(column, columnSpan, columns));
    }

    /** The names of the rewrite stages that may be left out: the answer stays the same, the plan gets worse. */
    public static List<String> optionalStages() {
        return RelationalOptimizer.stages().stream()
                .filter(stage -> !stage.isNeeded())
                .map(StageDescription::name)
                .toList();
    }

    /** The names of all functions that a query may call, in lower case and in order. */
    public List<String> functionNames() {
        return FunctionCatalog.INSTANCE.functionNames();
    }

    private static ExpressionPlanning expressions(String expression, SourceSpan origin, CancelFlag flag) {
        SourceText source = new SourceText(expression, origin);
        CatalogSnapshot empty = new CatalogSnapshot(0, List.of());
        ConversionContext context = new ConversionContext(empty, ObjectName.DEFAULT_SCHEMA, flag);
        return new ExpressionPlanning(source, new QueryConverter(context, source));
    }
}
