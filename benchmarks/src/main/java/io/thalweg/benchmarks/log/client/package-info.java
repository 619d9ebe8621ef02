/** The clients that the log benchmarks run as processes of their own: one through JDBC, one through Kafka's client. */
@NullMarked
package io.thalweg.benchmarks.log.client;

import org.jspecify.annotations.NullMarked;
