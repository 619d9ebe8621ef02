package io.thalweg.shell.session;

import io.thalweg.shell.result.ResultFormat;
import io.thalweg.shell.text.Ink;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The commands of the shell itself, which begin with a backslash. */
final class ShellCommands {
    /** Scripts may read scripts, but not without end. */
    private static final int MAX_SCRIPT_DEPTH = 16;

    private static final String HELP = """
            A statement ends with a semicolon and may take several lines.

              SELECT ... ;                 answers from what is there now, and ends
              SELECT ... EMIT CHANGES ;    goes on with every change; Ctrl-C stops it
              SELECT ... EMIT FINAL ;      each window's rows, when it is closed

              \\d              streams, tables and views
              \\d NAME         the columns of one of them
              \\ds \\dt \\dv     streams, tables, views
              \\dq             running queries
              \\format [NAME]  show or choose: table, vertical, csv, json, markdown
              \\timing         show or hide how long a statement took
              \\i FILE         run the statements of a file
              \\q              leave (also exit, quit, Ctrl-D)

            Tab completes words, tables and columns. Ctrl-C clears the line.
            """;

    private static final String LIST_ALL = """
            SELECT table_schema AS "schema", table_name AS "name", object_kind AS "kind"
            FROM information_schema.tables
            WHERE table_schema NOT IN ('information_schema', 'sys')
            ORDER BY table_schema, table_name""";

    private final ShellSession session;
    private final ShellOutput output;
    private final ShellSettings settings;
    private int scriptDepth;

    ShellCommands(ShellSession session, ShellOutput output, ShellSettings settings) {
        this.session = session;
        this.output = output;
        this.settings = settings;
    }

    ShellSession.Outcome run(String text) {
        String[] words = text.strip().replaceFirst(";\\s*$", "").split("\\s+", 2);
        String argument = words.length > 1 ? words[1].strip() : "";
        return switch (words[0]) {
            case "\\q" -> ShellSession.Outcome.LEAVE;
            case "\\?", "\\h", "\\help" -> help();
            case "\\d" -> argument.isEmpty() ? statement(LIST_ALL) : statement("DESCRIBE " + argument);
            case "\\ds" -> statement("SHOW STREAMS");
            case "\\dt" -> statement("SHOW TABLES");
            case "\\dv" -> statement("SHOW VIEWS");
            case "\\dq" -> statement("SHOW QUERIES");
            case "\\timing" -> timing(argument);
            case "\\format" -> format(argument);
            case "\\i" -> script(argument);
            default -> session.complain("there is no command " + words[0], "\\? lists the commands.");
        };
    }

    private ShellSession.Outcome help() {
        return say(HELP);
    }

    private ShellSession.Outcome statement(String sql) {
        return session.runStatement(sql, "") ? ShellSession.Outcome.DONE : ShellSession.Outcome.FAILED;
    }

    private ShellSession.Outcome timing(String argument) {
        switch (argument) {
            case "" -> settings.showTiming(!settings.timing());
            case "on" -> settings.showTiming(true);
            case "off" -> settings.showTiming(false);
            default -> {
                return session.complain("\\timing takes on or off, not " + argument, "Without either it switches.");
            }
        }
        return say("timing is " + (settings.timing() ? "on" : "off") + "\n");
    }

    private ShellSession.Outcome format(String argument) {
        String names =
                Arrays.stream(ResultFormat.values()).map(ResultFormat::toString).collect(Collectors.joining(", "));
        if (!argument.isEmpty()) {
            Optional<ResultFormat> format = ResultFormat.named(argument);
            if (format.isEmpty()) {
                return session.complain("there is no format " + argument, "The formats are " + names + ".");
            }
            settings.useFormat(format.get());
        }
        return say("format is " + settings.format() + (argument.isEmpty() ? " (of " + names + ")" : "") + "\n");
    }

    private ShellSession.Outcome script(String file) {
        if (file.isEmpty()) {
            return session.complain("\\i needs the name of a file", "For example: \\i schema.sql");
        }
        if (scriptDepth == MAX_SCRIPT_DEPTH) {
            return session.complain(
                    "scripts call scripts more than " + MAX_SCRIPT_DEPTH + " deep: " + file, "Is it a circle?");
        }
        scriptDepth++;
        try (BufferedReader reader = Files.newBufferedReader(Path.of(file), StandardCharsets.UTF_8)) {
            ShellSession.Outcome outcome = session.runScript(reader, file);
            return outcome == ShellSession.Outcome.LEAVE ? ShellSession.Outcome.DONE : outcome;
        } catch (IOException | InvalidPathException failure) {
            return session.complain(
                    "cannot read the file " + file, "Names are relative to the directory the shell runs in.");
        } finally {
            scriptDepth--;
        }
    }

    private ShellSession.Outcome say(String text) {
        output.results().write(output.look().paint(Ink.FAINT, text.stripTrailing()) + "\n");
        output.results().flush();
        return ShellSession.Outcome.DONE;
    }
}
