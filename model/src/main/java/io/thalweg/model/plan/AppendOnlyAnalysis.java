package io.thalweg.model.plan;

import java.util.function.Predicate;

/**
 * Finds out whether a node's rows are inserted only, never deleted again: then whoever reads them need not remember how to
 * take them back, and a consumer needs no {@code op} column. When in doubt it says no, which is right, too.
 */
public final class AppendOnlyAnalysis implements PlanNode.Visitor<Boolean> {
    private final boolean oneStep;
    private final Predicate<ScanNode> growingViews;

    /**
     * @param mode how the plan is run: a snapshot has one step, so what emits at its end emits insertions only. Whoever asks
     *     whether the query's answer grows, however it is run, asks about CHANGES.
     * @param growingViews tells of the scan of a materialized view whether the view only ever grows
     */
    public AppendOnlyAnalysis(EmitMode mode, Predicate<ScanNode> growingViews) {
        this.oneStep = mode == EmitMode.SNAPSHOT;
        this.growingViews = growingViews;
    }

    private boolean all(PlanNode node) {
        return node.inputs().stream().allMatch(input -> input.accept(this));
    }

    @Override
    public Boolean visitScan(ScanNode node) {
        return switch (node.kind()) {
            case STREAM, LATE_ROWS -> true;
            case SYSTEM_TABLE -> oneStep;
            case TABLE -> false;
            case MATERIALIZED_VIEW -> growingViews.test(node);
        };
    }

    @Override
    public Boolean visitValues(ValuesNode node) {
        return true;
    }

    @Override
    public Boolean visitParameters(ParametersNode node) {
        return true;
    }

    @Override
    public Boolean visitCalc(CalcNode node) {
        return all(node);
    }

    /** DISTINCT over what only grows only grows; every other aggregate changes its mind. */
    @Override
    public Boolean visitAggregate(AggregateNode node) {
        boolean distinct = node.calls().isEmpty() && !node.groupColumns().isEmpty();
        return oneStep || distinct && all(node);
    }

    @Override
    public Boolean visitJoin(JoinNode node) {
        return (oneStep || !node.kind().retracts()) && all(node);
    }

    /** A nearer row takes the place of another. */
    @Override
    public Boolean visitAsofJoin(AsofJoinNode node) {
        return oneStep && all(node);
    }

    @Override
    public Boolean visitUnion(UnionNode node) {
        return all(node);
    }

    /** A new row on the right takes a row of EXCEPT back. */
    @Override
    public Boolean visitSetOperation(SetOperationNode node) {
        boolean grows = switch (node.operation()) {
            case INTERSECT, INTERSECT_ALL -> true;
            case EXCEPT, EXCEPT_ALL -> false;
        };
        return oneStep || grows && all(node);
    }

    /** A row that goes takes along what followed from it; what came of it meanwhile is not looked at. */
    @Override
    public Boolean visitRecursion(RecursionNode node) {
        return oneStep;
    }

    @Override
    public Boolean visitRecursionRows(RecursionRowsNode node) {
        return false;
    }

    @Override
    public Boolean visitWindow(WindowNode node) {
        return all(node);
    }

    /** A new row moves the end of its session, and with it all rows of it. */
    @Override
    public Boolean visitSession(SessionNode node) {
        return oneStep;
    }

    /** A row whose time is over goes. */
    @Override
    public Boolean visitNowFilter(NowFilterNode node) {
        return node.until().isEmpty() && all(node);
    }

    @Override
    public Boolean visitUnnest(UnnestNode node) {
        return all(node);
    }

    @Override
    public Boolean visitSort(SortNode node) {
        return oneStep || all(node);
    }

    /** A row that comes later may stand between the rows of a match, or make it longer. */
    @Override
    public Boolean visitMatch(MatchNode node) {
        return oneStep || node.output().onlyFinal();
    }

    /** A new row may push another one out. */
    @Override
    public Boolean visitTopN(TopNNode node) {
        return oneStep;
    }

    /** A new row may change what is said of others. */
    @Override
    public Boolean visitOver(OverNode node) {
        return oneStep;
    }

    @Override
    public Boolean visitHoldUntil(HoldUntilNode node) {
        return true;
    }
}
