package io.thalweg.benchmarks.nexmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The queries of Nexmark, each in a file of its own. Where the published text leaves the answer open, because rows of the same
 * millisecond tie, the order goes on; processing time is the time of the event.
 */
public final class NexmarkQueries {
    /** The names of all queries. */
    public static final List<String> NAMES =
            IntStream.rangeClosed(0, 23).mapToObj(number -> "q" + number).toList();

    private NexmarkQueries() {}

    /** The text of a query, without its comments. */
    public static String text(String name) {
        try (InputStream file = NexmarkQueries.class.getResourceAsStream(name + ".sql")) {
            if (file == null) {
                throw new IllegalArgumentException("Nexmark has no query \"" + name + "\"; it has " + NAMES);
            }
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.startsWith("--"))
                    .reduce("", (all, line) -> all.isEmpty() ? line : all + "\n" + line)
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
