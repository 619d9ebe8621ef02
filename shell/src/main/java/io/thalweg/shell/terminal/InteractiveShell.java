package io.thalweg.shell.terminal;

import io.thalweg.model.time.Clock;
import io.thalweg.shell.input.InputSplitter;
import io.thalweg.shell.session.ShellSession;
import io.thalweg.shell.text.Ink;
import io.thalweg.shell.text.Look;
import java.io.IOException;
import java.nio.file.Path;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/** Reads statements from a person until the person leaves. */
public final class InteractiveShell {
    private static final String PROMPT = "thalweg> ";
    private static final String CONTINUATION = "      -> ";
    private static final int MAX_HISTORY = 5000;

    private final Terminal terminal;
    private final ShellSession session;
    private final Look look;
    private final LineReader reader;

    /**
     * A shell on a terminal.
     *
     * @param history the file that keeps what was typed
     */
    public InteractiveShell(Terminal terminal, ShellSession session, Look look, Clock clock, Path history) {
        this.terminal = terminal;
        this.session = session;
        this.look = look;
        this.reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("thalweg")
                .parser(new StatementLineParser())
                .completer(new StatementCompleter(new CatalogNames(session.link(), clock)))
                .highlighter(new StatementHighlighter(look.colored()))
                .variable(LineReader.HISTORY_FILE, history)
                .variable(LineReader.HISTORY_SIZE, MAX_HISTORY)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, look.paint(Ink.FAINT, CONTINUATION))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .option(LineReader.Option.HISTORY_IGNORE_SPACE, false)
                .build();
    }

    /** Greets, then reads and runs statements until the end. */
    public void run(String greeting) throws IOException {
        terminal.writer().println(greeting);
        terminal.flush();
        ShellSession.Outcome outcome = ShellSession.Outcome.DONE;
        while (outcome != ShellSession.Outcome.LEAVE) {
            try {
                outcome = execute(reader.readLine(look.paint(Ink.ACCENT, PROMPT)));
            } catch (UserInterruptException interrupt) {
                // Ctrl-C at the prompt clears the line, and nothing else.
                outcome = ShellSession.Outcome.DONE;
            } catch (EndOfFileException end) {
                outcome = ShellSession.Outcome.LEAVE;
            }
        }
        reader.getHistory().save();
    }

    private ShellSession.Outcome execute(String text) {
        Terminal.SignalHandler previous = terminal.handle(
                Terminal.Signal.INT, signal -> session.cancellation().request());
        try {
            return session.runAll(InputSplitter.split(text), "");
        } finally {
            terminal.handle(Terminal.Signal.INT, previous);
            terminal.flush();
        }
    }
}
