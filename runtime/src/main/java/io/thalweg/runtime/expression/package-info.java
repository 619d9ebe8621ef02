/** Turns the scalar expressions of a plan into compiled loops over batches; the one entry is the expression compiler. */
@NullMarked
package io.thalweg.runtime.expression;

import org.jspecify.annotations.NullMarked;
