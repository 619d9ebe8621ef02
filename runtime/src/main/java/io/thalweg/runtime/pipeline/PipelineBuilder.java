package io.thalweg.runtime.pipeline;

import io.thalweg.model.plan.AggregateNode;
import io.thalweg.model.plan.AppendOnlyAnalysis;
import io.thalweg.model.plan.AsofJoinNode;
import io.thalweg.model.plan.CalcNode;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.HoldUntilNode;
import io.thalweg.model.plan.JoinKind;
import io.thalweg.model.plan.JoinNode;
import io.thalweg.model.plan.MatchNode;
import io.thalweg.model.plan.NowFilterNode;
import io.thalweg.model.plan.OverNode;
import io.thalweg.model.plan.ParametersNode;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.RecursionNode;
import io.thalweg.model.plan.RecursionRowsNode;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SessionNode;
import io.thalweg.model.plan.SetOperationNode;
import io.thalweg.model.plan.SortNode;
import io.thalweg.model.plan.TopNNode;
import io.thalweg.model.plan.UnionNode;
import io.thalweg.model.plan.UnnestNode;
import io.thalweg.model.plan.ValuesNode;
import io.thalweg.model.plan.WindowNode;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.guard.GuardedOperator;
import io.thalweg.runtime.match.MatchOperator;
import io.thalweg.runtime.operator.AggregateOperator;
import io.thalweg.runtime.operator.AsofJoinOperator;
import io.thalweg.runtime.operator.CalcOperator;
import io.thalweg.runtime.operator.HoldUntilOperator;
import io.thalweg.runtime.operator.JoinOperator;
import io.thalweg.runtime.operator.MatchingJoinOperator;
import io.thalweg.runtime.operator.NowFilterOperator;
import io.thalweg.runtime.operator.Operator;
import io.thalweg.runtime.operator.OperatorContext;
import io.thalweg.runtime.operator.OverOperator;
import io.thalweg.runtime.operator.RecursionOperator;
import io.thalweg.runtime.operator.SessionOperator;
import io.thalweg.runtime.operator.SetOperator;
import io.thalweg.runtime.operator.SortOperator;
import io.thalweg.runtime.operator.SourceOperator;
import io.thalweg.runtime.operator.StepTime;
import io.thalweg.runtime.operator.TopNOperator;
import io.thalweg.runtime.operator.UnionOperator;
import io.thalweg.runtime.operator.UnnestOperator;
import io.thalweg.runtime.operator.ValuesOperator;
import io.thalweg.runtime.operator.WindowOperator;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.MemoryBudget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes a stage for each node of a plan, inputs first. Equal nodes become one stage, so what a query says twice is
 * computed and remembered once.
 */
final class PipelineBuilder implements PlanNode.Visitor<Stage> {
    private final PipelineConfig config;
    private final MemoryBudget budget;
    private AppendOnlyAnalysis appendOnly;
    private final Map<PlanNode, Stage> stages = new HashMap<>();
    private final List<Stage> ordered = new ArrayList<>();
    private final List<Stage> repeated = new ArrayList<>();
    private final Map<Integer, List<Stage>> recursions = new HashMap<>();
    private final Map<ScanNode, Stage> scans = new LinkedHashMap<>();
    private final List<Stage> parameters = new ArrayList<>();
    private final StepTime time = new StepTime();
    private final Map<Stage, ValuesOperator> values = new LinkedHashMap<>();

    PipelineBuilder(EmitMode mode, PipelineConfig config) {
        this.config = config;
        this.budget = new MemoryBudget(config.maxStateBytes());
        this.appendOnly = new AppendOnlyAnalysis(mode, view -> false);
    }

    /** The stage of a node. */
    Stage stage(PlanNode node) {
        Stage known = stages.get(node);
        if (known != null) {
            return known;
        }
        Stage created = node.accept(this);
        stages.put(node, created);
        ordered.add(created);
        return created;
    }

