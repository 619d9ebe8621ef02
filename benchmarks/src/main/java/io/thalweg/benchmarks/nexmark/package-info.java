/** Nexmark, the benchmark of an auction house: its events, its queries, and how many events each of them takes in a second. */
@NullMarked
package io.thalweg.benchmarks.nexmark;

import org.jspecify.annotations.NullMarked;
