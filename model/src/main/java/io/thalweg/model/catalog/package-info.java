/** What the catalog knows of streams, tables and views, as immutable values. */
@NullMarked
package io.thalweg.model.catalog;

import org.jspecify.annotations.NullMarked;
