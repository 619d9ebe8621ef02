/** The records that the catalog's log holds, and the text each is stored as. */
@NullMarked
package io.thalweg.server.catalog.record;

import org.jspecify.annotations.NullMarked;
