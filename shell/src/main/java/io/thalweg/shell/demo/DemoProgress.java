package io.thalweg.shell.demo;

import java.time.LocalDateTime;
import java.util.List;

/**
 * The demonstration at one moment.
 *
 * @param loaded flights inserted and acknowledged
 * @param total flights to insert
 * @param reached the departure of the last of them
 * @param rows the rows of the continuous query
 */
record DemoProgress(int loaded, int total, LocalDateTime reached, List<DelayRow> rows) {
    /** A week's ranking wants cities with at least so many flights. */
    static final long MIN_WEEK_FLIGHTS = 5;

    /** The ranking over all weeks wants more flights, the more there are. */
    long minAllFlights() {
        return Math.max(MIN_WEEK_FLIGHTS, loaded / 400);
    }

    boolean isLoaded() {
        return loaded == total;
    }
}
