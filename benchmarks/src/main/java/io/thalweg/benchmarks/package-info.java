/** Measures Thalweg: operator benchmarks, Nexmark and comparisons with other engines. */
@NullMarked
package io.thalweg.benchmarks;

import org.jspecify.annotations.NullMarked;
