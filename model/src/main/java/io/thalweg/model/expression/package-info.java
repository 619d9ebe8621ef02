/** Scalar expressions of the physical plan: what the planner resolves and the runtime compiles. */
@NullMarked
package io.thalweg.model.expression;

import org.jspecify.annotations.NullMarked;
