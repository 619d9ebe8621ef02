/** Measures a whole server from outside, in a process of its own, through the JDBC driver that users have. */
@NullMarked
package io.thalweg.benchmarks.system;

import org.jspecify.annotations.NullMarked;
