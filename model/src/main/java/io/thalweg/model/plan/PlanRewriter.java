package io.thalweg.model.plan;

import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ParameterReference;
import io.thalweg.model.expression.ScalarExpression;
import java.util.List;

/** Copies a plan with other expressions in it. A subclass says which; the shape of the plan stays. */
public abstract class PlanRewriter implements PlanNode.Visitor<PlanNode>, ScalarExpression.Visitor<ScalarExpression> {
    private PlanNode rewrite(PlanNode node) {
        return node.accept(this);
    }

    private ScalarExpression rewrite(ScalarExpression expression) {
        return expression.accept(this);
    }

    @Override
    public PlanNode visitScan(ScanNode node) {
        return node;
    }

    @Override
    public PlanNode visitValues(ValuesNode node) {
        return node;
    }

    @Override
    public PlanNode visitParameters(ParametersNode node) {
        return node;
    }

    @Override
    public PlanNode visitCalc(CalcNode node) {
        List<ScalarExpression> projections =
                node.projections().stream().map(this::rewrite).toList();
        return new CalcNode(rewrite(node.input()), node.condition().map(this::rewrite), projections, node.type());
    }

    @Override
    public PlanNode visitAggregate(AggregateNode node) {
        return new AggregateNode(
                rewrite(node.input()), node.groupColumns(), node.calls(), node.closeTime(), node.type());
    }

    @Override
    public PlanNode visitJoin(JoinNode node) {
        return new JoinNode(
                node.kind(),
                rewrite(node.left()),
                rewrite(node.right()),
                node.keys(),
                node.residual().map(this::rewrite),
                node.release(),
                node.type());
    }

    @Override
    public PlanNode visitAsofJoin(AsofJoinNode node) {
        return node.over(rewrite(node.left()), rewrite(node.right()));
    }

    @Override
    public PlanNode visitUnion(UnionNode node) {
        return new UnionNode(node.inputs().stream().map(this::rewrite).toList(), node.type());
    }

    @Override
    public PlanNode visitSetOperation(SetOperationNode node) {
        return new SetOperationNode(node.operation(), rewrite(node.left()), rewrite(node.right()), node.type());
    }

    @Override
    public PlanNode visitRecursion(RecursionNode node) {
        return node.over(rewrite(node.start()), rewrite(node.next()));
    }

    @Override
    public PlanNode visitRecursionRows(RecursionRowsNode node) {
        return node;
    }

    @Override
    public PlanNode visitWindow(WindowNode node) {
        return new WindowNode(
                rewrite(node.input()),
                node.kind(),
                node.timeColumn(),
                node.stepMicros(),
                node.sizeMicros(),
                node.offsetMicros(),
                node.type());
    }

    @Override
    public PlanNode visitUnnest(UnnestNode node) {
        return new UnnestNode(rewrite(node.input()), node.columns(), node.outer(), node.ordinality(), node.type());
    }

    @Override
    public PlanNode visitSession(SessionNode node) {
        return new SessionNode(
                rewrite(node.input()), node.keys(), node.timeColumn(), node.gapMicros(), node.closeTime(), node.type());
    }

    @Override
    public PlanNode visitNowFilter(NowFilterNode node) {
        return new NowFilterNode(rewrite(node.input()), node.from(), node.until(), node.timeZone(), node.type());
    }

    @Override
    public PlanNode visitSort(SortNode node) {
        return new SortNode(rewrite(node.input()), node.keys(), node.offset(), node.limit(), node.type());
    }

    @Override
    public PlanNode visitTopN(TopNNode node) {
        return new TopNNode(
                rewrite(node.input()),
                node.partition(),
                node.keys(),
                node.range(),
                node.hasRank(),
                node.closeTime(),
                node.type());
    }

    @Override
    public PlanNode visitOver(OverNode node) {
        return node.over(rewrite(node.input()));
    }

    @Override
    public PlanNode visitMatch(MatchNode node) {
        MatchPattern pattern = node.pattern();
        List<PatternVariable> variables = pattern.variables().stream()
                .map(variable -> new PatternVariable(
                        variable.name(),
                        variable.condition().map(c -> new PatternExpression(c.navigations(), rewrite(c.expression())))))
                .toList();
        MatchOutput output = node.output();
        List<ScalarExpression> measures =
                output.measures().stream().map(this::rewrite).toList();
        return new MatchNode(
                rewrite(node.input()),
                node.partition(),
                node.order(),
                new MatchPattern(pattern.rows(), variables, pattern.skip(), pattern.withinMicros()),
                new MatchOutput(output.allRows(), output.onlyFinal(), output.columns(), output.navigations(), measures),
                node.settledMicros(),
                node.type());
    }

    @Override
    public PlanNode visitHoldUntil(HoldUntilNode node) {
        return new HoldUntilNode(rewrite(node.input()), node.closeTime(), node.type());
    }

    @Override
    public ScalarExpression visitColumn(ColumnReference column) {
        return column;
    }

    @Override
    public ScalarExpression visitLiteral(Literal literal) {
        return literal;
    }

    @Override
    public ScalarExpression visitParameter(ParameterReference parameter) {
        return parameter;
    }

    @Override
    public ScalarExpression visitCall(FunctionCall call) {
        return new FunctionCall(
                call.function(), call.arguments().stream().map(this::rewrite).toList(), call.type());
    }
}
