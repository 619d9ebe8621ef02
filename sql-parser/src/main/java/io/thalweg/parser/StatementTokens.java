package io.thalweg.parser;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.parser.grammar.ThalwegStatementLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;

/**
 * The tokens of one statement, with what has to be known before they are parsed: that each is a token at all, that they
 * do not nest too deep, and whether their brackets match. White space and comments are not among them; the last is the
 * end of the text.
 */
final class StatementTokens {
    private final SourceText source;
    private final List<Token> tokens;
    private final Optional<Imbalance> imbalance;

    private StatementTokens(SourceText source, List<Token> tokens, Optional<Imbalance> imbalance) {
        this.source = source;
        this.tokens = tokens;
        this.imbalance = imbalance;
    }

    /** Reads all tokens of a text; fails at the first that is none and where the nesting gets too deep. */
    static StatementTokens read(SourceText source) {
        ThalwegStatementLexer lexer = lexer(source.text());
        List<Token> tokens = new ArrayList<>();
        NestingCheck nesting = new NestingCheck(source);
        Token token;
        do {
            token = lexer.nextToken();
            refuseFragment(source, token);
            nesting.accept(token);
            tokens.add(token);
        } while (token.getType() != Token.EOF);
        return new StatementTokens(source, tokens, nesting.imbalance());
    }

    static ThalwegStatementLexer lexer(String text) {
        ThalwegStatementLexer lexer = new ThalwegStatementLexer(new StatementCharStream(text));
        lexer.removeErrorListeners();
        return lexer;
    }

    private static void refuseFragment(SourceText source, Token token) {
        switch (token.getType()) {
            case ThalwegStatementLexer.UNTERMINATED_STRING -> throw unterminated(source, token, "string", "'");
            case ThalwegStatementLexer.UNTERMINATED_IDENTIFIER ->
                throw unterminated(source, token, "quoted name", "\"");
            case ThalwegStatementLexer.UNTERMINATED_COMMENT -> throw unterminated(source, token, "comment", "*/");
            case ThalwegStatementLexer.UNRECOGNIZED -> throw unrecognized(source, token);
            default -> {}
        }
    }

    private static ThalwegException unterminated(SourceText source, Token token, String kind, String end) {
        int start = token.getStartIndex();
        return new ThalwegException(ErrorCode.SYNTAX_ERROR, "the " + kind + " that begins here is never ended")
                .at(source.span(start, start + 1))
                .withHint("It ends with " + end + ".");
    }

    private static ThalwegException unrecognized(SourceText source, Token token) {
        String text = source.text();
        int start = token.getStartIndex();
        int codePoint = text.codePointAt(start);
        int end = Math.max(token.getStopIndex() + 1, start + Character.charCount(codePoint));
        ThalwegException error = new ThalwegException(
                        ErrorCode.SYNTAX_ERROR, "unexpected " + describe(text.substring(start, end), codePoint))
                .at(source.span(start, end));
        return switch (codePoint) {
            case '`' -> error.withHint("A name is quoted with \".");
            case '/' -> error.withHint("A comment begins with -- or stands between /* and */.");
            case '\u2018', '\u2019', '\u201C', '\u201D' ->
                error.withHint("A string is quoted with ', a name with \": the straight ones.");
            default -> Character.isSpaceChar(codePoint) ? error.withHint("Use an ordinary space.") : error;
        };
    }

    private static String describe(String text, int codePoint) {
        boolean visible = codePoint > ' ' && codePoint < 0x7F;
        return visible ? '"' + text + '"' : String.format(Locale.ROOT, "character U+%04X", codePoint);
    }

    SourceText source() {
        return source;
    }

    /** The first bracket without a partner, if there is one. */
    Optional<Imbalance> imbalance() {
        return imbalance;
    }

    Token get(int index) {
        return tokens.get(index);
    }

    /** A fresh stream for a parser. */
    CommonTokenStream stream() {
        return new CommonTokenStream(new ListTokenSource(tokens));
    }

    /** The place of a token; the end of the statement is the last character before it. */
    SourceSpan span(Token token) {
        if (token.getType() != Token.EOF) {
            return source.span(token.getStartIndex(), token.getStopIndex() + 1);
        }
        int end = tokens.size() > 1 ? tokens.get(tokens.size() - 2).getStopIndex() + 1 : 1;
        return source.span(end - 1, end);
    }

    /** Whether the token begins what stands behind the semicolon of a statement. */
    boolean startsAfterSemicolon(Token token) {
        int index = token.getTokenIndex();
        return index > 0 && tokens.get(index - 1).getType() == ThalwegStatementLexer.SEMICOLON;
    }

    /** A bracket without a partner: one that closes nothing, or one that nothing closes. */
    record Imbalance(Token bracket, boolean opening) {}
}
