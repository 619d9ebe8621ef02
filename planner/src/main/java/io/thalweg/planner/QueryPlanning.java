package io.thalweg.planner;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.SystemTableDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.plan.AppendOnlyAnalysis;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.type.SqlType;
import io.thalweg.planner.analysis.EventTimeAnalyzer;
import io.thalweg.planner.analysis.KeyAnalysis;
import io.thalweg.planner.analysis.SourceCatalog;
import io.thalweg.planner.lowering.CalcComposer;
import io.thalweg.planner.lowering.CurrentTime;
import io.thalweg.planner.lowering.ExpressionLowering;
import io.thalweg.planner.lowering.PlanBuilder;
import io.thalweg.planner.query.ConversionContext;
import io.thalweg.planner.query.ConvertedQuery;
import io.thalweg.planner.query.QueryConverter;
import io.thalweg.planner.query.ResultNames;
import io.thalweg.planner.query.SourceText;
import io.thalweg.planner.rewrite.RelationalOptimizer;
import io.thalweg.planner.verify.PlanVerifier;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.util.CancelFlag;

/** The planning of one statement: each step by the class that is named for it. Serves one statement on one thread. */
final class QueryPlanning {
    private final SourceText source;
    private final ConversionContext conversion;
    private final QueryConverter converter;
    private final CurrentTime now;
    private final Set<String> disabledStages;

    QueryPlanning(SourceText source, PlanningContext context, CancelFlag cancelFlag) {
        this.source = source;
        this.conversion = new ConversionContext(context.catalog(), context.currentSchema(), cancelFlag);
        this.converter = new QueryConverter(conversion, source);
        this.disabledStages = context.disabledStages();
        this.now = CurrentTime.at(context.nowMicros(), context.timeZone());
    }

    PlannedQuery planQuery(EmitMode mode) {
        Relations relations = relations(converter.parseQuery(), mode);
        return finished(relations, relations.root(), mode);
    }

    PlannedQuery planInsert(InsertTarget target, EmitMode mode) {
        SqlNode body = converter.parseQuery();
        ExpressionLowering expressions = new ExpressionLowering(now);
        InsertPlanner insert = new InsertPlanner(target, source, converter, expressions);
        if (body.getKind() == SqlKind.VALUES) {
            PlanNode rows = insert.planRows((SqlCall) body);
            Texts none = new Texts(() -> "", () -> "");
            return finished(new Relations(rows, insert.parameterTypes(), none, now), rows, EmitMode.SNAPSHOT);
        }
        Relations relations = relations(body, mode);
        PlanNode rows = insert.planQuery(relations.root(), source.span(body.getParserPosition()));
        return finished(relations, rows, mode);
    }

    PlannedQuery planChange(TableDefinition table) {
        ChangePlanner change =
                ChangePlanner.of(converter.parseChange(), table, source, converter, new ExpressionLowering(now));
        Relations relations = relations(converter.asQuery(change.query()), EmitMode.SNAPSHOT);
        PlanNode rows = change.changed(relations.root());
        List<SqlType> parameters = change.parameterTypes(relations.parameterTypes());
        return finished(new Relations(rows, parameters, relations.texts(), relations.time()), rows, EmitMode.SNAPSHOT);
    }

    /**
     * A query before its last touches.
     *
     * @param time what the query was told of the current time
     */
    private record Relations(PlanNode root, List<SqlType> parameterTypes, Texts texts, CurrentTime time) {}

    /** What is made only if somebody asks. */
    private record Texts(Supplier<String> logical, Supplier<String> stages) {}

