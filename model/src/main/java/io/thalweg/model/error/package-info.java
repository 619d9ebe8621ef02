/** What goes wrong, said the same way in every module: a code, an SQLSTATE, a message, a place in the user's text. */
@NullMarked
package io.thalweg.model.error;

import org.jspecify.annotations.NullMarked;
