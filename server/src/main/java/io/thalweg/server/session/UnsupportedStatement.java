package io.thalweg.server.session;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;

/** Says of a statement that the language has it and this version does not. */
final class UnsupportedStatement {
    private UnsupportedStatement() {}

    static ThalwegException of(String statement, SourceSpan span) {
        return new ThalwegException(ErrorCode.FEATURE_NOT_SUPPORTED, statement + " is not supported yet").at(span);
    }
}
