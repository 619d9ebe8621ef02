/** Writes Java source for expressions, with SQL's rules for NULL and for the order of evaluation, and compiles it. */
@NullMarked
package io.thalweg.runtime.expression.compiler;

import org.jspecify.annotations.NullMarked;
