package io.thalweg.planner.query;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.planner.query.TextScanner.Kind;
import io.thalweg.planner.query.TextScanner.Token;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Tells what the parser stumbled over: the word in the user's text, and not the hundred words it would have liked. */
final class SyntaxErrors {
    private static final Pattern LEXICAL = Pattern.compile("Lexical error at line (\\d+), column (\\d+)");
    private static final Pattern PLACE = Pattern.compile("at line (\\d+), column (\\d+)");
    private static final Pattern LITERAL =
            Pattern.compile("(?s).*Illegal (DATE|TIME|TIMESTAMP) literal '?([^':]*)'?.*");
    /** Keywords that nobody means as a name: what is wrong there is something else. */
    private static final Set<String> NEVER_NAMES = Set.of(
            "FROM", "WHERE", "AND", "OR", "NOT", "IS", "NULL", "AS", "ON", "BY", "JOIN", "HAVING", "UNION", "TRUE",
            "FALSE", "IN", "LIKE", "BETWEEN");
    /** What follows a column rather than the first word of a clause. */
    private static final Pattern LIKE_A_NAME = Pattern.compile(
            "\\s*(?:[,)=<>.|!]|[-+*/]\\s|(?:FROM|AS|IS|IN|LIKE|BETWEEN|AND|OR|DESC|ASC|ON)\\b|$)",
            Pattern.CASE_INSENSITIVE);

    private SyntaxErrors() {}

    static ThalwegException translate(SqlParseException error, SourceText source) {
        String message = String.valueOf(error.getMessage());
        Matcher literal = LITERAL.matcher(message);
        SqlParserPos position = positionOf(error, message);
        SourceSpan span = source.span(position);
        if (literal.matches()) {
            return new ThalwegException(
                            ErrorCode.DATETIME_FORMAT,
                            "text '" + literal.group(2).strip() + "' is not a " + literal.group(1),
                            error)
                    .at(span)
                    .withHint("The format is 2001-12-31 for a DATE, 23:59:59 for a TIME, and both for a TIMESTAMP.");
        }
        Optional<SourceSpan> openQuote = source.openQuote();
        if (openQuote.isPresent()) {
            return new ThalwegException(ErrorCode.SYNTAX_ERROR, "this quote is not closed", error).at(openQuote.get());
        }
        String word = SourceText.shown(source.textAt(position));
        if (word.isBlank() || message.lines().findFirst().orElse("").contains("<EOF>")) {
            return new ThalwegException(ErrorCode.SYNTAX_ERROR, "the query ends too early", error).at(span);
        }
        ThalwegException near = new ThalwegException(
                        ErrorCode.SYNTAX_ERROR, "syntax error at \"" + word.strip() + "\"", error)
                .at(span);
        String rest = source.textAfter(position);
        if (rest.isBlank() && message.startsWith("Incorrect syntax near the keyword")) {
            return new ThalwegException(
                            ErrorCode.SYNTAX_ERROR, "the query ends too early after \"" + word.strip() + "\"", error)
                    .at(span);
        }
        return reservedName(source, position)
                .map(name -> new ThalwegException(
                                ErrorCode.SYNTAX_ERROR, "syntax error at \"" + name.text() + "\"", error)
                        .at(source.span(name))
                        .withHint(name.text() + " is a reserved word; quote it: \""
                                + name.text().toLowerCase(Locale.ROOT) + "\""))
                .orElse(near);
    }

    /** The keyword that was used like a name: the word that the parser stopped at, or the one behind it. */
    private static Optional<Token> reservedName(SourceText source, SqlParserPos position) {
        return source.tokensFrom(position).stream()
                .limit(2)
                .filter(token -> token.kind() == Kind.WORD)
                .filter(token -> isReservedName(token, source.text()))
                .findFirst();
    }

    private static boolean isReservedName(Token token, String text) {
        String word = token.text().toUpperCase(Locale.ROOT);
        return !NEVER_NAMES.contains(word)
                && SqlTextParser.isReserved(word)
                && LIKE_A_NAME.matcher(text.substring(token.end())).lookingAt();
    }

    private static SqlParserPos positionOf(SqlParseException error, String message) {
        Matcher lexical = LEXICAL.matcher(message);
        if (lexical.find()) {
            return new SqlParserPos(Integer.parseInt(lexical.group(1)), Integer.parseInt(lexical.group(2)));
        }
        SqlParserPos known = error.getPos();
        if (known != null) {
            return known;
        }
        Matcher place = PLACE.matcher(message);
        return place.find()
                ? new SqlParserPos(Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2)))
                : new SqlParserPos(1, 1);
    }
}
