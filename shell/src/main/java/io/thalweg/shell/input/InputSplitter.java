package io.thalweg.shell.input;

import io.thalweg.parser.Script;
import io.thalweg.parser.ScriptEnd;
import io.thalweg.parser.ScriptStatement;
import io.thalweg.parser.StatementSplitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Cuts an input that comes line by line into statements and commands, each of which is given out with the line that ends
 * it. A command is a line that begins with a backslash where no statement is open. Belongs to one thread.
 */
public final class InputSplitter {
    private static final Map<String, String> COMMAND_WORDS =
            Map.of("help", "\\?", "exit", "\\q", "quit", "\\q", "?", "\\?");

    private final StringBuilder pending = new StringBuilder();
    private final SemicolonScanner semicolons = new SemicolonScanner();
    private int pendingLine = 1;
    private int nextLine = 1;

    /** Takes the next line, without its line end; returns what it completes. */
    public List<InputItem> line(String line) {
        int number = nextLine++;
        if (pending.length() == 0) {
            pendingLine = number;
            Optional<String> command = command(line);
            if (command.isPresent()) {
                return List.of(new InputItem(InputItem.Kind.COMMAND, command.get(), number));
            }
            if (saysNothing(line)) {
                return List.of();
            }
        }
        pending.append(line).append('\n');
        return semicolons.findsSemicolon(line) ? takeStatements(false) : List.of();
    }

    /** The input has ended: what is left is a statement, even without its semicolon. */
    public List<InputItem> end() {
        return takeStatements(true);
    }

    /** Everything in a text that is there as a whole. */
    public static List<InputItem> split(String text) {
        String statement = withoutSemicolon(text);
        if (isOneStatement(statement)) {
            return List.of(new InputItem(InputItem.Kind.STATEMENT, statement, 1));
        }
        InputSplitter splitter = new InputSplitter();
        List<InputItem> items = new ArrayList<>();
        text.lines().forEach(line -> items.addAll(splitter.line(line)));
        items.addAll(splitter.end());
        return items;
    }

    /** Whether a text can be run as it is, so that a shell need not ask for another line. */
    public static boolean isComplete(String text) {
        return text.lines().allMatch(InputSplitter::saysNothing)
                || command(text.lines().findFirst().orElse("")).isPresent()
                || (text.indexOf(';') >= 0 && StatementSplitter.split(text).isComplete());
    }

    /** Spares a one-line statement the grammar, whose loading would take longer than the statement. */
    private static boolean isOneStatement(String text) {
        return !text.isBlank()
                && command(text).isEmpty()
                && text.indexOf(';') < 0
                && !text.contains("--")
                && !text.contains("/*")
                && text.indexOf('\n') < 0;
    }

    private static Optional<String> command(String line) {
        String text = line.strip();
        if (text.startsWith("\\")) {
            return Optional.of(text);
        }
        return Optional.ofNullable(COMMAND_WORDS.get(withoutSemicolon(text).toLowerCase(Locale.ROOT)));
    }

    private static String withoutSemicolon(String text) {
        String stripped = text.strip();
        return stripped.endsWith(";")
                ? stripped.substring(0, stripped.length() - 1).strip()
                : stripped;
    }

    private static boolean saysNothing(String line) {
        return line.isBlank() || line.strip().startsWith("--");
    }

    private List<InputItem> takeStatements(boolean atEnd) {
        String text = pending.toString();
        Script script = StatementSplitter.split(text);
        pending.setLength(0);
        List<InputItem> items = new ArrayList<>();
        int firstLine = pendingLine;
        for (ScriptStatement statement : script.statements()) {
            int line = firstLine + statement.span().startLine() - 1;
            if (statement.terminated() || atEnd) {
                items.add(new InputItem(InputItem.Kind.STATEMENT, statement.text(), line));
            } else {
                pending.append(text, statement.offset(), text.length());
                pendingLine = line;
            }
        }
        if (!atEnd && pending.length() == 0 && script.end() == ScriptEnd.IN_COMMENT) {
            // Between statements; what the comment says so far does not matter.
            pending.append("/*\n");
            pendingLine = nextLine - 1;
        }
        return items;
    }
}
