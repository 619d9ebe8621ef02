package io.thalweg.shell.demo;

import java.time.LocalDate;

/**
 * A row of the continuous query's result.
 *
 * @param week the first day of the week
 * @param averageDelay in minutes
 * @param delayedShare the flights delayed by more than 15 minutes, as a fraction of all
 */
record DelayRow(LocalDate week, String city, long flights, double averageDelay, double delayedShare) {
    Key key() {
        return new Key(week, city);
    }

    /** What identifies a row of the result. */
    record Key(LocalDate week, String city) {}
}
