/** The rewrite stages between the converted query and the physical plan, one rule a class. */
@NullMarked
package io.thalweg.planner.rewrite;

import org.jspecify.annotations.NullMarked;
