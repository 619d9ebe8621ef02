package io.thalweg.wire.message;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import java.util.Optional;

/**
 * An error as it travels. Number and SQLSTATE are both sent, so that a client can show an error that its version does not
 * know.
 *
 * @param code the number of an {@link ErrorCode}
 * @param span the place in the text of the statement
 */
public record WireError(int code, String sqlState, String message, Optional<SourceSpan> span, Optional<String> hint) {
    /** The error in the form that travels. */
    public static WireError of(ThalwegException error) {
        return new WireError(
                error.code().number(), error.code().sqlState(), error.message(), error.span(), error.hint());
    }

    /** The error in the form that is thrown; one that this version does not know tells its number in the message. */
    public ThalwegException toException() {
        ThalwegException exception = ErrorCode.ofNumber(code)
                .map(known -> new ThalwegException(known, message))
                .orElseGet(() -> new ThalwegException(
                        ErrorCode.INTERNAL_ERROR, message + " (error " + code + ", SQLSTATE " + sqlState + ")"));
        if (span.isPresent()) {
            exception = exception.at(span.get());
        }
        return hint.isPresent() ? exception.withHint(hint.get()) : exception;
    }
}
