package io.thalweg.jdbc;

import io.thalweg.jdbc.client.RunningQuery;
import io.thalweg.jdbc.value.ParameterBatch;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.wire.message.ExecuteOptions;
import io.thalweg.wire.message.Prepared;
import io.thalweg.wire.message.RowBlock;
import io.thalweg.wire.message.StatementKind;
import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that the server has checked and planned. A batch is sent by column, in few and large messages: the rows of
 * one message are inserted together. The rows of a batch are kept in memory until it is executed.
 */
public final class ThalwegPreparedStatement extends ParameterSetters {
    private final Prepared prepared;
    private final ParameterBatch single;
    private final ParameterBatch batch;

    ThalwegPreparedStatement(ThalwegConnection connection, Prepared prepared) {
        super(connection, prepared.parameters());
        this.prepared = prepared;
        this.single = new ParameterBatch(prepared.parameters());
        this.batch = new ParameterBatch(prepared.parameters());
    }

    @Override
    public boolean execute() throws SQLException {
        checkOpen();
        try {
            single.add(row());
        } catch (ThalwegException e) {
            throw SqlErrors.of(e);
        }
        DeltaBatch parameters = single.drain().get(0);
        return run(options -> start(parameters, options));
    }

    private RunningQuery start(DeltaBatch parameters, ExecuteOptions options) {
        return connection().session().execute(prepared.statementId(), RowBlock.of(parameters), options);
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        if (prepared.kind() != StatementKind.QUERY && prepared.result().isEmpty()) {
            throw SqlErrors.state("statement returns no rows; use executeUpdate or execute");
        }
        return rowsOf(execute());
    }

    @Override
    public int executeUpdate() throws SQLException {
        return narrow(executeLargeUpdate());
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        checkReturnsNoRows();
        return countOf(execute());
    }

    private void checkReturnsNoRows() throws SQLException {
        if (prepared.kind() == StatementKind.QUERY) {
            throw SqlErrors.state("statement returns rows; use executeQuery or execute");
        }
    }

    @Override
    public void addBatch() throws SQLException {
        checkOpen();
        checkReturnsNoRows();
        try {
            batch.add(row());
        } catch (ThalwegException e) {
            throw SqlErrors.of(e);
        }
    }

    @Override
    public void clearBatch() throws SQLException {
        checkOpen();
        batch.drain();
    }

    /**
     * Sends the batch. An INSERT is done in pieces of up to 65,536 rows or about 4 MiB; each piece is done as a whole or not
     * at all. Anything else is done row by row, since the server tells of a piece how many rows it changed in all. A failure
     * stops it; the exception tells the counts of the rows before the piece that failed.
     */
    @Override
    public long[] executeLargeBatch() throws SQLException {
        checkOpen();
        List<DeltaBatch> pieces = pieces();
        long[] counts = new long[pieces.stream().mapToInt(DeltaBatch::rowCount).sum()];
        int done = 0;
        for (DeltaBatch piece : pieces) {
            try {
                long count = countOf(run(options -> start(piece, options)));
                Arrays.fill(counts, done, done + piece.rowCount(), countPerRow(piece, count));
                done += piece.rowCount();
            } catch (SQLException e) {
                throw batchFailure(e, Arrays.copyOf(counts, done));
            }
        }
        return counts;
    }

    private List<DeltaBatch> pieces() {
        List<DeltaBatch> pieces = batch.drain();
        if (prepared.kind() == StatementKind.INSERT) {
            return pieces;
        }
        List<DeltaBatch> rows = new ArrayList<>();
        for (DeltaBatch piece : pieces) {
            for (int row = 0; row < piece.rowCount(); row++) {
                rows.add(piece.slice(row, 1));
            }
        }
        return rows;
    }

    /** All rows of an INSERT insert the same number. */
    private static long countPerRow(DeltaBatch piece, long count) {
        return count % piece.rowCount() == 0 ? count / piece.rowCount() : SUCCESS_NO_INFO;
    }

    /** The columns that an execution will have, or null if it will have none. */
    @Override
    public @Nullable ResultSetMetaData getMetaData() throws SQLException {
        checkOpen();
        return prepared.result().map(ThalwegResultSetMetaData::new).orElse(null);
    }

    @Override
    public ParameterMetaData getParameterMetaData() throws SQLException {
        checkOpen();
        return new ThalwegParameterMetaData(prepared.parameters());
    }

    @Override
    public void close() throws SQLException {
        if (!isClosed()) {
            connection().session().closeStatement(prepared.statementId());
        }
        super.close();
    }
}
