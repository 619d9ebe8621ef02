/** Values made of other values, ARRAY, MAP and ROW: the bytes that they are stored as, and the ways in and out of them. */
@NullMarked
package io.thalweg.model.nested;

import org.jspecify.annotations.NullMarked;
