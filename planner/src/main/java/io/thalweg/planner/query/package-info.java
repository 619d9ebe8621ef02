/** From query text to a relational expression: what Calcite parses, checks and converts, within our limits and with our errors. */
@NullMarked
package io.thalweg.planner.query;

import org.jspecify.annotations.NullMarked;
