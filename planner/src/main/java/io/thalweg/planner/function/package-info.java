/** The functions and operators a query may use: what is not listed here does not exist. */
@NullMarked
package io.thalweg.planner.function;

import org.jspecify.annotations.NullMarked;
