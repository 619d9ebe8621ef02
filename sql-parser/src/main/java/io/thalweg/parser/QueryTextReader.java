package io.thalweg.parser;

import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.parser.ast.EmitClause;
import io.thalweg.parser.ast.QueryText;
import io.thalweg.parser.grammar.ThalwegStatementParser;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/**
 * Cuts a query out of a statement. What is ours and not standard SQL, the {@code EMIT} clause at the end and the word
 * {@code STREAM} after {@code SELECT}, is overwritten with spaces; both count only outside brackets. All these words
 * may also be names, so a word is ours only where the words around it leave no other reading.
 */
final class QueryTextReader {
    private static final List<String> EMIT_WORDS = List.of("CHANGES", "FINAL");

    private final StatementTokens tokens;
    private final SourceText source;

    QueryTextReader(StatementTokens tokens) {
        this.tokens = tokens;
        this.source = tokens.source();
    }

    /** The text of a part of a statement that has no {@code EMIT} clause. */
    QueryText plain(ParserRuleContext context) {
        int from = context.getStart().getStartIndex();
        int to = context.getStop().getStopIndex() + 1;
        return new QueryText(source.slice(from, to), source.span(from, to), EmitClause.NONE);
    }

    /** The text of a query without its {@code EMIT} clause. */
    QueryText query(ParserRuleContext context) {
        int first = context.getStart().getTokenIndex();
        int last = context.getStop().getTokenIndex();
        Cut cut = new Cut(plain(context), context.getStart().getStartIndex());
        int depth = 0;
        for (int index = first; index <= last; index++) {
            depth += depthChange(tokens.get(index).getType());
            if (depth == 0 && isStreamKeyword(index, last)) {
                cut.blank(tokens.get(index), tokens.get(index), EmitClause.CHANGES);
            } else if (depth == 0 && index > first && type(index) == ThalwegStatementParser.EMIT) {
                cutEmit(index, last, cut);
            }
        }
        return cut.query();
    }

    /** Whether a query is {@code VALUES} and rows in parentheses, and nothing else. */
    boolean isRowList(ParserRuleContext query) {
        int first = query.getStart().getTokenIndex();
        int last = query.getStop().getTokenIndex();
        if (type(first) != ThalwegStatementParser.VALUES) {
            return false;
        }
        int depth = 0;
        for (int index = first + 1; index <= last; index++) {
            boolean isRowBoundary =
                    type(index) == ThalwegStatementParser.LEFT_PAREN || type(index) == ThalwegStatementParser.COMMA;
            if (depth == 0 && !isRowBoundary) {
                return false;
            }
            depth += depthChange(type(index));
        }
        return true;
    }

    private static int depthChange(int type) {
        return switch (type) {
            case ThalwegStatementParser.LEFT_PAREN,
                    ThalwegStatementParser.LEFT_SQUARE,
                    ThalwegStatementParser.LEFT_BRACE -> 1;
            case ThalwegStatementParser.RIGHT_PAREN,
                    ThalwegStatementParser.RIGHT_SQUARE,
                    ThalwegStatementParser.RIGHT_BRACE -> -1;
            default -> 0;
        };
    }

    private int type(int index) {
        return tokens.get(index).getType();
    }

    /** Whether this is the word of {@code SELECT STREAM x}, not the column of {@code SELECT stream FROM x}. */
    private boolean isStreamKeyword(int index, int last) {
        return index > 0
                && type(index) == ThalwegStatementParser.STREAM
                && type(index - 1) == ThalwegStatementParser.SELECT
                && index < last
                && beginsSelectItem(tokens.get(index + 1));
    }

    private static boolean beginsSelectItem(Token token) {
        return switch (token.getType()) {
            case ThalwegStatementParser.COMMA,
                    ThalwegStatementParser.DOT,
                    ThalwegStatementParser.FROM,
                    ThalwegStatementParser.AS,
                    ThalwegStatementParser.IS,
                    ThalwegStatementParser.IN,
                    ThalwegStatementParser.LIKE,
                    ThalwegStatementParser.OR,
                    ThalwegStatementParser.EMIT,
                    ThalwegStatementParser.EQUAL,
                    ThalwegStatementParser.LESS,
                    ThalwegStatementParser.GREATER,
                    ThalwegStatementParser.LEFT_SQUARE,
                    ThalwegStatementParser.RIGHT_PAREN -> false;
            case ThalwegStatementParser.OPERATOR ->
                token.getText().equals("*") || token.getText().equals("?");
            default -> true;
        };
    }

