/** The SQL type system as Calcite needs to be told of it, and the way between its types and ours. */
@NullMarked
package io.thalweg.planner.type;

import org.jspecify.annotations.NullMarked;
