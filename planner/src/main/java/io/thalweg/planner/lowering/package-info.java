/** From relational expressions to the nodes and scalar expressions of the physical plan. */
@NullMarked
package io.thalweg.planner.lowering;

import org.jspecify.annotations.NullMarked;
