/** Sub-queries and LATERAL without correlation: each becomes a join with the rows that use it. */
@NullMarked
package io.thalweg.planner.subquery;

import org.jspecify.annotations.NullMarked;
