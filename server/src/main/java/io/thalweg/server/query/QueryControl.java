package io.thalweg.server.query;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stops one query from outside. The query asks {@link #check()} often and never blocks without a wake-up that was
 * registered here. Thread-safe; the first reason counts.
 */
public final class QueryControl implements StopCheck {
    private final List<Runnable> wakeUps = new ArrayList<>();
    // Written once under this object's lock, read by the query's thread without it.
    private volatile @Nullable ThalwegException reason;

    /** Makes {@link #check()} fail with this code from now on. Never blocks. */
    public void cancel(ErrorCode code) {
        cancel(new ThalwegException(code, message(code)));
    }

    /** Makes {@link #check()} fail with this error from now on. Never blocks. */
    public void cancel(ThalwegException error) {
        List<Runnable> toWake;
        synchronized (this) {
            if (reason != null) {
                return;
            }
            reason = error;
            toWake = List.copyOf(wakeUps);
        }
        toWake.forEach(Runnable::run);
    }

    private static String message(ErrorCode code) {
        return switch (code) {
            case QUERY_TIMEOUT -> "the query ran longer than its timeout";
            case SERVER_SHUTTING_DOWN -> "the server is shutting down";
            case CONNECTION_LOST -> "the connection of the query was lost";
            default -> "the query was canceled";
        };
    }

    /** Registers what to run when the query is cancelled; it runs at once if that has happened already. */
    public void onCancel(Runnable wakeUp) {
        synchronized (this) {
            if (reason == null) {
                wakeUps.add(wakeUp);
                return;
            }
        }
        wakeUp.run();
    }

    public boolean isCanceled() {
        return reason != null;
    }

    /** Throws the reason if the query was cancelled. */
    @Override
    public void check() {
        ThalwegException error = reason;
        if (error != null) {
            // A fresh copy, since several threads may throw it and each fills in its own trace.
            ThalwegException copy = new ThalwegException(error.code(), error.message(), error);
            throw error.hint().isPresent() ? copy.withHint(error.hint().get()) : copy;
        }
    }
}
