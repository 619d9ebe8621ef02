package io.thalweg.shell.session;

import io.thalweg.model.time.Clock;
import io.thalweg.shell.input.InputItem;
import io.thalweg.shell.input.InputSplitter;
import io.thalweg.shell.text.ErrorDetails;
import io.thalweg.shell.text.ErrorText;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;

/** A conversation with one database: does what it is given, in order. Belongs to one thread, but for the cancellation. */
public final class ShellSession implements AutoCloseable {
    private final DatabaseLink link;
    private final ShellOutput output;
    private final Cancellation cancellation = new Cancellation();
    private final StatementRunner statements;
    private final ShellCommands commands;

    public ShellSession(DatabaseLink link, ShellOutput output, ShellSettings settings, Clock clock) {
        this.link = link;
        this.output = output;
        this.statements = new StatementRunner(link, output, settings, cancellation, clock);
        this.commands = new ShellCommands(this, output, settings);
    }

    /** What happened to an item. */
    public enum Outcome {
        DONE,
        FAILED,
        /** The user wants to leave. */
        LEAVE
    }

    /** Stops the statement that runs, from another thread. */
    public Cancellation cancellation() {
        return cancellation;
    }

    public DatabaseLink link() {
        return link;
    }

    /**
     * Does the items up to the first that fails or leaves.
     *
     * @param source the name of the script for error messages, or empty
     */
    public Outcome runAll(List<InputItem> items, String source) {
        for (InputItem item : items) {
            Outcome outcome = run(item, source);
            if (outcome != Outcome.DONE) {
                return outcome;
            }
        }
        return Outcome.DONE;
    }

    /** Does what a script says, while it is read. */
    public Outcome runScript(BufferedReader script, String source) throws IOException {
        InputSplitter splitter = new InputSplitter();
        for (String line = script.readLine(); line != null; line = script.readLine()) {
            Outcome outcome = runAll(splitter.line(line), source);
            if (outcome != Outcome.DONE) {
                return outcome;
            }
        }
        return runAll(splitter.end(), source);
    }

    /** Shows an error that is not a statement's. */
    public Outcome complain(String message, String hint) {
        output.messages().write(new ErrorText(output.look()).render(ErrorDetails.of(message, hint), ""));
        output.messages().flush();
        return Outcome.FAILED;
    }

    private Outcome run(InputItem item, String source) {
        if (item.kind() == InputItem.Kind.COMMAND) {
            return commands.run(item.text());
        }
        String origin = source.isEmpty() ? "" : source + ":" + item.line() + ": ";
        return runStatement(item.text(), origin) ? Outcome.DONE : Outcome.FAILED;
    }

    boolean runStatement(String sql, String origin) {
        return statements.run(sql, origin);
    }

    @Override
    public void close() {
        link.close();
    }
}
