package io.thalweg.planner.analysis;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.MaterializedViewDefinition;
import io.thalweg.model.plan.AggregateNode;
import io.thalweg.model.plan.CalcNode;
import io.thalweg.model.plan.HoldUntilNode;
import io.thalweg.model.plan.JoinNode;
import io.thalweg.model.plan.ParametersNode;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SortNode;
import io.thalweg.model.plan.UnionNode;
import io.thalweg.model.plan.ValuesNode;
import java.util.Collection;

/**
 * Tells whether the answer of a plan only ever grows. When in doubt it says no: a consumer then gets an {@code op} column
 * that always reads insert, which is right, too.
 */
public final class ChangeAnalysis implements PlanNode.Visitor<Boolean> {
    private final SourceCatalog sources;

    private ChangeAnalysis(SourceCatalog sources) {
        this.sources = sources;
    }

    /** @param objects those that the plan reads */
    public static boolean isAppendOnly(PlanNode plan, Collection<CatalogObject> objects) {
        return plan.accept(new ChangeAnalysis(new SourceCatalog(objects)));
    }

    private boolean all(PlanNode node) {
        return node.inputs().stream().allMatch(input -> input.accept(this));
    }

    @Override
    public Boolean visitScan(ScanNode node) {
        return switch (node.kind()) {
            case STREAM, LATE_ROWS -> true;
            case TABLE, SYSTEM_TABLE -> false;
            case MATERIALIZED_VIEW ->
                sources.find(node)
                        .map(o -> o instanceof MaterializedViewDefinition view
                                && view.plan().appendOnly())
                        .orElse(false);
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
        return node.calls().isEmpty() && !node.groupColumns().isEmpty() && all(node);
    }

    @Override
    public Boolean visitJoin(JoinNode node) {
        return all(node);
    }

    @Override
    public Boolean visitUnion(UnionNode node) {
        return all(node);
    }

    @Override
    public Boolean visitSort(SortNode node) {
        return all(node);
    }

    @Override
    public Boolean visitHoldUntil(HoldUntilNode node) {
        return true;
    }
}
