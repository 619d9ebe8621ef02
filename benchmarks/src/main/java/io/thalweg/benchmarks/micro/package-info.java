/** The hot pieces of the log, each alone, under JMH. */
@NullMarked
package io.thalweg.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
