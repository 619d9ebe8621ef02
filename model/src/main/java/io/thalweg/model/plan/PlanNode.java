package io.thalweg.model.plan;

import io.thalweg.model.type.RowType;
import java.util.List;

/** A relation computed from other relations. Immutable; a node may be the input of several others. */
public sealed interface PlanNode
        permits ScanNode,
                ValuesNode,
                ParametersNode,
                CalcNode,
                AggregateNode,
                JoinNode,
                AsofJoinNode,
                UnionNode,
                SetOperationNode,
                RecursionNode,
                RecursionRowsNode,
                WindowNode,
                UnnestNode,
                SessionNode,
                NowFilterNode,
                SortNode,
                TopNNode,
                OverNode,
                MatchNode,
                HoldUntilNode {
    /** The columns of the result. */
    RowType type();

    List<PlanNode> inputs();

    <R> R accept(Visitor<R> visitor);

    /** One method for each kind of node. */
    interface Visitor<R> {
        R visitScan(ScanNode node);

        R visitValues(ValuesNode node);

        R visitParameters(ParametersNode node);

        R visitCalc(CalcNode node);

        R visitAggregate(AggregateNode node);

        R visitJoin(JoinNode node);

        R visitAsofJoin(AsofJoinNode node);

        R visitUnion(UnionNode node);

        R visitSetOperation(SetOperationNode node);

        R visitRecursion(RecursionNode node);

        R visitRecursionRows(RecursionRowsNode node);

        R visitWindow(WindowNode node);

        R visitUnnest(UnnestNode node);

        R visitSession(SessionNode node);

        R visitNowFilter(NowFilterNode node);

        R visitSort(SortNode node);

        R visitTopN(TopNNode node);

        R visitOver(OverNode node);

        R visitMatch(MatchNode node);

        R visitHoldUntil(HoldUntilNode node);
    }
}
