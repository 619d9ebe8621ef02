/** The catalog as Calcite reads it: names to relations, relations to scans. */
@NullMarked
package io.thalweg.planner.schema;

import org.jspecify.annotations.NullMarked;
