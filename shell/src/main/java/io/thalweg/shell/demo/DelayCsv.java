package io.thalweg.shell.demo;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the final rows to a file, every digit of them, for a program that checks them. */
final class DelayCsv {
    private DelayCsv() {}

    static void write(List<DelayRow> rows, Path file) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            writer.write("week,city,flights,average_delay,delayed_share\n");
            for (DelayRow row : rows) {
                writer.write(line(row));
            }
        }
    }

    /** The name of a city always has a comma in it, so it always stands in quotes. */
    private static String line(DelayRow row) {
        return row.week() + ",\"" + row.city().replace("\"", "\"\"") + "\"," + row.flights() + "," + row.averageDelay()
                + "," + row.delayedShare() + "\n";
    }
}
