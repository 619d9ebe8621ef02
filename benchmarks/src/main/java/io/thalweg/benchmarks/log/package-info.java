/** Measures the log: against the disk below it, against Apache Kafka beside it, and as the number of partitions grows. */
@NullMarked
package io.thalweg.benchmarks.log;

import org.jspecify.annotations.NullMarked;
