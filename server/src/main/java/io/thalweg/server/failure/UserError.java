package io.thalweg.server.failure;

import io.thalweg.model.error.ErrorCategory;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever can be thrown into an error that a user may see. */
public final class UserError {
    private static final Logger LOG = LoggerFactory.getLogger(UserError.class);

    private UserError() {}

    /** The error to show for a statement. */
    public static ThalwegException of(Throwable failure) {
        return of("a statement", failure);
    }

    /**
     * The error to show. One that nobody foresaw goes to the log with its trace, and to the user without it.
     *
     * @param what failed, for the log
     */
    public static ThalwegException of(String what, Throwable failure) {
        if (failure instanceof ThalwegException known) {
            if (known.code().category() == ErrorCategory.INTERNAL) {
                LOG.error("{} failed for a reason that is a defect of Thalweg", what, known);
            }
            return known;
        }
        if (failure instanceof StackOverflowError) {
            return new ThalwegException(ErrorCode.STATEMENT_TOO_COMPLEX, "the statement is nested too deeply", failure);
        }
        if (failure instanceof OutOfMemoryError) {
            LOG.warn("{} failed for want of memory", what);
            return new ThalwegException(
                    ErrorCode.OUT_OF_MEMORY, "the server has no memory left for the statement", failure);
        }
        LOG.error("{} failed for a reason that is a defect of Thalweg", what, failure);
        return new ThalwegException(ErrorCode.INTERNAL_ERROR, "internal error of the server", failure)
                .withHint("This is a defect of Thalweg. The server's log has the details.");
    }
}
