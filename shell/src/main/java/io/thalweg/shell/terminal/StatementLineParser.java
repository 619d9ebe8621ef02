package io.thalweg.shell.terminal;

import io.thalweg.shell.input.InputSplitter;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells the line reader whether Enter ends the text or begins another line, and which word Tab completes. */
final class StatementLineParser implements Parser {
    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE && !InputSplitter.isComplete(line)) {
            throw new EOFError(-1, -1, "the statement goes on", "");
        }
        return StatementLine.at(line, cursor);
    }

    /** A backslash begins a command or stands for itself. */
    @Override
    public boolean isEscapeChar(char character) {
        return false;
    }
}
