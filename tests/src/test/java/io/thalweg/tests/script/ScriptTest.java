package io.thalweg.tests.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every script below {@code src/test/resources/scripts} is a test, on a database of its own. */
class ScriptTest {
    private static final Path SCRIPTS = Path.of("src/test/resources/scripts");

    @TempDir
    Path directory;

    @TestFactory
    Stream<DynamicTest> scripts() throws IOException {
        List<Path> files;
        try (Stream<Path> paths = Files.walk(SCRIPTS)) {
            files = paths.filter(path -> path.toString().endsWith(".test"))
                    .sorted()
                    .toList();
        }
        String wanted = System.getProperty("thalweg.script", "");
        return files.stream()
                .filter(file -> file.toString().contains(wanted))
                .map(file ->
                        DynamicTest.dynamicTest(SCRIPTS.relativize(file).toString(), file.toUri(), () -> run(file)));
    }

    private void run(Path file) throws Exception {
        Path database = directory.resolve(
                SCRIPTS.relativize(file).toString().replace('/', '-').replace(".test", ""));
        try (ScriptRunner runner = new ScriptRunner(database)) {
            for (ScriptStep step : ScriptFile.read(file)) {
                run(runner, step, file);
            }
        }
    }

    private static void run(ScriptRunner runner, ScriptStep step, Path file) {
        try {
            runner.run(step);
        } catch (Exception | AssertionError failure) {
            throw new AssertionError(
                    file.getFileName() + ":" + step.line() + ": " + step.words() + "\n" + step.body() + "\n"
                            + failure.getMessage(),
                    failure);
        }
    }
}
