package io.thalweg.shell.session;

import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Lets another thread, the one that sees Ctrl-C, stop the statement that runs now. Thread-safe. */
public final class Cancellation {
    private static final String CANCELED = "57014";

    // Both are guarded by this object.
    private @Nullable Statement running;
    private boolean requested;

    synchronized void begin(Statement statement) {
        running = statement;
        requested = false;
    }

    synchronized void end() {
        running = null;
    }

    /** Whether the statement that runs, or ran last, was asked to stop. */
    synchronized boolean isRequested() {
        return requested;
    }

    /** Whether a statement failed because it was asked to stop. */
    boolean isCauseOf(SQLException failure) {
        return isRequested() && CANCELED.equals(failure.getSQLState());
    }

    /**
     * Asks the running statement to stop; nothing happens if none runs. Asked a second time, it does not wait for the
     * server to agree, and gives the connection up.
     */
    public void request() {
        Statement statement;
        boolean again;
        synchronized (this) {
            statement = running;
            again = requested;
            requested = true;
        }
        if (statement != null) {
            cancel(statement, again);
        }
    }

    private static void cancel(Statement statement, boolean again) {
        try {
            if (again) {
                statement.getConnection().close();
            } else {
                statement.cancel();
            }
        } catch (SQLException failure) {
            // The statement has just ended, or its connection is gone: the thread that runs it will see that itself.
        }
    }
}
