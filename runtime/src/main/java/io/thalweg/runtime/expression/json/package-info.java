/** JSON within texts: paths into it, walked over the bytes without building a tree. */
@NullMarked
package io.thalweg.runtime.expression.json;

import org.jspecify.annotations.NullMarked;
