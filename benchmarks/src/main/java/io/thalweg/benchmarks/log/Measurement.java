package io.thalweg.benchmarks.log;

/**
 * What a load took.
 *
 * @param cpuSeconds of all processes that took part
 */
record Measurement(double seconds, double cpuSeconds) {}
