package io.thalweg.jdbc;

import io.thalweg.jdbc.client.Deadline;
import io.thalweg.jdbc.client.FixedRows;
import io.thalweg.jdbc.client.RunningQuery;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.time.Clock;
import io.thalweg.model.type.RowType;
import io.thalweg.wire.message.Completed;
import io.thalweg.wire.message.ExecuteOptions;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A statement whose text is sent as it stands. It has at most one result at a time: a new execution closes the last one.
 * An endless query returns from {@code executeQuery} as soon as it runs, before it has rows.
 */
public class ThalwegStatement extends StatementSettings {
    /** How much longer than the server this side waits before it gives up on its own. */
    private static final long TIMEOUT_GRACE_MILLIS = 1_000;

    private final ThalwegConnection connection;
    private final List<String> batch = new ArrayList<>();
    private @Nullable ThalwegResultSet result;
    private long updateCount = Completed.NO_COUNT;
    private String info = "";
    private boolean closeOnCompletion;
    /** What {@link #cancel()} of another thread stops. */
    private volatile @Nullable RunningQuery running;
    /** The result that {@link #cancel()} of another thread stops. */
    private volatile @Nullable ThalwegResultSet cancelable;
    /** Set by any thread. */
    private volatile boolean closed;

    ThalwegStatement(ThalwegConnection connection) {
        super(connection.config().fetchSize());
        this.connection = connection;
    }

    /** What the server said about the last statement, for people: {@code created stream flights}; may be empty. */
    public final String info() {
        return info;
    }

    final ThalwegConnection connection() {
        return connection;
    }

    @Override
    final void checkOpen() throws SQLException {
        if (closed) {
            throw SqlErrors.closed("statement");
        }
        connection.checkOpen();
    }

    // Running.

    /** Starts a query and waits until it shows columns or is done. */
    final boolean run(Starter starter) throws SQLException {
        checkOpen();
        closeResult();
        clearWarnings();
        Clock clock = connection.session().clock();
        long timeoutMillis = timeoutMillis();
        Deadline network = Deadline.after(clock, connection.networkTimeoutMillis());
        Deadline firstRow = Deadline.after(clock, timeoutMillis);
        Deadline answer = timeoutMillis == 0 ? firstRow : Deadline.after(clock, timeoutMillis + TIMEOUT_GRACE_MILLIS);
        try {
            RunningQuery query = starter.start(options(timeoutMillis));
            running = query;
            if (query.awaitHeader(answer.earlier(network)).isPresent()) {
                ThalwegResultSet opened = new ThalwegResultSet(
                        this,
                        query,
                        clock,
                        new ThalwegResultSet.RowLimits(
                                getLargeMaxRows(),
                                getFetchSize(),
                                query.isEndless() ? firstRow : firstRow.earlier(network),
                                timeoutMillis,
                                connection.networkTimeoutMillis()));
                result = opened;
                cancelable = opened;
                return true;
            }
            query.completed().ifPresent(this::keep);
            return false;
        } catch (ThalwegException e) {
            throw SqlErrors.of(e.code() == ErrorCode.QUERY_TIMEOUT && network.hasPassed() ? giveUp(network) : e);
        } finally {
            running = null;
        }
    }

    private ThalwegException giveUp(Deadline network) {
        connection.session().abort();
        return new ThalwegException(
                ErrorCode.CONNECTION_LOST,
                "server did not answer within the network timeout of " + network.millis() + " ms");
    }

    private ExecuteOptions options(long timeoutMillis) throws SQLException {
        return new ExecuteOptions(
                getLargeMaxRows(),
                getFetchSize(),
                timeoutMillis,
                connection.config().prefetchFrames(),
                Map.of());
    }

    private void keep(Completed completed) {
        updateCount = Math.max(0, completed.updateCount());
        info = completed.info();
        completed.warnings().forEach(this::addWarning);
    }

    private void closeResult() throws SQLException {
        ThalwegResultSet open = result;
        result = null;
        cancelable = null;
        updateCount = Completed.NO_COUNT;
        info = "";
        if (open != null) {
            open.close();
        }
    }

    final ResultSet rowsOf(boolean hasRows) throws SQLException {
        ThalwegResultSet rows = result;
        if (!hasRows || rows == null) {
            throw SqlErrors.state("statement returned no rows; use executeUpdate or execute");
        }
        return rows;
    }

    final long countOf(boolean hasRows) throws SQLException {
        if (hasRows) {
            closeResult();
            throw SqlErrors.state("statement returned rows; use executeQuery or execute");
        }
        return updateCount;
    }

    static int narrow(long count) {
        return (int) Math.min(count, Integer.MAX_VALUE);
    }

    @Override
    public boolean execute(@Nullable String sql) throws SQLException {
        checkOpen();
        if (sql == null) {
            throw SqlErrors.noText();
        }
        return run(options -> connection.session().execute(sql, options));
    }

    @Override
    public ResultSet executeQuery(@Nullable String sql) throws SQLException {
        return rowsOf(execute(sql));
    }

    @Override
    public int executeUpdate(@Nullable String sql) throws SQLException {
        return narrow(executeLargeUpdate(sql));
    }

    @Override
    public long executeLargeUpdate(@Nullable String sql) throws SQLException {
        return countOf(execute(sql));
    }

    @Override
    public boolean execute(String sql, int generatedKeys) throws SQLException {
        checkGeneratedKeys(generatedKeys);
        return execute(sql);
    }

