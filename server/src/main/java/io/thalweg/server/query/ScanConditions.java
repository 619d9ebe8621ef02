package io.thalweg.server.query;

import io.thalweg.model.plan.BlockCondition;
import io.thalweg.model.plan.BlockConditions;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.model.plan.ScanNode;
import java.util.Map;
import java.util.Optional;

/** What each scan of a plan may leave out, and where that is counted. */
record ScanConditions(Map<ScanNode, BlockCondition> conditions, ScanCounters counters) {
    static ScanConditions of(PhysicalPlan plan, ScanCounters counters) {
        return new ScanConditions(BlockConditions.of(plan), counters);
    }

    /** Scans that leave out nothing. */
    static ScanConditions none() {
        return new ScanConditions(Map.of(), new ScanCounters());
    }

    FrameSkipping of(StoredRelation relation, ScanNode scan) {
        return FrameSkipping.of(relation, scan, Optional.ofNullable(conditions.get(scan)), counters);
    }
}
