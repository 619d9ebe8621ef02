package io.thalweg.server.scaling;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** How much a partition took over the last while. Keeps a few readings, however often it is asked. One thread. */
final class RateWindow {
    private static final int READINGS = 8;

    private final Deque<Reading> readings = new ArrayDeque<>();

    private record Reading(long nanos, long bytes) {}

    /**
     * Takes a reading.
     *
     * @param bytes the sum of all that the partition took so far
     * @return bytes a second, once the readings span the window
     */
    OptionalLong read(long nanos, long bytes, long windowNanos) {
        while (readings.size() > 1 && nanos - second().nanos() >= windowNanos) {
            readings.removeFirst();
        }
        Reading last = readings.peekLast();
        if (last == null || nanos - last.nanos() >= windowNanos / READINGS) {
            readings.addLast(new Reading(nanos, bytes));
        }
        Reading first = readings.getFirst();
        long elapsed = nanos - first.nanos();
        if (elapsed < windowNanos) {
            return OptionalLong.empty();
        }
        double seconds = (double) elapsed / TimeUnit.SECONDS.toNanos(1);
        return OptionalLong.of((long) ((bytes - first.bytes()) / seconds));
    }

    private Reading second() {
        return readings.stream().skip(1).findFirst().orElseThrow();
    }
}
