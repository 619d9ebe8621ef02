package io.thalweg.planner.lowering;

import io.thalweg.model.plan.AggregateNode;
import io.thalweg.model.plan.AsofJoinNode;
import io.thalweg.model.plan.CalcNode;
import io.thalweg.model.plan.HoldUntilNode;
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
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import java.util.ArrayList;
import java.util.List;

/** Copies a node with other names for its columns. A new name is no work at run time, so it needs no node of its own. */
final class RenamedNode implements PlanNode.Visitor<PlanNode> {
    private final RowType type;

    private RenamedNode(RowType type) {
        this.type = type;
    }

    static PlanNode rename(PlanNode node, List<String> names) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            fields.add(new Field(names.get(i), node.type().type(i)));
        }
        RowType renamed = new RowType(fields);
        return renamed.equals(node.type()) ? node : node.accept(new RenamedNode(renamed));
    }

    @Override
    public PlanNode visitScan(ScanNode node) {
        return new ScanNode(node.kind(), node.objectId(), node.name(), node.columns(), node.hasWatermark(), type);
    }

    @Override
    public PlanNode visitValues(ValuesNode node) {
        return new ValuesNode(node.rows(), type);
    }

    @Override
    public PlanNode visitParameters(ParametersNode node) {
        return new ParametersNode(type);
    }

    @Override
    public PlanNode visitCalc(CalcNode node) {
        return new CalcNode(node.input(), node.condition(), node.projections(), type);
    }

    @Override
    public PlanNode visitAggregate(AggregateNode node) {
        return new AggregateNode(node.input(), node.groupColumns(), node.calls(), node.closeTime(), type);
    }

    @Override
    public PlanNode visitJoin(JoinNode node) {
        return new JoinNode(node.kind(), node.left(), node.right(), node.keys(), node.residual(), node.release(), type);
    }

    @Override
    public PlanNode visitAsofJoin(AsofJoinNode node) {
        return new AsofJoinNode(
                node.left(),
                node.right(),
                node.keys(),
                node.match(),
                node.keepsUnmatched(),
                node.settledMicros(),
                type);
    }

    @Override
    public PlanNode visitUnion(UnionNode node) {
        return new UnionNode(node.inputs(), type);
    }

    @Override
    public PlanNode visitSetOperation(SetOperationNode node) {
        return new SetOperationNode(node.operation(), node.left(), node.right(), type);
    }

    @Override
    public PlanNode visitRecursion(RecursionNode node) {
        return new RecursionNode(node.number(), node.name(), node.all(), node.start(), node.next(), type);
    }

    @Override
    public PlanNode visitRecursionRows(RecursionRowsNode node) {
        return new RecursionRowsNode(node.number(), node.name(), type);
    }

    @Override
    public PlanNode visitWindow(WindowNode node) {
        return new WindowNode(
                node.input(),
                node.kind(),
                node.timeColumn(),
                node.stepMicros(),
                node.sizeMicros(),
                node.offsetMicros(),
                type);
    }

    @Override
    public PlanNode visitUnnest(UnnestNode node) {
        return new UnnestNode(node.input(), node.columns(), node.outer(), node.ordinality(), type);
    }

    @Override
    public PlanNode visitSession(SessionNode node) {
        return new SessionNode(node.input(), node.keys(), node.timeColumn(), node.gapMicros(), node.closeTime(), type);
    }

    @Override
    public PlanNode visitNowFilter(NowFilterNode node) {
        return new NowFilterNode(node.input(), node.from(), node.until(), node.timeZone(), type);
    }

    @Override
    public PlanNode visitSort(SortNode node) {
        PlanNode input =
                rename(node.input(), type.fields().stream().map(Field::name).toList());
        return new SortNode(input, node.keys(), node.offset(), node.limit(), type);
    }

    @Override
    public PlanNode visitTopN(TopNNode node) {
        return new TopNNode(
                node.input(), node.partition(), node.keys(), node.range(), node.hasRank(), node.closeTime(), type);
    }

    @Override
    public PlanNode visitOver(OverNode node) {
        return new OverNode(
                node.input(),
                node.partition(),
                node.keys(),
                node.calls(),
                node.closeTime(),
                node.settledMicros(),
                type);
    }

    @Override
    public PlanNode visitMatch(MatchNode node) {
        return new MatchNode(
                node.input(),
                node.partition(),
                node.order(),
                node.pattern(),
                node.output(),
                node.settledMicros(),
                type);
    }

    @Override
    public PlanNode visitHoldUntil(HoldUntilNode node) {
        PlanNode input =
                rename(node.input(), type.fields().stream().map(Field::name).toList());
        return new HoldUntilNode(input, node.closeTime(), type);
    }
}
