package io.thalweg.benchmarks.system;

import io.thalweg.model.SuppressForbidden;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.Arrays;
import java.util.Locale;

/** Prints figures as they are measured. */
@SuppressForbidden(reason = "a benchmark prints to the terminal")
public final class Report {
    private final PrintStream out = System.out;

    /** Begins a table. The load tells figures of a busy machine from those of a quiet one. */
    public void title(String text) {
        OperatingSystemMXBean machine = ManagementFactory.getOperatingSystemMXBean();
        out.println();
        out.printf(
                Locale.ROOT,
                "%s   [%d cores, load %.1f]%n",
                text,
                machine.getAvailableProcessors(),
                machine.getSystemLoadAverage());
    }

    /** One figure with its aim. */
    public void figure(String name, String value, String aim) {
        out.printf(Locale.ROOT, "  %-44s %18s   %s%n", name, value, aim.isEmpty() ? "" : "aim: " + aim);
    }

    /** One line of a table: a name and its figures. */
    public void row(String... cells) {
        out.printf(Locale.ROOT, "  %-26s", cells[0]);
        for (int i = 1; i < cells.length; i++) {
            out.printf(Locale.ROOT, " %22s", cells[i]);
        }
        out.println();
    }

    /** A line below a table. */
    public void note(String text) {
        out.println("  " + text);
    }

    /** A number with its thousands parted. */
    public static String count(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%,.2f" : "%,.0f", value);
    }

    /** How many times as much. */
    public static String factor(double value) {
        return String.format(Locale.ROOT, "%.1f x", value);
    }

    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", share * 100);
    }

    /** The same values with two decimals. */
    public static double[] rounded(double[] values) {
        return Arrays.stream(values).map(value -> Math.rint(value * 100) / 100).toArray();
    }

    static String rate(double rowsPerSecond) {
        return rowsPerSecond >= 1e6
                ? String.format(Locale.ROOT, "%.1f M rows/s", rowsPerSecond / 1e6)
                : String.format(Locale.ROOT, "%.0f k rows/s", rowsPerSecond / 1e3);
    }

    public static String millis(double nanos) {
        return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
    }

    /** The middle of some measurements, which are sorted by this. */
    public static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /** The value that this share of the measurements does not exceed; they must be sorted. */
    static long percentile(long[] sorted, int count, double share) {
        return sorted[Math.min(count - 1, (int) Math.ceil(share * count) - 1)];
    }
}
