package io.thalweg.server.session;

import io.thalweg.model.error.ErrorCategory;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever a statement can throw into an error that a user may see. */
public final class UserError {
    private static final Logger LOG = LoggerFactory.getLogger(UserError.class);

    private UserError() {}

    /** The error to show. One that nobody foresaw goes to the log with its trace, and to the user without it. */
    public static ThalwegException of(Throwable failure) {
        if (failure instanceof ThalwegException known) {
            if (known.code().category() == ErrorCategory.INTERNAL) {
                LOG.error("a statement failed for a reason that is a defect of Thalweg", known);
            }
            return known;
        }
        if (failure instanceof StackOverflowError) {
            return new ThalwegException(ErrorCode.STATEMENT_TOO_COMPLEX, "the statement is nested too deeply", failure);
        }
        if (failure instanceof OutOfMemoryError) {
            return new ThalwegException(
                    ErrorCode.OUT_OF_MEMORY, "the server has no memory left for the statement", failure);
        }
        LOG.error("a statement failed for a reason that is a defect of Thalweg", failure);
        return new ThalwegException(ErrorCode.INTERNAL_ERROR, "internal error of the server", failure)
                .withHint("This is a defect of Thalweg. The server's log has the details.");
    }
}
