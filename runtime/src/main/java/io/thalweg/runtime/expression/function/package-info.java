/** What every SQL function does to one value, as static methods by family that compiled expressions call. */
@NullMarked
package io.thalweg.runtime.expression.function;

import org.jspecify.annotations.NullMarked;
