package io.thalweg.server.session;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.AggregateNode;
import io.thalweg.model.plan.JoinNode;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SetOperationNode;
import io.thalweg.model.plan.SourceKind;
import java.util.Optional;

/** Refuses to put an answer that changes into a stream, and says what changes in it. */
final class GrowthCheck {
    private GrowthCheck() {}

    /** Throws INVALID_QUERY unless the answer of the plan only ever grows. */
    static void requireGrowing(PhysicalPlan plan, SourceSpan query) {
        if (!plan.appendOnly()) {
            throw new ThalwegException(
                            ErrorCode.INVALID_QUERY,
                            "rows of a stream are never changed, but the answer of this query is: "
                                    + reason(plan.root()).orElse("its rows come and go"))
                    .at(query)
                    .withHint("EMIT FINAL puts each window into the stream once it is closed;"
                            + " CREATE TABLE … AS keeps an answer that changes.");
        }
    }

    /** What changes, as far down as it can be told. */
    private static Optional<String> reason(PlanNode node) {
        for (PlanNode input : node.inputs()) {
            Optional<String> below = reason(input);
            if (below.isPresent()) {
                return below;
            }
        }
        if (node instanceof ScanNode scan && scan.kind() == SourceKind.TABLE) {
            return Optional.of("rows of table " + scan.name() + " are replaced and deleted");
        }
        if (node instanceof ScanNode scan && scan.kind() == SourceKind.MATERIALIZED_VIEW) {
            return Optional.of("rows of materialized view " + scan.name() + " change");
        }
        if (node instanceof AggregateNode aggregate && !aggregate.calls().isEmpty()) {
            return Optional.of("an aggregate changes with each row of its group");
        }
        if (node instanceof JoinNode join && join.kind().retracts()) {
            return Optional.of("the join takes a row back when a partner comes");
        }
        return node instanceof SetOperationNode
                ? Optional.of("a new row on one side takes a row of the other back")
                : Optional.empty();
    }
}
