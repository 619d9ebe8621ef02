package io.thalweg.parser;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.parser.ast.Statement;
import io.thalweg.parser.grammar.ThalwegStatementParser;
import io.thalweg.parser.grammar.ThalwegStatementParser.SingleStatementContext;
import java.nio.charset.StandardCharsets;
import org.antlr.v4.runtime.ANTLRErrorStrategy;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/**
 * Reads a statement. Queries and expressions inside it stay text. May be called from any thread; takes time and
 * memory in proportion to the text and a bounded stack.
 */
public final class StatementParser {
    /** The longest statement that is read, in bytes of UTF-8. */
    public static final int MAX_STATEMENT_BYTES = 1 << 20;

    private static final int MAX_BYTES_PER_CHAR = 3;

    private StatementParser() {}

    /**
     * Reads one statement, which a semicolon may follow.
     *
     * @throws ThalwegException if the text is no statement, is longer than {@link #MAX_STATEMENT_BYTES}, or nests too
     *     deep; always with a span inside the text, save for length
     */
    public static Statement parse(String sql) {
        refuseTooLong(sql);
        StatementTokens tokens = StatementTokens.read(new SourceText(sql));
        SyntaxErrorTranslator errors = new SyntaxErrorTranslator(tokens);
        errors.refuseEmpty();
        SingleStatementContext tree = tree(tokens, errors);
        errors.refuseImbalance();
        return new StatementBuilder(tokens).build(tree);
    }

    private static void refuseTooLong(String sql) {
        if (sql.length() <= MAX_STATEMENT_BYTES / MAX_BYTES_PER_CHAR) {
            return;
        }
        if (sql.length() > MAX_STATEMENT_BYTES || sql.getBytes(StandardCharsets.UTF_8).length > MAX_STATEMENT_BYTES) {
            throw new ThalwegException(
                            ErrorCode.STATEMENT_TOO_LONG, "statement is longer than " + MAX_STATEMENT_BYTES + " bytes")
                    .withHint("Send the rows of a large INSERT in several statements.");
        }
    }

    /**
     * Almost every statement passes with the cheap prediction; only one that does not is read again with the full
     * one.
     */
    private static SingleStatementContext tree(StatementTokens tokens, SyntaxErrorTranslator errors) {
        try {
            return tree(tokens, PredictionMode.SLL, new BailErrorStrategy());
        } catch (ParseCancellationException cheapPredictionFailed) {
            return exactTree(tokens, errors);
        }
    }

    private static SingleStatementContext exactTree(StatementTokens tokens, SyntaxErrorTranslator errors) {
        try {
            return tree(tokens, PredictionMode.LL, new FirstErrorStrategy());
        } catch (ParseCancellationException syntaxError) {
            if (syntaxError.getCause() instanceof RecognitionException cause) {
                throw errors.translate(cause);
            }
            throw syntaxError;
        }
    }

    private static SingleStatementContext tree(
            StatementTokens tokens, PredictionMode prediction, ANTLRErrorStrategy errorStrategy) {
        ThalwegStatementParser parser = new ThalwegStatementParser(tokens.stream());
        parser.removeErrorListeners();
        parser.setErrorHandler(errorStrategy);
        parser.getInterpreter().setPredictionMode(prediction);
        return parser.singleStatement();
    }
}
