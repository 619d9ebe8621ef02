/** The types of SQL values and how each is stored in a column. */
@NullMarked
package io.thalweg.model.type;

import org.jspecify.annotations.NullMarked;
