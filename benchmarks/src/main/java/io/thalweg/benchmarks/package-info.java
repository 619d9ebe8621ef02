/** The command that measures Thalweg. */
@NullMarked
package io.thalweg.benchmarks;

import org.jspecify.annotations.NullMarked;
