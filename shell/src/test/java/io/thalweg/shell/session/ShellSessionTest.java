package io.thalweg.shell.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.model.time.SystemClock;
import io.thalweg.shell.input.InputSplitter;
import io.thalweg.shell.result.ResultFormat;
import io.thalweg.shell.text.Look;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shell against a database in this process. */
@Timeout(60)
class ShellSessionTest {
    private final StringWriter results = new StringWriter();
    private final StringWriter messages = new StringWriter();
    private final ShellSession session = new ShellSession(
            new DatabaseLink("jdbc:thalweg:embedded:"),
            new ShellOutput(new PrintWriter(results), new PrintWriter(messages), Look.PLAIN),
            new ShellSettings(ResultFormat.TABLE, false, false),
            new SystemClock());

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void showsRowsAndCounts() {
        run("CREATE TABLE t (id INT NOT NULL, name VARCHAR, PRIMARY KEY (id));"
                + "INSERT INTO t VALUES (1, 'one'), (2, NULL); SELECT * FROM t ORDER BY id");
        assertEquals("", messages.toString());
        assertTrue(results.toString().endsWith("""
                                2 rows inserted
                                 id | name
                                ----+------
                                  1 | one
                                  2 | NULL
                                (2 rows)
                                """), results::toString);
    }

    @Test
    void showsTheEveryRowOfALongResult() {
        run("\\format csv");
        results.getBuffer().setLength(0);
        StringBuilder values = new StringBuilder("VALUES (0)");
        for (int i = 1; i < 3000; i++) {
            values.append(", (").append(i).append(')');
        }
        run(values.toString());
        assertEquals("", messages.toString());
        assertEquals(3001, results.toString().lines().count());
    }

    @Test
    void pointsAtThePlaceOfAnError() {
        assertEquals(ShellSession.Outcome.FAILED, run("SELECT 1;\n\nSELECT nothing\nFROM nowhere; SELECT 2"));
        assertTrue(results.toString().contains("(1 row)"), results::toString);
        assertTrue(messages.toString().startsWith("error 42P01: "), messages::toString);
        assertTrue(messages.toString().contains("  2 | FROM nowhere\n    |      ^^^^^^^\n"), messages::toString);
        assertEquals(
                1,
                results.toString()
                        .lines()
                        .filter(line -> line.equals("(1 row)"))
                        .count());
    }

    @Test
    void showsNoHeadingWhereThereIsNoAnswer() {
        assertEquals(ShellSession.Outcome.FAILED, run("SELECT 1 / 0 AS broken"));
        assertEquals("", results.toString());
        assertTrue(messages.toString().startsWith("error 22012: "), messages::toString);
    }

    @Test
    void saysWhereInAScriptAnErrorIs(@TempDir Path directory) throws IOException {
        Path script = Files.writeString(directory.resolve("a.sql"), "SELECT 1;\n-- so\nSELECT 1 +;\n");
        assertEquals(ShellSession.Outcome.FAILED, run("\\i " + script));
        assertTrue(messages.toString().startsWith(script + ":3: error 42601: "), messages::toString);
    }

    @Test
    void runsAScriptWhileItIsRead() throws IOException {
        BufferedReader script = new BufferedReader(new StringReader("SELECT 1 AS a;\n\\q\nSELECT 2 AS b;\n"));
        assertEquals(ShellSession.Outcome.LEAVE, session.runScript(script, "line"));
        assertEquals(" a\n---\n 1\n(1 row)\n", results.toString());
    }

    @Test
    void followsAQueryUntilItIsCancelled() throws Exception {
        run("CREATE STREAM s (v INT); INSERT INTO s VALUES (7)");
        CompletableFuture<ShellSession.Outcome> query =
                CompletableFuture.supplyAsync(() -> run("SELECT SUM(v) AS total FROM s EMIT CHANGES"));
        while (!text(results).contains("7\n")) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        session.cancellation().request();
        assertEquals(ShellSession.Outcome.DONE, query.get(20, TimeUnit.SECONDS));
        assertTrue(text(results).contains(" op |"), results::toString);
        assertTrue(text(results).contains(" +I |"), results::toString);
        assertTrue(text(results).endsWith("cancelled)\n"), results::toString);
        assertEquals("", text(messages));
        results.getBuffer().setLength(0);
        run("SELECT 1 AS one");
        assertEquals(" one\n-----\n   1\n(1 row)\n", results.toString());
    }

    @Test
    void listsAndDescribes() {
        run("CREATE STREAM flights (v INT); CREATE TABLE airports (id INT NOT NULL, PRIMARY KEY (id));"
                + "CREATE VIEW w AS SELECT v FROM flights");
        for (String command : new String[] {"\\d", "\\ds", "\\dt", "\\dv", "\\dq", "\\d flights"}) {
            assertEquals(ShellSession.Outcome.DONE, run(command), () -> command + ": " + messages);
        }
        run("\\timing\n\\format json\n\\?");
        assertEquals("", messages.toString());
        assertTrue(results.toString().contains("timing is on\nformat is json\n"), results::toString);
        assertEquals(ShellSession.Outcome.FAILED, run("\\nothing"));
        assertEquals("error: there is no command \\nothing\nhint: \\? lists the commands.\n", messages.toString());
    }

    private ShellSession.Outcome run(String text) {
        return session.runAll(InputSplitter.split(text), "");
    }

    /** Synchronized as the buffer is, since another thread writes. */
    private static String text(StringWriter writer) {
        synchronized (writer.getBuffer()) {
            return writer.toString();
        }
    }
}