    @Override
    public int executeUpdate(String sql, int generatedKeys) throws SQLException {
        checkGeneratedKeys(generatedKeys);
        return executeUpdate(sql);
    }

    @Override
    public long executeLargeUpdate(String sql, int generatedKeys) throws SQLException {
        checkGeneratedKeys(generatedKeys);
        return executeLargeUpdate(sql);
    }

    @Override
    public boolean execute(String sql, int[] columns) throws SQLException {
        throw noGeneratedKeys();
    }

    @Override
    public boolean execute(String sql, String[] columns) throws SQLException {
        throw noGeneratedKeys();
    }

    @Override
    public int executeUpdate(String sql, int[] columns) throws SQLException {
        throw noGeneratedKeys();
    }

    @Override
    public int executeUpdate(String sql, String[] columns) throws SQLException {
        throw noGeneratedKeys();
    }

    @Override
    public long executeLargeUpdate(String sql, int[] columns) throws SQLException {
        throw noGeneratedKeys();
    }

    @Override
    public long executeLargeUpdate(String sql, String[] columns) throws SQLException {
        throw noGeneratedKeys();
    }

    static void checkGeneratedKeys(int generatedKeys) throws SQLException {
        if (generatedKeys != NO_GENERATED_KEYS) {
            throw noGeneratedKeys();
        }
    }

    static SQLException noGeneratedKeys() {
        return SqlErrors.unsupported("the server generates no keys");
    }

    /** No rows: the server generates no keys. */
    @Override
    public final ResultSet getGeneratedKeys() throws SQLException {
        checkOpen();
        RowType none = RowType.of();
        return connection.fixedResult(new FixedRows(none, new DeltaBatchBuilder(none).build()));
    }

    // Results.

    @Override
    public final @Nullable ResultSet getResultSet() throws SQLException {
        checkOpen();
        return result;
    }

    @Override
    public final int getUpdateCount() throws SQLException {
        return narrow(getLargeUpdateCount());
    }

    @Override
    public final long getLargeUpdateCount() throws SQLException {
        checkOpen();
        return updateCount;
    }

    @Override
    public final boolean getMoreResults() throws SQLException {
        return getMoreResults(CLOSE_CURRENT_RESULT);
    }

    @Override
    public final boolean getMoreResults(int current) throws SQLException {
        checkOpen();
        switch (current) {
            case CLOSE_CURRENT_RESULT, CLOSE_ALL_RESULTS -> closeResult();
            case KEEP_CURRENT_RESULT -> throw SqlErrors.unsupported("a statement has one open result at a time");
            default -> throw SqlErrors.argument("number " + current + " does not tell what to do with a result");
        }
        return false;
    }

    // Batches.

    @Override
    public void addBatch(@Nullable String sql) throws SQLException {
        checkOpen();
        if (sql == null) {
            throw SqlErrors.noText();
        }
        batch.add(sql);
    }

    @Override
    public void clearBatch() throws SQLException {
        checkOpen();
        batch.clear();
    }

    @Override
    public final int[] executeBatch() throws SQLException {
        try {
            return Arrays.stream(executeLargeBatch())
                    .mapToInt(ThalwegStatement::narrow)
                    .toArray();
        } catch (BatchUpdateException e) {
            throw e.getUpdateCounts().length == e.getLargeUpdateCounts().length
                    ? e
                    : batchFailure(e, e.getLargeUpdateCounts());
        }
    }

    /** Runs the statements one after the other and stops at the first that fails. */
    @Override
    public long[] executeLargeBatch() throws SQLException {
        checkOpen();
        List<String> statements = List.copyOf(batch);
        batch.clear();
        long[] counts = new long[statements.size()];
        for (int i = 0; i < counts.length; i++) {
            try {
                counts[i] = executeLargeUpdate(statements.get(i));
            } catch (SQLException e) {
                throw batchFailure(e, Arrays.copyOf(counts, i));
            }
        }
        return counts;
    }

    static BatchUpdateException batchFailure(SQLException cause, long[] counts) {
        return new BatchUpdateException(
                String.valueOf(cause.getMessage()), cause.getSQLState(), cause.getErrorCode(), counts, cause);
    }

    // Ends.

    /** Stops what the statement does, from any thread: the thread that waits for it fails with SQLSTATE 57014. */
    @Override
    public final void cancel() throws SQLException {
        checkOpen();
        RunningQuery query = running;
        if (query != null) {
            query.cancel();
        }
        ThalwegResultSet rows = cancelable;
        if (rows != null) {
            rows.cancel();
        }
    }

    @Override
    public void close() throws SQLException {
        if (!closed) {
            RunningQuery query = running;
            if (query != null) {
                query.cancel();
            }
            closed = true;
            closeResult();
        }
    }

    @Override
    public final boolean isClosed() {
        return closed || connection.isClosed();
    }

    @Override
    public final void closeOnCompletion() throws SQLException {
        checkOpen();
        closeOnCompletion = true;
    }

    @Override
    public final boolean isCloseOnCompletion() throws SQLException {
        checkOpen();
        return closeOnCompletion;
    }

    /** A result of this statement was closed. */
    final void onClose(ThalwegResultSet closedResult) throws SQLException {
        if (closeOnCompletion && closedResult == result) {
            close();
        }
    }

    @Override
    public final Connection getConnection() throws SQLException {
        checkOpen();
        return connection;
    }

    /** Sends a statement to the server. */
    interface Starter {
        RunningQuery start(ExecuteOptions options) throws SQLException;
    }
}
