package io.thalweg.parser;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.parser.StatementTokens.Imbalance;
import io.thalweg.parser.grammar.ThalwegStatementParser;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;

/**
 * Says what is wrong with the tokens of a statement in words of SQL: what was found, what was expected, what was
 * meant.
 */
final class SyntaxErrorTranslator {
    private static final int MAX_SHOWN_LENGTH = 40;
    private static final Pattern CONTROL_CHARACTERS = Pattern.compile("\\p{Cntrl}");

    private final StatementTokens tokens;

    SyntaxErrorTranslator(StatementTokens tokens) {
        this.tokens = tokens;
    }

    /** Fails if there is nothing to parse. */
    void refuseEmpty() {
        Token first = tokens.get(0);
        if (isEnd(first)) {
            throw new ThalwegException(ErrorCode.SYNTAX_ERROR, "statement is empty").at(tokens.span(first));
        }
    }

    /** Fails if a bracket has no partner. To be called after parsing, which often knows a better reason. */
    void refuseImbalance() {
        tokens.imbalance().ifPresent(imbalance -> {
            throw unbalanced(imbalance);
        });
    }

    private ThalwegException unbalanced(Imbalance imbalance) {
        String bracket = '"' + imbalance.bracket().getText() + '"';
        return error(bracket + (imbalance.opening() ? " is never closed" : " closes nothing"), imbalance.bracket());
    }

    /** The error of a parse that failed. */
    ThalwegException translate(RecognitionException error) {
        Token found = error.getOffendingToken();
        Optional<Imbalance> cause = tokens.imbalance()
                .filter(imbalance -> imbalance.opening() ? isEnd(found) : imbalance.bracket() == found);
        if (cause.isPresent()) {
            return unbalanced(cause.get());
        }
        ExpectedTokens expected = ExpectedTokens.of(error);
        String phrase = expected.phrase();
        String message = "unexpected " + describe(found) + (phrase.isEmpty() ? "" : ", expected " + phrase);
        return hint(found, expected).map(error(message, found)::withHint).orElseGet(() -> error(message, found));
    }

    private ThalwegException error(String message, Token token) {
        return error(message, tokens.span(token));
    }

    /** A syntax error for a reason that the grammar cannot express. */
    static ThalwegException error(String message, SourceSpan span) {
        return new ThalwegException(ErrorCode.SYNTAX_ERROR, message).at(span);
    }

    private Optional<String> hint(Token found, ExpectedTokens expected) {
        if (tokens.startsAfterSemicolon(found)) {
            return Optional.of("Send one statement at a time.");
        }
        return switch (found.getType()) {
            case ThalwegStatementParser.CHECK,
                    ThalwegStatementParser.FOREIGN,
                    ThalwegStatementParser.REFERENCES,
                    ThalwegStatementParser.UNIQUE ->
                Optional.of("The only constraints are NOT NULL and, for a table, PRIMARY KEY.");
            case ThalwegStatementParser.IDENTIFIER -> meant(found, expected);
            default -> Keywords.isKeyword(found.getType()) ? hintForKeyword(found, expected) : Optional.empty();
        };
    }

    private static Optional<String> hintForKeyword(Token found, ExpectedTokens expected) {
        String quoted = '"' + found.getText().toLowerCase(Locale.ROOT) + '"';
        return expected.includesName()
                ? Optional.of("To use a keyword as a name, quote it: " + quoted + ".")
                : meant(found, expected);
    }

    private static Optional<String> meant(Token found, ExpectedTokens expected) {
        return NearMiss.nearest(found.getText().toUpperCase(Locale.ROOT), expected.keywords())
                .map(word -> "Did you mean " + word + "?");
    }

    private static boolean isEnd(Token token) {
        return token.getType() == Token.EOF || token.getType() == ThalwegStatementParser.SEMICOLON;
    }

    private static String describe(Token token) {
        if (isEnd(token)) {
            return "end of statement";
        }
        String text = CONTROL_CHARACTERS.matcher(token.getText()).replaceAll(" ");
        String shown = text.length() <= MAX_SHOWN_LENGTH ? text : shortened(text);
        return switch (token.getType()) {
            case ThalwegStatementParser.STRING -> "string " + shown;
            case ThalwegStatementParser.QUOTED_IDENTIFIER -> "name " + shown;
            case ThalwegStatementParser.INTEGER, ThalwegStatementParser.DECIMAL -> "number " + shown;
            default -> '"' + shown + '"';
        };
    }

    private static String shortened(String text) {
        int end =
                Character.isHighSurrogate(text.charAt(MAX_SHOWN_LENGTH - 1)) ? MAX_SHOWN_LENGTH - 1 : MAX_SHOWN_LENGTH;
        return text.substring(0, end).stripTrailing() + "…";
    }
}
