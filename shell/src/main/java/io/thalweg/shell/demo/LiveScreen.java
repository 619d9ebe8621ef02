package io.thalweg.shell.demo;

import io.thalweg.shell.text.Look;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.InfoCmp;

/** A picture that changes in place, on a terminal that can move its cursor. */
final class LiveScreen implements DemoScreen {
    /** The lines of the picture that are no ranks, and the line of the cursor. */
    private static final int OTHER_LINES = 8;

    private static final String UP = "\u001b[%dA\r";
    private static final String CLEAR_REST = "\u001b[K";
    private static final int MAX_RANKS = 15;
    private static final int MIN_RANKS = 3;

    private final Terminal terminal;
    private final BoardText board;
    private int linesShown;
    private boolean finished;

    LiveScreen(Terminal terminal, Look look) {
        this.terminal = terminal;
        this.board = new BoardText(look, Math.max(MIN_RANKS, Math.min(MAX_RANKS, terminal.getRows() - OTHER_LINES)));
        terminal.puts(InfoCmp.Capability.cursor_invisible);
    }

    @Override
    public void show(DemoProgress progress) {
        if (finished) {
            return;
        }
        StringBuilder picture = new StringBuilder();
        if (linesShown > 0) {
            picture.append(String.format(Locale.ROOT, UP, linesShown));
        }
        List<String> lines = board.lines(progress);
        lines.forEach(line -> picture.append(cut(line)).append(CLEAR_REST).append('\n'));
        linesShown = lines.size();
        // In one piece, so that no half of a picture is ever seen.
        say(picture.toString());
    }

    private String cut(String line) {
        int columns = terminal.getColumns();
        return columns >= BoardText.WIDTH
                ? line
                : AttributedString.fromAnsi(line).columnSubSequence(0, columns).toAnsi();
    }

    @Override
    public void finish(DemoProgress progress) {
        show(progress);
        finished = true;
        terminal.puts(InfoCmp.Capability.cursor_normal);
        terminal.flush();
    }

    @Override
    public void say(String text) {
        terminal.writer().write(text);
        terminal.flush();
    }

    @Override
    public void close() {
        terminal.puts(InfoCmp.Capability.cursor_normal);
        terminal.flush();
        try {
            terminal.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