    /** Inputs before the stages that read them; without those that a recursion goes through. */
    List<Stage> ordered() {
        return ordered;
    }

    /** The stages that recursions go through. */
    List<Stage> repeated() {
        return repeated;
    }

    /** The scans in the order of their numbers. */
    Map<ScanNode, Stage> scans() {
        return scans;
    }

    /** What all operators take for the current time. */
    StepTime time() {
        return time;
    }

    /** The stages that the parameters of the statement enter. */
    List<Stage> parameters() {
        return parameters;
    }

    /** The fixed relations. */
    Map<Stage, ValuesOperator> values() {
        return values;
    }

    @Override
    public Stage visitScan(ScanNode node) {
        Stage stage = source("Scan(" + node.name() + ")", new SourceOperator(), node.type());
        scans.put(node, stage);
        return stage;
    }

    @Override
    public Stage visitParameters(ParametersNode node) {
        Stage stage = source("Parameters", new SourceOperator(), node.type());
        parameters.add(stage);
        return stage;
    }

    @Override
    public Stage visitValues(ValuesNode node) {
        ValuesOperator operator = new ValuesOperator(node);
        Stage stage = source("Values", operator, node.type());
        values.put(stage, operator);
        return stage;
    }

    @Override
    public Stage visitCalc(CalcNode node) {
        return stage("Calc", node, true, context -> new CalcOperator(node));
    }

    @Override
    public Stage visitUnion(UnionNode node) {
        return stage("Union", node, true, context -> new UnionOperator());
    }

    @Override
    public Stage visitSetOperation(SetOperationNode node) {
        return stage(node.operation().title(), node, false, context -> new SetOperator(node, context));
    }

    @Override
    public Stage visitAggregate(AggregateNode node) {
        String groups = IntStream.range(0, node.groupColumns().size())
                .mapToObj(node.type()::name)
                .collect(Collectors.joining(", "));
        boolean inputAppendOnly = node.input().accept(appendOnly);
        return stage(
                "Aggregate(" + groups + ")",
                node,
                false,
                context -> new AggregateOperator(node, inputAppendOnly, context));
    }

    @Override
    public Stage visitJoin(JoinNode node) {
        RowType left = node.left().type();
        RowType right = node.right().type();
        String keys = IntStream.range(0, node.leftKeys().size())
                .mapToObj(i -> left.name(node.leftKeys().get(i)) + " = "
                        + right.name(node.rightKeys().get(i)))
                .collect(Collectors.joining(", "));
        boolean leftAppendOnly = node.left().accept(appendOnly);
        boolean rightAppendOnly = node.right().accept(appendOnly);
        if (node.kind() == JoinKind.INNER) {
            return stage(
                    "Join(" + keys + ")",
                    node,
                    true,
                    context -> new JoinOperator(node, leftAppendOnly, rightAppendOnly, context));
        }
        return stage(
                node.kind() + " join(" + keys + ")",
                node,
                false,
                context -> new MatchingJoinOperator(node, leftAppendOnly, rightAppendOnly, context));
    }

    /** The stages that the rows of the recursion reach are its own: another recursion with the same ones has copies of them. */
    @Override
    public Stage visitRecursion(RecursionNode node) {
        Stage start = stage(node.start());
        AppendOnlyAnalysis outside = appendOnly;
        // Inside, a step has many rounds, and rows come and go.
        appendOnly = new AppendOnlyAnalysis(EmitMode.CHANGES, view -> false);
        List<Stage> rows = new ArrayList<>();
        recursions.put(node.number(), rows);
        int first = ordered.size();
        Stage next = stage(node.next());
        recursions.remove(node.number());
        appendOnly = outside;
        RecursiveStages loop = new RecursiveStages(rows, ordered.subList(first, ordered.size()));
        ordered.removeAll(loop.stages());
        stages.values().removeAll(loop.stages());
        repeated.addAll(loop.stages());
        String name = "Recursion(" + node.name() + ")";
        return stage(name, node, List.of(start, next), false, context -> new RecursionOperator(node, loop, context));
    }

