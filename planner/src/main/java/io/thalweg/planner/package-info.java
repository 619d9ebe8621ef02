/** Turns a statement and a catalog snapshot into a physical plan, as a pure function. */
@NullMarked
package io.thalweg.planner;

import org.jspecify.annotations.NullMarked;
