/** What can be told of a plan without running it: whether it only grows, its key, when its rows are final. */
@NullMarked
package io.thalweg.planner.analysis;

import org.jspecify.annotations.NullMarked;
