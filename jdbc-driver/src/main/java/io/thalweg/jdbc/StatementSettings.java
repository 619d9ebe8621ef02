package io.thalweg.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a statement remembers for its next execution, and the warnings of the last one. */
abstract class StatementSettings implements Statement, Unwrapping {
    private int fetchSize;
    private long maxRows;
    private int maxFieldSize;
    private int queryTimeoutSeconds;
    private boolean poolable;
    private @Nullable SQLWarning warnings;

    StatementSettings(int fetchSize) {
        this.fetchSize = fetchSize;
    }

    /** Throws if the statement or its connection is closed. */
    abstract void checkOpen() throws SQLException;

    final long timeoutMillis() {
        return TimeUnit.SECONDS.toMillis(queryTimeoutSeconds);
    }

    final void addWarning(String message) {
        SQLWarning warning = new SQLWarning(message, "01000");
        if (warnings == null) {
            warnings = warning;
        } else {
            warnings.setNextWarning(warning);
        }
    }

    @Override
    public final int getFetchSize() throws SQLException {
        checkOpen();
        return fetchSize;
    }

    /** The most rows in one message; 0 lets the server choose. Rows are sent as they come, whatever is set here. */
    @Override
    public final void setFetchSize(int rows) throws SQLException {
        checkOpen();
        fetchSize = (int) notNegative("fetch size", rows);
    }

    @Override
    public final int getMaxRows() throws SQLException {
        checkOpen();
        return (int) Math.min(maxRows, Integer.MAX_VALUE);
    }

    /** After so many rows a result ends, without waiting for another one; 0 for no limit. */
    @Override
    public final void setMaxRows(int max) throws SQLException {
        setLargeMaxRows(max);
    }

    @Override
    public final long getLargeMaxRows() throws SQLException {
        checkOpen();
        return maxRows;
    }

    @Override
    public final void setLargeMaxRows(long max) throws SQLException {
        checkOpen();
        maxRows = notNegative("row limit", max);
    }

    @Override
    public final int getMaxFieldSize() throws SQLException {
        checkOpen();
        return maxFieldSize;
    }

    /** Remembered, but values are never cut short. */
    @Override
    public final void setMaxFieldSize(int max) throws SQLException {
        checkOpen();
        maxFieldSize = (int) notNegative("field size limit", max);
        if (max > 0) {
            addWarning("values are returned whole, whatever the field size limit");
        }
    }

    @Override
    public final int getQueryTimeout() throws SQLException {
        checkOpen();
        return queryTimeoutSeconds;
    }

    /**
     * How long a statement may take to be done or to show its first row, and how long {@code next()} waits for a row of an
     * endless result; 0 for no limit. After that the query is stopped with SQLSTATE 57014.
     */
    @Override
    public final void setQueryTimeout(int seconds) throws SQLException {
        checkOpen();
        queryTimeoutSeconds = (int) notNegative("query timeout", seconds);
    }

    @Override
    public final @Nullable SQLWarning getWarnings() throws SQLException {
        checkOpen();
        return warnings;
    }

    @Override
    public final void clearWarnings() throws SQLException {
        checkOpen();
        warnings = null;
    }

    /** Accepted: JDBC escapes are part of the language that the server reads, so there is nothing to switch. */
    @Override
    public final void setEscapeProcessing(boolean enable) throws SQLException {
        checkOpen();
    }

    @Override
    public final void setCursorName(String name) throws SQLException {
        throw SqlErrors.unsupported("there are no positioned updates, so cursors have no names");
    }

    @Override
    public final void setFetchDirection(int direction) throws SQLException {
        checkOpen();
        if (direction != ResultSet.FETCH_FORWARD) {
            throw SqlErrors.unsupported("result sets are fetched forward only");
        }
    }

    @Override
    public final int getFetchDirection() throws SQLException {
        checkOpen();
        return ResultSet.FETCH_FORWARD;
    }

    @Override
    public final int getResultSetConcurrency() throws SQLException {
        checkOpen();
        return ResultSet.CONCUR_READ_ONLY;
    }

    @Override
    public final int getResultSetType() throws SQLException {
        checkOpen();
        return ResultSet.TYPE_FORWARD_ONLY;
    }

    @Override
    public final int getResultSetHoldability() throws SQLException {
        checkOpen();
        return ResultSet.HOLD_CURSORS_OVER_COMMIT;
    }

    @Override
    public final boolean isPoolable() throws SQLException {
        checkOpen();
        return poolable;
    }

    @Override
    public final void setPoolable(boolean newPoolable) throws SQLException {
        checkOpen();
        poolable = newPoolable;
    }

    private static long notNegative(String what, long value) throws SQLException {
        if (value < 0) {
            throw SqlErrors.argument(what + " " + value + " is negative");
        }
        return value;
    }
}
