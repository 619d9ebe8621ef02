/** Turns CREATE statements into definitions of objects, or says with a place in the text why that cannot be. */
@NullMarked
package io.thalweg.server.catalog.definition;

import org.jspecify.annotations.NullMarked;