    private Relations relations(SqlNode syntax, EmitMode mode) {
        ResultNames resultNames = ResultNames.of(syntax);
        ConvertedQuery converted = converter.convertQuery(syntax);
        List<String> names = resultNames.resolve(
                converted.root().fields.stream().map(f -> f.getValue()).toList());
        if (mode != EmitMode.SNAPSHOT) {
            refuseSystemTables();
        }
        RelNode query = converted.root().project();
        StageTrace trace = new StageTrace(query);
        RelNode optimized = converter.translated(() -> {
            RelNode rel = RelationalOptimizer.optimize(query, disabledStages, trace::add);
            conversion.checkTime();
            return rel;
        });
        CurrentTime time = switch (mode) {
            case SNAPSHOT -> now;
            case CHANGES -> now.moving();
            case FINAL -> CurrentTime.none();
        };
        EventTimeAnalyzer times = new EventTimeAnalyzer(converter.dependencies());
        PlanNode root = times.annotate(lowered(optimized, mode, time, names));
        if (mode == EmitMode.FINAL) {
            root = times.hold(root).orElseThrow(this::unboundedFinal);
        }
        Texts texts = new Texts(() -> LogicalText.format(optimized), trace::format);
        return new Relations(root, converted.parameterTypes(), texts, time);
    }

    private PlanNode lowered(RelNode query, EmitMode mode, CurrentTime time, List<String> names) {
        try {
            PlanNode plan = new PlanBuilder(new ExpressionLowering(time, converter::placeOf)).build(query, mode);
            refuseIntervals(plan);
            return withNames(plan, names);
        } catch (ThalwegException e) {
            throw e.span().isPresent() ? e : e.at(source.span(converter.wholeQuery()));
        }
    }

    /** Intervals are parts of expressions only: no column, key or state has the type. */
    private static void refuseIntervals(PlanNode plan) {
        plan.inputs().forEach(QueryPlanning::refuseIntervals);
        if (plan.type().types().stream().noneMatch(t -> t.name().isInterval())) {
            return;
        }
        throw new ThalwegException(ErrorCode.FEATURE_NOT_SUPPORTED, "an interval as a column or a key is not supported")
                .withHint("TIMESTAMPDIFF(unit, from, to) gives a number.");
    }

    private static PlanNode withNames(PlanNode root, List<String> names) {
        List<ScalarExpression> columns = IntStream.range(0, names.size())
                .<ScalarExpression>mapToObj(
                        i -> new ColumnReference(i, root.type().type(i)))
                .toList();
        return CalcComposer.project(root, columns, names);
    }

    private void refuseSystemTables() {
        for (CatalogObject object : converter.dependencies()) {
            if (object instanceof SystemTableDefinition table) {
                throw new ThalwegException(
                                ErrorCode.FEATURE_NOT_SUPPORTED,
                                "system table " + table.name() + " can only be read by a query that ends")
                        .at(converter.placeOf(table))
                        .withHint("Leave out EMIT.");
            }
        }
    }

    private ThalwegException unboundedFinal() {
        String missing = converter.dependencies().stream().anyMatch(EventTimeAnalyzer::hasWatermark)
                ? "no column of the query is the bound of a window over the time column of its WATERMARK"
                : "no stream that the query reads has a WATERMARK";
        return new ThalwegException(
                        ErrorCode.UNBOUNDED_FINAL, "EMIT FINAL needs to know when a row is final, but " + missing)
                .at(source.span(converter.wholeQuery()))
                .withHint(
                        "Select or group by window_start and window_end of TABLE(TUMBLE(TABLE s, DESCRIPTOR(time), size)).");
    }

    private PlannedQuery finished(Relations relations, PlanNode root, EmitMode mode) {
        List<CatalogObject> objects = converter.dependencies();
        PhysicalPlan plan = new PhysicalPlan(
                root,
                mode,
                root.accept(new AppendOnlyAnalysis(EmitMode.CHANGES, new SourceCatalog(objects)::growsOnly)),
                KeyAnalysis.keyOf(root, objects),
                relations.parameterTypes());
        List<String> violations = PlanVerifier.violations(plan);
        if (!violations.isEmpty()) {
            throw new ThalwegException(
                    ErrorCode.INTERNAL_ERROR,
                    "the statement could not be planned",
                    new IllegalStateException(String.join("; ", violations)));
        }
        return new PlannedQuery(
                plan,
                objects,
                converter.functions(),
                relations.time().isUsed() || now.isUsed(),
                relations.texts().logical(),
                relations.texts().stages());
    }
}
