package io.thalweg.planner.schema;

import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;

/** Puts what a named relation stands for in the place of its name. */
public interface RelationExpander {
    /** A relational expression with the columns of {@link CatalogRelation#type()}. */
    RelNode expand(CatalogRelation relation, RelOptCluster cluster);
}
