package io.thalweg.server.session;

import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.view.ChangelogEncoder;

/** The columns a client will see of a query. */
final class ResultType {
    private ResultType() {}

    /** The columns of the plan, with {@code op} in front if its rows can be taken back. */
    static RowType of(PhysicalPlan plan) {
        boolean changelog = plan.emitMode() != EmitMode.SNAPSHOT && !plan.appendOnly();
        return changelog ? ChangelogEncoder.changelogType(plan.type()) : plan.type();
    }
}
