package io.thalweg.planner;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.FunctionDefinition;
import io.thalweg.model.plan.PhysicalPlan;
import java.util.List;
import java.util.function.Supplier;

/**
 * A planned statement.
 *
 * @param dependencies everything it reads, in the order it was met: views, and what the views read
 * @param functions the functions of the catalog that it calls, in views included
 * @param dependsOnTime whether the current time is in the plan, which may not be kept then
 * @param logicalText makes the text of the query after all rewrites, one line for each relational operator, for EXPLAIN
 *     LOGICAL; others do not pay for it
 * @param stagesText makes the texts of the query after each stage of the rewriting, for EXPLAIN STAGES
 */
public record PlannedQuery(
        PhysicalPlan plan,
        List<CatalogObject> dependencies,
        List<FunctionDefinition> functions,
        boolean dependsOnTime,
        Supplier<String> logicalText,
        Supplier<String> stagesText) {
    public PlannedQuery {
        dependencies = List.copyOf(dependencies);
        functions = List.copyOf(functions);
    }
}
