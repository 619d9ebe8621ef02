/** Checks that a finished plan keeps the rules of the physical plan, whatever made it. */
@NullMarked
package io.thalweg.planner.verify;

import org.jspecify.annotations.NullMarked;
