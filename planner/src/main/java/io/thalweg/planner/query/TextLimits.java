package io.thalweg.planner.query;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.planner.query.TextScanner.Kind;
import io.thalweg.planner.query.TextScanner.Token;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Refuses text that Calcite's parser, which takes quadratic time for a chain of operators and cannot be stopped, would
 * choke on. What it lets through is checked precisely after parsing.
 */
final class TextLimits {
    /** Operators in one chain without parentheses or commas. Generous, since a chain of clauses counts as one, too. */
    private static final int MAX_CHAIN = 5 * SyntaxGuard.MAX_CONDITIONS;
    /** Parentheses and CASEs inside each other. */
    private static final int MAX_DEPTH = 128;

    private static final Set<String> CHAINING = Set.of("AND", "OR", "NOT", "UNION", "JOIN", "LIKE");
    private static final Set<String> CHAIN_ENDS =
            Set.of("WHERE", "HAVING", "ON", "GROUP", "ORDER", "WHEN", "THEN", "ELSE");
    private static final String OPERATORS = "+-*/%|<>=";

    private final SourceText source;
    private final Deque<Integer> outerChains = new ArrayDeque<>();
    private int chain;
    private int cases;
    private boolean afterValue;

    private TextLimits(SourceText source) {
        this.source = source;
    }

    static void check(SourceText source, List<Token> tokens) {
        TextLimits limits = new TextLimits(source);
        tokens.forEach(limits::take);
    }

    private void take(Token token) {
        if (token.kind() == Kind.WORD) {
            word(token);
        } else if (token.kind() == Kind.SYMBOL) {
            symbol(token);
        } else {
            afterValue = true;
        }
    }

    private void word(Token token) {
        String word = token.text().toUpperCase(Locale.ROOT);
        if (CHAINING.contains(word)) {
            link(token);
        } else if (CHAIN_ENDS.contains(word)) {
            chain = 0;
        } else if (word.equals("CASE")) {
            cases++;
            checkDepth(token);
        } else if (word.equals("END") && cases > 0) {
            cases--;
        }
        afterValue = !CHAINING.contains(word);
    }

    private void symbol(Token token) {
        char symbol = token.text().charAt(0);
        if (symbol == '(' || symbol == '[') {
            outerChains.push(chain);
            chain = 0;
            checkDepth(token);
            afterValue = false;
        } else if (symbol == ')' || symbol == ']') {
            chain = outerChains.isEmpty() ? 0 : outerChains.pop();
            afterValue = true;
        } else if (symbol == ',') {
            chain = 0;
        } else if (OPERATORS.indexOf(symbol) >= 0) {
            boolean sign = symbol == '+' || symbol == '-';
            if (afterValue || sign) {
                link(token);
            }
            afterValue = false;
        } else {
            afterValue = true;
        }
    }

    private void checkDepth(Token token) {
        if (outerChains.size() + cases > MAX_DEPTH) {
            throw tooComplex("more than " + MAX_DEPTH + " parentheses and CASEs are nested", token);
        }
    }

    private void link(Token token) {
        if (++chain > MAX_CHAIN) {
            throw tooComplex("more than " + MAX_CHAIN + " operators follow each other without parentheses", token);
        }
    }

    private ThalwegException tooComplex(String message, Token token) {
        return new ThalwegException(ErrorCode.STATEMENT_TOO_COMPLEX, message).at(source.spanAt(token.start()));
    }
}
