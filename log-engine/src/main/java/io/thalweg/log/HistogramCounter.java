package io.thalweg.log;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts numbers by their size for a {@link Histogram}. Thread-safe. */
final class HistogramCounter {
    private final AtomicLongArray counts = new AtomicLongArray(Long.SIZE);

    /** Counts a number, which must not be negative. */
    void add(long number) {
        counts.incrementAndGet(Long.SIZE - Long.numberOfLeadingZeros(number));
    }

    Histogram snapshot() {
        List<Long> copy = new ArrayList<>();
        int used = 0;
        for (int i = 0; i < counts.length(); i++) {
            copy.add(counts.get(i));
            used = copy.get(i) == 0 ? used : i + 1;
        }
        return new Histogram(copy.subList(0, used));
    }
}
