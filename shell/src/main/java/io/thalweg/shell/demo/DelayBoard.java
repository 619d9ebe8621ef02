package io.thalweg.shell.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of the continuous query as they are now: a client's own copy, made by applying every change in order.
 * Thread-safe: one thread applies changes while another looks.
 */
final class DelayBoard {
    // All guarded by this object.
    private final Map<DelayRow.Key, DelayRow> rows = new HashMap<>();
    private long flights;
    private long changes;

    /**
     * Applies one change.
     *
     * @param change {@code +I}, {@code -U}, {@code +U} or {@code -D}
     * @throws IllegalStateException if the change does not fit the rows: it takes back what is not there, or adds twice
     */
    synchronized void apply(String change, DelayRow row) {
        changes++;
        switch (change) {
            case "+I", "+U" -> {
                DelayRow before = rows.put(row.key(), row);
                if (before != null) {
                    throw new IllegalStateException("the result has two rows for " + row.key());
                }
                flights += row.flights();
            }
            case "-U", "-D" -> {
                if (!rows.remove(row.key(), row)) {
                    throw new IllegalStateException("the result takes back a row it never had: " + row);
                }
                flights -= row.flights();
            }
            default -> throw new IllegalStateException("the result has an unexpected kind of change: " + change);
        }
    }

    /** How many flights all rows together count. */
    synchronized long flights() {
        return flights;
    }

    synchronized long changes() {
        return changes;
    }

    /** All rows by week, then by city. */
    synchronized List<DelayRow> rows() {
        List<DelayRow> copy = new ArrayList<>(rows.values());
        copy.sort(Comparator.comparing(DelayRow::week).thenComparing(DelayRow::city));
        return copy;
    }

    /** The last week that has rows. */
    synchronized Optional<LocalDate> latestWeek() {
        return rows.keySet().stream().map(DelayRow.Key::week).max(Comparator.naturalOrder());
    }
}
