package io.thalweg.shell.text;

import java.io.IOException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Opens the terminal that the process was started on. */
public final class SystemTerminal {
    private SystemTerminal() {}

    /** The terminal; only one may be open at a time. */
    public static Terminal open() throws IOException {
        return TerminalBuilder.builder().system(true).dumb(true).build();
    }
}
