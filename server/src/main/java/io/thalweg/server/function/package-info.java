/** The jars of functions: which files they may be, and which of them queries can call. */
@NullMarked
package io.thalweg.server.function;

import org.jspecify.annotations.NullMarked;
