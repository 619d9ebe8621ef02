package io.thalweg.planner.query;

import io.thalweg.model.error.SourceSpan;
import io.thalweg.planner.query.TextScanner.Kind;
import io.thalweg.planner.query.TextScanner.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * SQL text that was cut out of a user's statement, and the same text as the parser is to see it.
 *
 * <p>The two differ in one thing: {@code date}, {@code time} and the like, which Calcite reserves and everybody calls
 * columns, are put in quotes where they can only be names; so are functions of which Calcite knows another form only. Places
 * are told in the user's text all the same.
 */
public final class SourceText {
    private static final int MAX_SHOWN = 40;

    private static final Set<String> OPEN_WORDS = Set.of("DATE", "TIME", "TIMESTAMP", "DATETIME", "UUID");
    private static final Set<String> DIFFERENCES = Set.of("DATEDIFF", "DATE_DIFF");
    private static final Set<String> UNITS =
            Set.of("YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND", "MILLISECOND", "MICROSECOND");
    private static final List<String> JOIN_WORDS =
            List.of("NATURAL", "LEFT", "RIGHT", "FULL", "OUTER", "SEMI", "ANTI", "ASOF");

    private final String text;
    private final SourceSpan origin;
    private final List<Token> tokens;
    private final List<Token> quoted = new ArrayList<>();

    /** @param origin where the text begins in the statement */
    public SourceText(String text, SourceSpan origin) {
        this.text = text;
        this.origin = origin;
        this.tokens = TextScanner.scan(text);
        for (int i = 0; i < tokens.size(); i++) {
            if (isName(i) || isDifference(i)) {
                quoted.add(tokens.get(i));
            }
        }
    }

    public SourceSpan origin() {
        return origin;
    }

    String text() {
        return text;
    }

    List<Token> tokens() {
        return tokens;
    }

    private boolean isName(int index) {
        Token token = tokens.get(index);
        if (token.kind() != Kind.WORD || !OPEN_WORDS.contains(token.text().toUpperCase(Locale.ROOT))) {
            return false;
        }
        Token before = index == 0 ? null : tokens.get(index - 1);
        Token after = index + 1 == tokens.size() ? null : tokens.get(index + 1);
        if (after != null && (after.kind() == Kind.STRING || after.isSymbol('(') || after.isWord("ZONE"))) {
            return false;
        }
        boolean inCast = before != null
                && (before.isSymbol(':')
                        || (before.isWord("AS")
                                && after != null
                                && (after.isSymbol(')') || after.isWord("WITH") || after.isWord("WITHOUT"))));
        return !inCast;
    }

    /** Whether this is DATEDIFF or DATE_DIFF without a unit as its first word. */
    private boolean isDifference(int index) {
        if (index + 3 >= tokens.size()
                || tokens.get(index).kind() != Kind.WORD
                || !DIFFERENCES.contains(tokens.get(index).text().toUpperCase(Locale.ROOT))
                || !tokens.get(index + 1).isSymbol('(')) {
            return false;
        }
        boolean hasUnit = UNITS.contains(tokens.get(index + 2).text().toUpperCase(Locale.ROOT))
                && tokens.get(index + 3).isSymbol(',');
        return !hasUnit;
    }

    /** The text with names made plain. */
    String parserText() {
        StringBuilder result = new StringBuilder();
        int done = 0;
        for (Token name : quoted) {
            result.append(text, done, name.start())
                    .append('"')
                    .append(name.text().toLowerCase(Locale.ROOT))
                    .append('"');
            done = name.end();
        }
        return result.append(text, done, text.length()).toString();
    }

    /** The place in the statement of what Calcite found here in the text. */
    public SourceSpan span(SqlParserPos position) {
        int line = Math.max(1, position.getLineNum());
        int column = userColumn(line, Math.max(1, position.getColumnNum()));
        int endLine = Math.max(line, position.getEndLineNum());
        int endColumn = userColumn(endLine, Math.max(1, position.getEndColumnNum()));
        return new SourceSpan(line, column, endLine, endLine == line ? Math.max(column, endColumn) : endColumn)
                .within(origin);
    }

