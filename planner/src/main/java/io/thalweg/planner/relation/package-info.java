/** Relational expressions that Calcite does not have; each becomes one node of the physical plan. */
@NullMarked
package io.thalweg.planner.relation;

import org.jspecify.annotations.NullMarked;
