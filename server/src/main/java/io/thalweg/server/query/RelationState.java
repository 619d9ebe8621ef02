package io.thalweg.server.query;

import io.thalweg.model.error.ErrorCategory;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far a relation of the domain is: it is built, then kept up to date, until it fails for good. Thread-safe. */
final class RelationState {
    private final String title;
    // Each is written once, and read by any thread.
    private volatile boolean current;
    private volatile @Nullable ThalwegException failure;

    /** @param title the kind and name of the relation */
    RelationState(String title) {
        this.title = title;
    }

    /** It has caught up. */
    void becomeCurrent() {
        current = true;
    }

    /** It can no longer be kept up to date. */
    void fail(ThalwegException reason) {
        failure = reason;
    }

    Optional<ThalwegException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Whether somebody ended it, by a drop or by closing the server, so that it has not failed by itself. */
    boolean isStopped() {
        ThalwegException reason = failure;
        return reason != null
                && (reason.code() == ErrorCode.SERVER_SHUTTING_DOWN || reason.code() == ErrorCode.UNDEFINED_OBJECT);
    }

    /** What readers of the relation are told after it has failed: damage and failures of the disk keep their code. */
    Optional<ThalwegException> failureForReaders() {
        return failure()
                .map(reason -> isStopped()
                        ? reason
                        : new ThalwegException(
                                reason.code().category() == ErrorCategory.EXTERNAL
                                        ? reason.code()
                                        : ErrorCode.QUERY_FAILED,
                                title + " has failed: " + reason.message(),
                                reason));
    }

    /** The word that SYS.QUERIES has for it. */
    String word() {
        return failure != null ? "FAILED" : current ? "RUNNING" : "BUILDING";
    }
}
