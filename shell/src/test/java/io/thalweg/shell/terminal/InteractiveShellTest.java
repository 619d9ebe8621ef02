package io.thalweg.shell.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.model.time.SystemClock;
import io.thalweg.shell.result.ResultFormat;
import io.thalweg.shell.session.DatabaseLink;
import io.thalweg.shell.session.ShellOutput;
import io.thalweg.shell.session.ShellSession;
import io.thalweg.shell.session.ShellSettings;
import io.thalweg.shell.text.Look;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A conversation with a database in this process, on a terminal that is two streams. */
@Timeout(60)
class InteractiveShellTest {
    @TempDir
    private Path directory;

    @Test
    void runsStatementsOfSeveralLinesAndLeaves() throws IOException {
        String screen = converse("SELECT 1 AS a,\n';' AS b; SELECT 2 AS c;\nquit\nSELECT 3 AS d;\n");
        assertTrue(screen.contains(" a | b\n---+---\n 1 | ;\n(1 row"), screen);
        assertTrue(screen.contains(" c\n---\n 2\n(1 row"), screen);
        assertTrue(screen.startsWith("hello\n"), screen);
        assertEquals(-1, screen.indexOf("(1 row", screen.indexOf(" c\n---\n 2\n(1 row") + 12), screen);
    }

    @Test
    void goesOnAfterAnError() throws IOException {
        String screen = converse("SELECT nothing;\nSELECT 4 AS e;\n");
        assertTrue(screen.contains("error 42703"), screen);
        assertTrue(screen.contains(" e\n---\n 4\n"), screen);
    }

    @Test
    void remembersStatementsInAFile() throws IOException {
        converse("SELECT 5\nAS f;\n\\q\n");
        String history = Files.readString(directory.resolve("history"));
        assertTrue(history.contains("SELECT 5"), history);
        assertTrue(history.contains("AS f;"), history);
    }

    private String converse(String input) throws IOException {
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        try (Terminal terminal = new DumbTerminal(
                "test",
                Terminal.TYPE_DUMB,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                screen,
                StandardCharsets.UTF_8)) {
            ShellOutput output = new ShellOutput(terminal.writer(), terminal.writer(), Look.PLAIN);
            try (ShellSession session = new ShellSession(
                    new DatabaseLink("jdbc:thalweg:embedded:"),
                    output,
                    new ShellSettings(ResultFormat.TABLE, true, false),
                    new SystemClock())) {
                new InteractiveShell(terminal, session, Look.PLAIN, new SystemClock(), directory.resolve("history"))
                        .run("hello");
            }
        }
        return screen.toString(StandardCharsets.UTF_8).replace("\r", "");
    }
}
