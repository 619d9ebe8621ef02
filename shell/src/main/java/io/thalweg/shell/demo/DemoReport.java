package io.thalweg.shell.demo;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What the demonstration says when it is over. */
final class DemoReport {
    private DemoReport() {}

    static String text(Demo.Outcome outcome, DemoData data, Optional<Path> kept) {
        StringBuilder text = new StringBuilder("\n");
        long expected = data.flights().size() - data.flightsWithoutAirport();
        long counted = outcome.rows().stream().mapToLong(DelayRow::flights).sum();
        if (outcome.complete()) {
            text.append(String.format(
                    Locale.ROOT,
                    "All %,d flights are in the %,d rows: %,d changes in %.1f seconds.%n",
                    counted,
                    outcome.rows().size(),
                    outcome.changes(),
                    outcome.millis() / 1000.0));
        } else {
            text.append(String.format(
                    Locale.ROOT,
                    "The result is not complete: its rows count %,d flights of %,d.%n",
                    counted,
                    expected));
        }
        if (data.flightsWithoutAirport() > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    "Left out: %,d flights from airports that the table lacks.%n",
                    data.flightsWithoutAirport()));
        }
        text.append("This is the query:\n\n")
                .append(DemoSql.DELAYS.indent(2))
                .append('\n')
                .append(next(kept));
        return text.toString();
    }

    private static String next(Optional<Path> kept) {
        return kept.map(path -> "Look around in it:  ./thalweg sql --embedded " + shellWord(path) + "\n")
                .orElse("The database was temporary. To keep one and look around in it:\n"
                        + "  ./thalweg demo --fast --directory flights-demo\n"
                        + "  ./thalweg sql --embedded flights-demo\n");
    }

    /** The path as it can be pasted into a shell. */
    private static String shellWord(Path path) {
        String text = path.toString();
        return text.matches("[\\w./~+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
