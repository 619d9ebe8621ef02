package io.thalweg.parser;

import io.thalweg.parser.grammar.ThalwegStatementLexer;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;

/**
 * Cuts a script into statements at the semicolons that stand outside of strings, quoted names and comments. Takes
 * time in proportion to the script; there is no limit to its length, nor do the statements have to be right.
 */
public final class StatementSplitter {
    private final SourceText source;
    private final List<ScriptStatement> statements = new ArrayList<>();
    private int start = -1;
    private int end;

    private StatementSplitter(String script) {
        this.source = new SourceText(script);
    }

    /** The statements of a script in order; empty ones are left out. */
    public static Script split(String script) {
        return new StatementSplitter(script).read();
    }

    private Script read() {
        ThalwegStatementLexer lexer = StatementTokens.lexer(source.text());
        ScriptEnd scriptEnd = ScriptEnd.COMPLETE;
        for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
            scriptEnd = endAfter(token.getType());
            if (token.getType() == ThalwegStatementLexer.SEMICOLON) {
                finishStatement(true);
            } else if (token.getType() != ThalwegStatementLexer.UNTERMINATED_COMMENT) {
                extendStatement(token);
            }
        }
        finishStatement(false);
        return new Script(statements, scriptEnd);
    }

    private static ScriptEnd endAfter(int type) {
        return switch (type) {
            case ThalwegStatementLexer.SEMICOLON -> ScriptEnd.COMPLETE;
            case ThalwegStatementLexer.UNTERMINATED_STRING -> ScriptEnd.IN_STRING;
            case ThalwegStatementLexer.UNTERMINATED_IDENTIFIER -> ScriptEnd.IN_QUOTED_NAME;
            case ThalwegStatementLexer.UNTERMINATED_COMMENT -> ScriptEnd.IN_COMMENT;
            default -> ScriptEnd.NO_SEMICOLON;
        };
    }

    private void extendStatement(Token token) {
        if (start < 0) {
            start = token.getStartIndex();
        }
        end = token.getStopIndex() + 1;
    }

    private void finishStatement(boolean terminated) {
        if (start >= 0) {
            statements.add(new ScriptStatement(source.slice(start, end), start, source.span(start, end), terminated));
            start = -1;
        }
    }
}
