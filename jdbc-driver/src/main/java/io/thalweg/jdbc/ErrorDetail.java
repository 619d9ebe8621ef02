package io.thalweg.jdbc;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.SourceSpan;
import io.thalweg.model.error.ThalwegException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link java.sql.SQLException} of this driver tells beside message and SQLSTATE. The exceptions have the classes
 * that JDBC wants, so the details are not on them but found through them: {@code ErrorDetail.of(exception)}.
 *
 * @param message without the place, which the message of the exception has at its end
 * @param span the place in the text of the statement
 * @param hint a sentence that tells what to do
 */
public record ErrorDetail(ErrorCode code, String message, Optional<SourceSpan> span, Optional<String> hint) {
    private static final int MAX_CAUSES = 16;

    /** The details of an exception or of one of its causes, if Thalweg told any. */
    public static Optional<ErrorDetail> of(Throwable exception) {
        @Nullable Throwable candidate = exception;
        for (int depth = 0; candidate != null && depth < MAX_CAUSES; depth++) {
            if (candidate instanceof ThalwegException error) {
                return Optional.of(new ErrorDetail(error.code(), error.message(), error.span(), error.hint()));
            }
            candidate = candidate.getCause();
        }
        return Optional.empty();
    }
}
