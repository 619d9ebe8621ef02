/** The planner's self-check: the same query planned in different ways must have the same answer over the same rows. */
@NullMarked
package io.thalweg.server.check;

import org.jspecify.annotations.NullMarked;
