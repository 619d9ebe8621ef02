package io.thalweg.parser;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.parser.StatementTokens.Imbalance;
import io.thalweg.parser.grammar.ThalwegStatementLexer;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/**
 * Counts how deep a statement nests, so that no recursive parser, ours or the planner's, meets a statement that could
 * exhaust its stack. Takes the tokens in order. Levels are brackets, {@code CASE … END}, the {@code <…>} of a nested
 * type and each prefix operator in a row of them. {@code CASE} and {@code <} may also be something else, so that only
 * brackets can be unbalanced.
 */
final class NestingCheck {
    static final int MAX_DEPTH = 128;

    private final SourceText source;
    private final Token[] open = new Token[MAX_DEPTH];
    private int depth;
    private int prefixes;
    private int previousType = Token.INVALID_TYPE;
    private @Nullable Imbalance closesNothing;

    NestingCheck(SourceText source) {
        this.source = source;
    }

    void accept(Token token) {
        int type = token.getType();
        switch (type) {
            case ThalwegStatementLexer.NOT, ThalwegStatementLexer.PLUS, ThalwegStatementLexer.MINUS -> prefixes++;
            default -> prefixes = 0;
        }
        if (depth + prefixes > MAX_DEPTH) {
            throw tooDeep(token);
        }
        switch (type) {
            case ThalwegStatementLexer.LEFT_PAREN,
                    ThalwegStatementLexer.LEFT_SQUARE,
                    ThalwegStatementLexer.LEFT_BRACE,
                    ThalwegStatementLexer.CASE -> push(token);
            case ThalwegStatementLexer.LESS -> {
                if (isGenericType(previousType)) {
                    push(token);
                }
            }
            case ThalwegStatementLexer.RIGHT_PAREN -> close(token, ThalwegStatementLexer.LEFT_PAREN);
            case ThalwegStatementLexer.RIGHT_SQUARE -> close(token, ThalwegStatementLexer.LEFT_SQUARE);
            case ThalwegStatementLexer.RIGHT_BRACE -> close(token, ThalwegStatementLexer.LEFT_BRACE);
            case ThalwegStatementLexer.END -> {
                dropWhile(ThalwegStatementLexer.LESS);
                popIf(ThalwegStatementLexer.CASE);
            }
            case ThalwegStatementLexer.GREATER -> popIf(ThalwegStatementLexer.LESS);
            default -> {}
        }
        previousType = type;
    }

    private static boolean isGenericType(int type) {
        return type == ThalwegStatementLexer.ARRAY
                || type == ThalwegStatementLexer.MAP
                || type == ThalwegStatementLexer.ROW
                || type == ThalwegStatementLexer.STRUCT;
    }

    private void push(Token token) {
        if (depth == MAX_DEPTH) {
            throw tooDeep(token);
        }
        open[depth++] = token;
    }

    private ThalwegException tooDeep(Token token) {
        return new ThalwegException(
                        ErrorCode.STATEMENT_TOO_COMPLEX, "statement nests deeper than " + MAX_DEPTH + " levels")
                .at(source.span(token.getStartIndex(), token.getStopIndex() + 1));
    }

    private void popIf(int type) {
        if (depth > 0 && open[depth - 1].getType() == type) {
            depth--;
        }
    }

    private void dropWhile(int type) {
        while (depth > 0 && open[depth - 1].getType() == type) {
            depth--;
        }
    }

    private void close(Token closing, int openingType) {
        dropOpenWords();
        if (depth > 0 && open[depth - 1].getType() == openingType) {
            depth--;
        } else if (closesNothing == null) {
            closesNothing = new Imbalance(closing, false);
        }
    }

    /** Forgets each {@code CASE} and {@code <} that was opened last: a bracket closes around them. */
    private void dropOpenWords() {
        while (depth > 0 && !isBracket(open[depth - 1])) {
            depth--;
        }
    }

    private static boolean isBracket(Token token) {
        return token.getType() != ThalwegStatementLexer.CASE && token.getType() != ThalwegStatementLexer.LESS;
    }

    /** What is unbalanced, once all tokens were seen. */
    Optional<Imbalance> imbalance() {
        if (closesNothing != null) {
            return Optional.of(closesNothing);
        }
        dropOpenWords();
        return depth > 0 ? Optional.of(new Imbalance(open[depth - 1], true)) : Optional.empty();
    }
}
