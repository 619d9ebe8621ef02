package io.thalweg.shell;

import io.thalweg.model.time.SystemClock;
import io.thalweg.shell.input.InputSplitter;
import io.thalweg.shell.result.ResultFormat;
import io.thalweg.shell.session.DatabaseLink;
import io.thalweg.shell.session.ShellOutput;
import io.thalweg.shell.session.ShellSession;
import io.thalweg.shell.session.ShellSettings;
import io.thalweg.shell.terminal.InteractiveShell;
import io.thalweg.shell.text.ErrorDetails;
import io.thalweg.shell.text.ErrorText;
import io.thalweg.shell.text.Look;
import io.thalweg.shell.text.ProductVersion;
import io.thalweg.shell.text.StandardStreams;
import io.thalweg.shell.text.SystemTerminal;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code thalweg sql}: chooses where statements come from and where results go. */
@Command(
        name = "thalweg sql",
        description = "Runs SQL statements: from the command line, a file or a pipe, or asks for them.",
        mixinStandardHelpOptions = true,
        versionProvider = ProductVersion.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        footer = {
            "",
            "Exit codes: 0 all went well, 1 a statement failed, 2 no connection or a wrong option.",
            "The environment variable NO_COLOR turns colours off."
        })
final class SqlCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int NO_CONNECTION = 2;
    private static final String NOBODY_LISTENS = "08001";
    private static final String DEFAULT_URL = "jdbc:thalweg://localhost:7400/";
    private static final String EMBEDDED_URL = "jdbc:thalweg:embedded:";

    @Parameters(
            arity = "0..1",
            paramLabel = "URL",
            description = "The database; without it " + DEFAULT_URL + ". host:port is enough.")
    private @Nullable String url;

    @Option(
            names = {"-e", "--execute"},
            paramLabel = "SQL",
            description = "Run these statements, then end. May be given several times.")
    private List<String> statements = List.of();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Run the statements of a file up to the first that fails, then end.")
    private @Nullable Path file;

    @Option(
            names = "--embedded",
            paramLabel = "DIR",
            description = "Run a database in this process on a data directory, instead of connecting to a server.")
    private @Nullable Path embedded;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "How results are written: table (default), vertical, csv, json (an object a line), markdown.")
    private ResultFormat format = ResultFormat.TABLE;

    @Option(names = "--no-color", description = "Do not use colours.")
    private boolean noColor;

    @Option(names = "--debug", description = "Show the stack trace of errors.")
    private boolean debug;

    @Override
    public Integer call() throws IOException {
        boolean onTerminal = StandardStreams.areTerminal();
        if (onTerminal && statements.isEmpty() && file == null) {
            return converse();
        }
        // Not the library's terminal, whose start would take longer than most statements.
        Look look = onTerminal && format.isForPeople()
                ? Look.ofTerminal(System.getenv(), !noColor, SqlCommand::columnsOfEnvironment)
                : Look.PLAIN;
        ShellOutput output = new ShellOutput(StandardStreams.out(), StandardStreams.err(), look);
        return withSession(output, onTerminal, this::runScripts);
    }

    /** The width that the launcher found; 0, which is no limit, if there was no launcher. */
    private static int columnsOfEnvironment() {
        String columns = System.getenv().getOrDefault("COLUMNS", "");
        return columns.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(columns) : 0;
    }

    /** What is done with a session; the result is the exit code. */
    private interface SessionUse {
        int apply(ShellSession session) throws IOException;
    }

    private int withSession(ShellOutput output, boolean timing, SessionUse use) throws IOException {
        DatabaseLink link = new DatabaseLink(databaseUrl());
        try (ShellSession session =
                new ShellSession(link, output, new ShellSettings(format, timing, debug), new SystemClock())) {
            try {
                link.connection();
            } catch (SQLException failure) {
                reportNoConnection(output, failure);
                return NO_CONNECTION;
            }
            return use.apply(session);
        } finally {
            output.results().flush();
            output.messages().flush();
        }
    }

    private String databaseUrl() {
        if (embedded != null) {
            return EMBEDDED_URL + embedded;
        }
        String given = url;
        if (given == null) {
            return DEFAULT_URL;
        }
        return given.startsWith("jdbc:") ? given : "jdbc:thalweg://" + given + (given.endsWith("/") ? "" : "/");
    }

    private void reportNoConnection(ShellOutput output, SQLException failure) {
        ErrorDetails details = ErrorDetails.of(failure);
        if (embedded == null && details.sqlState().equals(NOBODY_LISTENS)) {
            details = details.withHint("Start a server with ./thalweg server, or use --embedded DIR.");
        }
        output.messages().write(new ErrorText(output.look()).render(details, ""));
        if (debug) {
            failure.printStackTrace(output.messages());
        }
    }

    private int converse() throws IOException {
        try (Terminal terminal = SystemTerminal.open()) {
            Look look = Look.ofTerminal(System.getenv(), !noColor, terminal::getColumns);
            ShellOutput output = new ShellOutput(terminal.writer(), terminal.writer(), look);
            return withSession(output, true, session -> {
                String greeting = "Thalweg SQL " + look.dot() + " "
                        + session.link().url() + "\n" + "\\? explains the shell, \\q leaves it.";
                Path history = Path.of(System.getProperty("user.home", "."), ".thalweg_history");
                new InteractiveShell(terminal, session, look, new SystemClock(), history).run(greeting);
                return 0;
            });
        }
    }

    private int runScripts(ShellSession session) throws IOException {
        for (String statement : statements) {
            ShellSession.Outcome outcome = session.runAll(InputSplitter.split(statement), "");
            if (outcome != ShellSession.Outcome.DONE) {
                return exitCode(outcome);
            }
        }
        Path script = file;
        if (script != null) {
            return runFile(session, script);
        }
        return statements.isEmpty() ? runPipe(session) : 0;
    }

    private int runFile(ShellSession session, Path script) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(script, StandardCharsets.UTF_8)) {
            return exitCode(session.runScript(reader, script.toString()));
        } catch (NoSuchFileException failure) {
            session.complain("there is no file " + script, "Names are relative to the directory the shell runs in.");
            return FAILED;
        }
    }

    private int runPipe(ShellSession session) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8))) {
            return exitCode(session.runScript(reader, "line"));
        }
    }

    private static int exitCode(ShellSession.Outcome outcome) {
        return outcome == ShellSession.Outcome.FAILED ? FAILED : 0;
    }
}
