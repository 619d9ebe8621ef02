package io.thalweg.server.metrics;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** All metrics of a server. Registered while it is wired, so their number has a bound. Thread-safe. */
public final class MetricsRegistry {
    private final Map<String, Metric> metrics = new ConcurrentSkipListMap<>();

    /** The name of a metric with what it says and how to read it. */
    private record Metric(String sentence, LongSupplier value) {}

    /** A metric at this moment. */
    public record Reading(String name, long value, String sentence) {}

    /** A new counter, which only grows. */
    public LongAdder counter(String name, String sentence) {
        LongAdder counter = new LongAdder();
        gauge(name, sentence, counter::sum);
        return counter;
    }

    /** A number that is looked up whenever somebody asks. */
    public void gauge(String name, String sentence, LongSupplier value) {
        if (metrics.putIfAbsent(name, new Metric(sentence, value)) != null) {
            throw new IllegalArgumentException("two metrics are named " + name);
        }
    }

    /** All metrics in the order of their names. */
    public List<Reading> readings() {
        return metrics.entrySet().stream()
                .map(entry -> new Reading(
                        entry.getKey(),
                        entry.getValue().value().getAsLong(),
                        entry.getValue().sentence()))
                .toList();
    }
}
