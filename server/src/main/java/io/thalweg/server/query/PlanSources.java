package io.thalweg.server.query;

import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.ScanNode;
import java.util.LinkedHashSet;
import java.util.Set;

/** Finds what a plan reads. */
final class PlanSources {
    private PlanSources() {}

    /** All scans of a plan, each once. */
    static Set<ScanNode> scans(PhysicalPlan plan) {
        Set<ScanNode> found = new LinkedHashSet<>();
        collect(plan.root(), found);
        return found;
    }

    private static void collect(PlanNode node, Set<ScanNode> found) {
        if (node instanceof ScanNode scan) {
            found.add(scan);
        }
        node.inputs().forEach(input -> collect(input, found));
    }
}
