/** The physical plan: the only description of a query that the runtime sees and the catalog stores. */
@NullMarked
package io.thalweg.model.plan;

import org.jspecify.annotations.NullMarked;
