package io.thalweg.parser;

import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.InputMismatchException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.ATNState;
import org.antlr.v4.runtime.misc.IntervalSet;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Stops at the first error, and knows at that point everything that could have stood there. The parser leaves an
 * optional part as soon as the next token does not begin it; here the first such exit at a token is remembered,
 * because the error that shows up later knows only what follows all of them.
 */
final class FirstErrorStrategy extends DefaultErrorStrategy {
    private @Nullable ParserRuleContext exitContext;
    private int exitState = ATNState.INVALID_STATE_NUMBER;
    private int exitIndex = -1;

    @Override
    public void sync(Parser recognizer) {
        ATNState state = recognizer.getATN().states.get(recognizer.getState());
        IntervalSet next = recognizer.getATN().nextTokens(state);
        int index = recognizer.getInputStream().index();
        if (next.contains(recognizer.getInputStream().LA(1))) {
            return;
        }
        if (!next.contains(Token.EPSILON)) {
            throw mismatch(recognizer);
        }
        if (exitIndex != index) {
            exitContext = recognizer.getContext();
            exitState = recognizer.getState();
            exitIndex = index;
        }
    }

    @Override
    public Token recoverInline(Parser recognizer) {
        throw mismatch(recognizer);
    }

    private ParseCancellationException mismatch(Parser recognizer) {
        boolean leftSomethingHere = exitIndex == recognizer.getInputStream().index();
        return new ParseCancellationException(
                leftSomethingHere
                        ? new InputMismatchException(recognizer, exitState, exitContext)
                        : new InputMismatchException(recognizer));
    }

    @Override
    public void recover(Parser recognizer, RecognitionException error) {
        throw new ParseCancellationException(error);
    }

    @Override
    public void reportError(Parser recognizer, RecognitionException error) {}
}
