package io.thalweg.runtime.pipeline;

import io.thalweg.model.plan.AggregateNode;
import io.thalweg.model.plan.CalcNode;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.HoldUntilNode;
import io.thalweg.model.plan.JoinNode;
import io.thalweg.model.plan.ParametersNode;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SortNode;
import io.thalweg.model.plan.UnionNode;
import io.thalweg.model.plan.ValuesNode;

/**
 * Finds out whether a node's rows are inserted only, never deleted again, so that what reads them need not remember how to
 * take them back. A snapshot has one step, so what emits at its end emits insertions only.
 */
final class AppendOnlyInference implements PlanNode.Visitor<Boolean> {
    private final boolean oneStep;

    AppendOnlyInference(EmitMode mode) {
        this.oneStep = mode == EmitMode.SNAPSHOT;
    }

    @Override
    public Boolean visitScan(ScanNode node) {
        return switch (node.kind()) {
            case STREAM, LATE_ROWS, SYSTEM_TABLE -> true;
            case TABLE, MATERIALIZED_VIEW -> false;
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
        return node.input().accept(this);
    }

    @Override
    public Boolean visitAggregate(AggregateNode node) {
        return oneStep;
    }

    @Override
    public Boolean visitJoin(JoinNode node) {
        return node.left().accept(this) && node.right().accept(this);
    }

    @Override
    public Boolean visitUnion(UnionNode node) {
        return node.inputs().stream().allMatch(input -> input.accept(this));
    }

    @Override
    public Boolean visitSort(SortNode node) {
        return true;
    }

    @Override
    public Boolean visitHoldUntil(HoldUntilNode node) {
        return true;
    }
}
