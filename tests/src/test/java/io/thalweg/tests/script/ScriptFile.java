package io.thalweg.tests.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A test in plain text. Steps are parted by blank lines; {@code #} begins a comment line.
 *
 * <pre>
 * statement                 runs it; a number of rows may follow after ----
 * query [sorted|contains]   compares the rows, cells parted by |, with the lines after ----
 * columns                   compares names and types of a query's columns with the lines after ----
 * error SQLSTATE            expects it, and the message after ----
 * subscribe NAME            starts an endless query
 * expect NAME [sorted]      waits for exactly the rows in the lines below, without ----
 * quiet NAME                expects that it has no further rows
 * cancel NAME               ends it
 * restart                   closes the database and opens it again
 * file NAME                 makes a file that COPY can read; {CR}, {LF}, {TAB} and {BOM} stand for what they are called
 * lines NAME                compares the lines of a file with those after ----
 * </pre>
 *
 * Under the text of an error a line of carets marks the place that the message must name.
 */
final class ScriptFile {
    private ScriptFile() {}

    static List<ScriptStep> read(Path file) throws IOException {
        List<ScriptStep> steps = new ArrayList<>();
        List<String> block = new ArrayList<>();
        int start = 1;
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (line.startsWith("#")) {
                continue;
            }
            if (line.isBlank()) {
                addStep(start, block, steps);
                block.clear();
            } else {
                start = block.isEmpty() ? number : start;
                block.add(line);
            }
        }
        addStep(start, block, steps);
        return steps;
    }

    private static void addStep(int line, List<String> block, List<ScriptStep> steps) {
        if (block.isEmpty()) {
            return;
        }
        boolean onlyExpected = block.get(0).startsWith("expect ");
        int end = onlyExpected ? 0 : block.indexOf("----");
        List<String> body = onlyExpected ? List.of() : block.subList(1, end < 0 ? block.size() : end);
        List<String> expected = end < 0 ? List.of() : List.copyOf(block.subList(end + 1, block.size()));
        steps.add(new ScriptStep(line, List.of(block.get(0).strip().split("\\s+")), String.join("\n", body), expected));
    }
}
