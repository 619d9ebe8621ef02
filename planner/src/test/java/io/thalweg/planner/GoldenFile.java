package io.thalweg.planner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A file of examples: paragraphs, each an input, a line of four dashes, and what comes of it. Paragraphs of lines that begin
 * with {@code --} and a space are comments. With {@code -Dupdate.golden} what comes of the inputs now is written back.
 */
final class GoldenFile {
    private static final String SEPARATOR = "----";
    private static final boolean UPDATE = System.getProperty("update.golden") != null;

    private final Path path;

    private GoldenFile(Path path) {
        this.path = path;
    }

    /** All files of a directory below src/test/resources. */
    static List<GoldenFile> all(String directory) {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources").resolve(directory))) {
            return files.sorted().map(GoldenFile::new).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The paragraphs whose result is not what the file says; none if the file was rewritten. */
    List<String> differences(UnaryOperator<String> run) {
        List<String> differences = new ArrayList<>();
        StringBuilder rewritten = new StringBuilder();
        for (String paragraph : paragraphs()) {
            if (!rewritten.isEmpty()) {
                rewritten.append('\n');
            }
            if (paragraph.startsWith("-- ")) {
                rewritten.append(paragraph);
                continue;
            }
            int end = paragraph.indexOf(SEPARATOR + "\n");
            String input = end < 0 ? paragraph : paragraph.substring(0, end);
            String actual = input + SEPARATOR + "\n" + run.apply(input);
            rewritten.append(actual);
            if (!actual.equals(paragraph)) {
                differences.add("expected\n" + paragraph + "but was\n" + actual);
            }
        }
        if (!UPDATE) {
            return differences;
        }
        write(rewritten.toString());
        return List.of();
    }

    private List<String> paragraphs() {
        try {
            return Stream.of(Files.readString(path).split("\n\n+"))
                    .filter(p -> !p.isBlank())
                    .map(p -> p.strip() + "\n")
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String text) {
        try {
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return path.getFileName().toString();
    }
}
