package io.thalweg.server.session;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.parser.ast.Statement;
import java.util.Optional;

/**
 * A statement as far as it can be worked out before it runs.
 *
 * @param kind what it does
 * @param plan of a query or an insert; none for what is decided when it runs
 * @param target of an insert
 * @param reusable whether the plan holds as long as the catalog stays as it is; not if it took the time into account
 * @param catalogVersion the catalog it was planned with
 */
record PlannedStatement(
        Statement statement,
        PreparedSql.Kind kind,
        Optional<PhysicalPlan> plan,
        Optional<CatalogObject> target,
        boolean reusable,
        long catalogVersion) {
    /** A statement without a plan. */
    static PlannedStatement unplanned(Statement statement, PreparedSql.Kind kind) {
        return new PlannedStatement(statement, kind, Optional.empty(), Optional.empty(), false, 0);
    }

    /** Whether it may run while the catalog has this version. */
    boolean holdsAt(long currentVersion) {
        return reusable && catalogVersion == currentVersion;
    }

    PhysicalPlan requirePlan() {
        return plan.orElseThrow();
    }
}