    @Override
    public Stage visitRecursionRows(RecursionRowsNode node) {
        Stage stage = source("Rows(" + node.name() + ")", new SourceOperator(), node.type());
        stage.advanceTo(Long.MAX_VALUE);
        List<Stage> rows = recursions.get(node.number());
        if (rows == null) {
            throw new IllegalStateException("rows of a recursion outside of it");
        }
        rows.add(stage);
        return stage;
    }

    @Override
    public Stage visitWindow(WindowNode node) {
        String name = node.kind().title() + "(" + node.input().type().name(node.timeColumn()) + ")";
        return stage(name, node, true, context -> new WindowOperator(node, context));
    }

    @Override
    public Stage visitUnnest(UnnestNode node) {
        String name = "Unnest("
                + node.columns().stream().map(node.input().type()::name).collect(Collectors.joining(", ")) + ")";
        return stage(name, node, true, context -> new UnnestOperator(node, context));
    }

    @Override
    public Stage visitSession(SessionNode node) {
        String name = "Session(" + node.input().type().name(node.timeColumn()) + ")";
        return stage(name, node, false, context -> new SessionOperator(node, context));
    }

    @Override
    public Stage visitNowFilter(NowFilterNode node) {
        return stage("NowFilter", node, false, context -> new NowFilterOperator(node, context));
    }

    @Override
    public Stage visitAsofJoin(AsofJoinNode node) {
        return stage("As-of join", node, false, context -> new AsofJoinOperator(node, context));
    }

    @Override
    public Stage visitSort(SortNode node) {
        boolean inputAppendOnly = node.input().accept(appendOnly);
        return stage("Sort", node, false, context -> new SortOperator(node, inputAppendOnly, context));
    }

    @Override
    public Stage visitTopN(TopNNode node) {
        boolean inputAppendOnly = node.input().accept(appendOnly);
        String partition =
                node.partition().stream().map(node.type()::name).collect(Collectors.joining(", ", "TopN(", ")"));
        return stage(partition, node, false, context -> new TopNOperator(node, inputAppendOnly, context));
    }

    @Override
    public Stage visitOver(OverNode node) {
        String partition =
                node.partition().stream().map(node.type()::name).collect(Collectors.joining(", ", "Over(", ")"));
        return stage(partition, node, false, context -> new OverOperator(node, context));
    }

    @Override
    public Stage visitMatch(MatchNode node) {
        return stage("Match", node, false, context -> new MatchOperator(node, context));
    }

    @Override
    public Stage visitHoldUntil(HoldUntilNode node) {
        return stage("HoldUntil", node, false, context -> new HoldUntilOperator(node, context));
    }

    private Stage source(String name, Operator operator, RowType type) {
        Operator guarded = config.guarded() ? new GuardedOperator(name, operator, List.of(type), type) : operator;
        return new Stage(name, guarded, budget.account(name), List.of(), true);
    }

    private Stage stage(String name, PlanNode node, boolean isStreaming, Function<OperatorContext, Operator> create) {
        List<Stage> inputs = new ArrayList<>();
        for (PlanNode input : node.inputs()) {
            inputs.add(stage(input));
        }
        return stage(name, node, inputs, isStreaming, create);
    }

    private Stage stage(
            String name,
            PlanNode node,
            List<Stage> inputs,
            boolean isStreaming,
            Function<OperatorContext, Operator> create) {
        MemoryAccount account = budget.account(name);
        Operator operator = create.apply(new OperatorContext(account, config.cancellationCheck(), time));
        if (config.guarded()) {
            List<RowType> types = node.inputs().stream().map(PlanNode::type).toList();
            operator = new GuardedOperator(name, operator, types, node.type());
        }
        return new Stage(name, operator, account, inputs, isStreaming);
    }
}
