package io.thalweg.benchmarks.system;

import io.thalweg.model.SuppressForbidden;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;

/** Prints figures as they are measured. */
@SuppressForbidden(reason = "a benchmark prints to the terminal")
final class Report {
    private final PrintStream out = System.out;

    void title(String text) {
        out.println();
        out.println(text);
    }

    /** One figure with its aim. */
    void figure(String name, String value, String aim) {
        out.printf(Locale.ROOT, "  %-44s %18s   %s%n", name, value, aim.isEmpty() ? "" : "aim: " + aim);
    }

    static String rate(double rowsPerSecond) {
        return rowsPerSecond >= 1e6
                ? String.format(Locale.ROOT, "%.1f M rows/s", rowsPerSecond / 1e6)
                : String.format(Locale.ROOT, "%.0f k rows/s", rowsPerSecond / 1e3);
    }

    static String millis(double nanos) {
        return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
    }

    /** The middle of some measurements, which are sorted by this. */
    static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /** The value that this share of the measurements does not exceed; they must be sorted. */
    static long percentile(long[] sorted, int count, double share) {
        return sorted[Math.min(count - 1, (int) Math.ceil(share * count) - 1)];
    }
}