    /** The place in the statement of one character of the user's text. */
    SourceSpan spanAt(int offset) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < Math.min(offset, text.length()); i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return SourceSpan.at(line, offset - lineStart + 1).within(origin);
    }

    /** The words of the user's text from a place on that Calcite told. */
    List<Token> tokensFrom(SqlParserPos position) {
        int start = offset(position.getLineNum(), userColumn(position.getLineNum(), position.getColumnNum()));
        return tokens.stream().filter(t -> t.start() >= start).toList();
    }

    SourceSpan span(Token token) {
        SourceSpan first = spanAt(token.start());
        SourceSpan last = spanAt(token.end() - 1);
        return new SourceSpan(first.startLine(), first.startColumn(), last.endLine(), last.endColumn());
    }

    /** The words of a join, of which Calcite tells the place of the last. */
    SourceSpan joinSpan(SqlParserPos lastWord) {
        int end = offset(lastWord.getLineNum(), userColumn(lastWord.getLineNum(), lastWord.getColumnNum()));
        int index = 0;
        while (index < tokens.size() && tokens.get(index).start() < end) {
            index++;
        }
        int first = index;
        while (first > 0 && JOIN_WORDS.stream().anyMatch(tokens.get(first - 1)::isWord)) {
            first--;
        }
        SourceSpan last = span(lastWord);
        if (first == index) {
            return last;
        }
        SourceSpan start = spanAt(tokens.get(first).start());
        return new SourceSpan(start.startLine(), start.startColumn(), last.endLine(), last.endColumn());
    }

    /** Where the first parameter is; the beginning if there is none. */
    SourceSpan firstParameter() {
        return tokens.stream()
                .filter(t -> t.isSymbol('?'))
                .findFirst()
                .map(t -> spanAt(t.start()))
                .orElse(origin);
    }

    /** Where a quote begins that has no end. */
    Optional<SourceSpan> openQuote() {
        if (tokens.isEmpty()) {
            return Optional.empty();
        }
        Token last = tokens.get(tokens.size() - 1);
        boolean quote = last.kind() == Kind.STRING || last.kind() == Kind.QUOTED_NAME;
        boolean closed = last.text().length() > 1
                && last.text().charAt(last.text().length() - 1) == last.text().charAt(0);
        return quote && !closed ? Optional.of(spanAt(last.start())) : Optional.empty();
    }

    /** A word of the user's as an error quotes it: not at any length. */
    static String shown(String word) {
        String stripped = word.strip();
        return stripped.length() <= MAX_SHOWN ? stripped : stripped.substring(0, MAX_SHOWN) + "…";
    }

    /** What the user wrote behind a place that Calcite told. */
    String textAfter(SqlParserPos position) {
        int end =
                offset(position.getEndLineNum(), userColumn(position.getEndLineNum(), position.getEndColumnNum())) + 1;
        return text.substring(Math.min(end, text.length()));
    }

    /** The user's words between two places that Calcite told. */
    String textAt(SqlParserPos position) {
        int start = offset(position.getLineNum(), userColumn(position.getLineNum(), position.getColumnNum()));
        int end =
                offset(position.getEndLineNum(), userColumn(position.getEndLineNum(), position.getEndColumnNum())) + 1;
        return text.substring(Math.min(start, text.length()), Math.min(Math.max(start, end), text.length()));
    }

    /** Takes the quotes out of a column: Calcite counts tabs as one, as we do. */
    private int userColumn(int line, int column) {
        int lineStart = offset(line, 1);
        int user = column;
        int added = 0;
        for (Token name : quoted) {
            if (name.start() < lineStart) {
                continue;
            }
            int nameColumn = name.start() - lineStart + 1 + added;
            if (nameColumn >= column || text.substring(lineStart, name.start()).indexOf('\n') >= 0) {
                break;
            }
            // Within the name one quote is before the place, behind it two.
            int length = name.end() - name.start();
            user -= column > nameColumn + length + 1 ? 2 : 1;
            if (column == nameColumn + length + 1) {
                user--;
            }
            added += 2;
        }
        return Math.max(1, user);
    }

    private int offset(int line, int column) {
        int start = 0;
        for (int i = 1; i < line; i++) {
            int newLine = text.indexOf('\n', start);
            if (newLine < 0) {
                return text.length();
            }
            start = newLine + 1;
        }
        return start + Math.max(column, 1) - 1;
    }
}
