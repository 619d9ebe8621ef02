package io.thalweg.shell.text;

import io.thalweg.jdbc.ErrorDetail;
import io.thalweg.model.error.SourceSpan;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What a user is told about an error.
 *
 * @param sqlState the SQLSTATE, or empty
 * @param span the place in the statement
 * @param hint a sentence that tells what to do
 */
public record ErrorDetails(String message, String sqlState, Optional<SourceSpan> span, Optional<String> hint) {
    /** The details that an exception carries. */
    public static ErrorDetails of(SQLException failure) {
        String state = failure.getSQLState();
        String message = failure.getMessage();
        Optional<ErrorDetail> detail = ErrorDetail.of(failure);
        return new ErrorDetails(
                detail.map(ErrorDetail::message)
                        .orElse(message == null ? "the statement failed without a message" : message),
                state == null ? "" : state,
                detail.flatMap(ErrorDetail::span),
                detail.flatMap(ErrorDetail::hint));
    }

    /** The same error with a sentence that tells what to do. */
    public ErrorDetails withHint(String sentence) {
        return new ErrorDetails(message, sqlState, span, Optional.of(sentence));
    }

    /** An error of the shell itself. */
    public static ErrorDetails of(String message, String hint) {
        return new ErrorDetails(message, "", Optional.empty(), Optional.of(hint));
    }
}