    private void cutEmit(int index, int last, Cut cut) {
        int clauseEnd = emitClauseEnd(index, last);
        if (clauseEnd == index) {
            refuseBrokenEmit(index, last);
        } else if (clauseEnd < last) {
            throw SyntaxErrorTranslator.error("the EMIT clause is not at the end of its query", span(index, clauseEnd))
                    .withHint("Move it behind everything else.");
        } else {
            boolean isChanges = type(index + 1) == ThalwegStatementParser.CHANGES;
            cut.blank(tokens.get(index), tokens.get(last), isChanges ? EmitClause.CHANGES : EmitClause.FINAL);
        }
    }

    /** The last token of the clause that begins here, or the first if it is none. */
    private int emitClauseEnd(int index, int last) {
        int left = last - index;
        if (left >= 1
                && (type(index + 1) == ThalwegStatementParser.CHANGES
                        || type(index + 1) == ThalwegStatementParser.FINAL)) {
            return index + 1;
        }
        boolean isWindowClose = left >= 3
                && type(index + 1) == ThalwegStatementParser.ON
                && type(index + 2) == ThalwegStatementParser.WINDOW
                && type(index + 3) == ThalwegStatementParser.CLOSE;
        return isWindowClose ? index + 3 : index;
    }

    /** Refuses a clause that was misspelt or not finished, which would otherwise be read as an alias. */
    private void refuseBrokenEmit(int index, int last) {
        int left = last - index;
        boolean unfinished = (left == 1 || left == 2)
                && type(index + 1) == ThalwegStatementParser.ON
                && (left == 1 || type(index + 2) == ThalwegStatementParser.WINDOW);
        if (unfinished) {
            throw SyntaxErrorTranslator.error(
                    "unexpected end of statement, expected EMIT ON WINDOW CLOSE", span(index, last));
        }
        if (left == 1 && type(last) == ThalwegStatementParser.IDENTIFIER) {
            String word = tokens.get(last).getText();
            NearMiss.nearest(word.toUpperCase(Locale.ROOT), EMIT_WORDS).ifPresent(meant -> {
                throw misspelt(word, meant, last);
            });
        }
    }

    private ThalwegException misspelt(String word, String meant, int index) {
        return SyntaxErrorTranslator.error(
                        "unexpected \"" + word + "\", expected CHANGES, FINAL or ON", span(index, index))
                .withHint("Did you mean EMIT " + meant + "?");
    }

    private SourceSpan span(int firstToken, int lastToken) {
        return source.span(
                tokens.get(firstToken).getStartIndex(), tokens.get(lastToken).getStopIndex() + 1);
    }

    /** A query while words are cut out of it. */
    private final class Cut {
        private final QueryText original;
        private final int offset;
        private final StringBuilder text;
        private EmitClause emit = EmitClause.NONE;

        Cut(QueryText original, int offset) {
            this.original = original;
            this.offset = offset;
            this.text = new StringBuilder(original.text());
        }

        /** Overwrites the tokens, save for line breaks between them. */
        void blank(Token first, Token last, EmitClause meaning) {
            int from = first.getStartIndex();
            int to = last.getStopIndex() + 1;
            if (emit != EmitClause.NONE && emit != meaning) {
                throw SyntaxErrorTranslator.error(
                        "SELECT STREAM and EMIT FINAL exclude each other", source.span(from, to));
            }
            for (int index = from - offset; index < to - offset; index++) {
                char character = text.charAt(index);
                text.setCharAt(index, character == '\n' || character == '\r' ? character : ' ');
            }
            emit = meaning;
        }

        QueryText query() {
            return emit == EmitClause.NONE ? original : new QueryText(text.toString(), original.span(), emit);
        }
    }
}
