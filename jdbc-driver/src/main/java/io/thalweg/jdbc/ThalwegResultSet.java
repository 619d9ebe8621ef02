package io.thalweg.jdbc;

import io.thalweg.jdbc.client.Arrival;
import io.thalweg.jdbc.client.Deadline;
import io.thalweg.jdbc.client.RowSource;
import io.thalweg.jdbc.client.RunningQuery;
import io.thalweg.jdbc.value.CellObjects;
import io.thalweg.jdbc.value.CellReader;
import io.thalweg.jdbc.value.LegacyTimes;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.time.Clock;
import io.thalweg.model.type.RowType;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Date;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Calendar;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a query, forward only, read from columns as they came. Of an endless query, {@link #next()} waits for the next
 * row and {@link #nextWithin} for some time only. One thread reads; any thread may cancel the statement or close, which
 * wakes a reader that waits: it fails with SQLSTATE 57014.
 *
 * <p>Query timeout: a result that has an end must show its first row in that time; an endless one must show each row in
 * that time, counted from the call of {@code next()}. A result whose query timed out is over.
 */
public final class ThalwegResultSet extends LabelledResultSet {
    private final @Nullable ThalwegStatement statement;
    private final RowSource source;
    private final Clock clock;
    private final RowLimits limits;
    private final RowType type;
    private final CellReader cells;
    private @Nullable Map<String, Integer> columnsByLabel;

    private DeltaBatch batch;
    private int row = -1;
    /** How often the current row is still to be shown. */
    private int copies;

    private long rowNumber;
    private boolean afterLast;
    private boolean wasNull;
    private int fetchSize;
    /** Set by any thread, seen by the one that reads. */
    private volatile boolean closed;
    /** Set by any thread, seen by the one that reads. */
    private volatile boolean canceled;

    /**
     * @param statement what to return from {@link #getStatement()}, and to tell when the result is closed; none for
     *     metadata
     */
    ThalwegResultSet(@Nullable ThalwegStatement statement, RowSource source, Clock clock, RowLimits limits) {
        this.statement = statement;
        this.source = source;
        this.clock = clock;
        this.limits = limits;
        this.type = source.type();
        this.cells = new CellReader(type);
        this.batch = new DeltaBatchBuilder(type).build();
        this.fetchSize = limits.fetchSize();
    }

    /** Waits for the next row, for ever if the query is endless and has no timeout. */
    @Override
    public boolean next() throws SQLException {
        checkOpen();
        if (advanceInBatch()) {
            return true;
        }
        Deadline deadline = waitLimit();
        Arrival arrival = advance(deadline);
        if (arrival == Arrival.NOTHING_YET) {
            source.cancel();
            throw SqlErrors.of(RunningQuery.timeout(deadline));
        }
        return arrival == Arrival.ROW;
    }

    /**
     * Waits for the next row, but no longer than told; zero only looks whether one has come.
     *
     * @return {@code NOTHING_YET} if no row came in time: the current row is then still the one before
     */
    public Arrival nextWithin(Duration wait) throws SQLException {
        checkOpen();
        if (advanceInBatch()) {
            return Arrival.ROW;
        }
        long millis = wait.toMillis();
        return advance(millis <= 0 ? Deadline.passed(clock) : Deadline.after(clock, millis));
    }

    /** Whether the rows go on until the statement is cancelled or closed. */
    public boolean isEndless() {
        return source.isEndless();
    }

    /** Whether the first column is {@code op}, which tells if a row was inserted or taken back. */
    public boolean isChangelog() {
        return source instanceof RunningQuery query && query.isChangelog();
    }

    /** The last step all of whose rows {@link #next()} has left behind; 0 before the first. */
    public long step() {
        return source.step();
    }

    /** How far event time is complete in the rows so far: microseconds since 1970-01-01 00:00:00. */
    public OptionalLong watermark() {
        return source.watermarkMicros();
    }

    private boolean advanceInBatch() throws SQLException {
        if (afterLast) {
            return false;
        }
        if (canceled) {
            throw SqlErrors.of(new ThalwegException(ErrorCode.QUERY_CANCELED, "query was cancelled by the client"));
        }
        if (limits.maxRows() > 0 && rowNumber >= limits.maxRows()) {
            finish();
            return false;
        }
        if (copies > 0) {
            copies--;
        } else if (row + 1 < batch.rowCount()) {
            row++;
            cells.moveTo(batch, row);
            copies = batch.weight(row) - 1;
        } else {
            return false;
        }
        rowNumber++;
        return true;
    }

    private Arrival advance(Deadline deadline) throws SQLException {
        if (afterLast) {
            return Arrival.END;
        }
        try {
            Arrival arrival = source.await(deadline);
            if (arrival == Arrival.ROW) {
                batch = checked(source.take());
                row = -1;
                copies = 0;
                advanceInBatch();
            } else if (arrival == Arrival.END) {
                finish();
            }
            return arrival;
        } catch (ThalwegException e) {
            throw SqlErrors.of(e);
        }
    }

    /** The batch, if it is what the header promised: the cells are read without further checks. */
    private DeltaBatch checked(DeltaBatch received) {
        boolean fits = received.columnCount() == type.size() && !received.isEmpty();
        for (int i = 0; fits && i < type.size(); i++) {
            fits = received.column(i).kind() == type.type(i).kind();
        }
        for (int i = 0; fits && i < received.rowCount() && received.weights() != null; i++) {
            fits = received.weight(i) > 0;
        }
        if (!fits) {
            source.cancel();
            throw new ThalwegException(ErrorCode.PROTOCOL_VIOLATION, "rows of a result do not fit its columns");
        }
        return received;
    }

    private Deadline waitLimit() {
        if (rowNumber == 0) {
            return limits.firstRow();
        }
        return Deadline.after(clock, source.isEndless() ? limits.timeoutMillis() : limits.networkTimeoutMillis());
    }

    private void finish() {
        afterLast = true;
        source.close();
    }

    /** Stops the query: this and every later call of {@link #next()} fails with SQLSTATE 57014. */
    void cancel() {
        canceled = true;
        source.cancel();
    }

    @Override
    public void close() throws SQLException {
        if (!closed) {
            closed = true;
            source.close();
            if (statement != null) {
                statement.onClose(this);
            }
        }
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    private void checkOpen() throws SQLException {
        if (closed) {
            throw SqlErrors.closed("result set");
        }
    }

    /** The column to read, counted from 0, or -1 if its value is NULL. */
    private int locate(int columnIndex) throws SQLException {
        checkOpen();
        if (rowNumber == 0 || afterLast) {
            throw new SQLException(
                    rowNumber == 0
                            ? "result set is before its first row; call next()"
                            : "result set is after its last row",
                    "24000");
        }
        if (columnIndex < 1 || columnIndex > type.size()) {
            throw SqlErrors.argument("column " + columnIndex + " does not exist; there are " + type.size());
        }
        wasNull = cells.isNull(columnIndex - 1);
        return wasNull ? -1 : columnIndex - 1;
    }

    /** The value of a cell as an object, null for NULL. */
    private <T> @Nullable T read(int columnIndex, ObjectReader<T> reader) throws SQLException {
        int column = locate(columnIndex);
        try {
            return column < 0 ? null : reader.read(column);
        } catch (ThalwegException e) {
            throw SqlErrors.of(e);
        }
    }

    private long readLong(int columnIndex, long least, long greatest) throws SQLException {
        int column = locate(columnIndex);
        try {
            return column < 0 ? 0 : cells.longValue(column, least, greatest);
        } catch (ThalwegException e) {
            throw SqlErrors.of(e);
        }
    }

    @Override
    public boolean wasNull() throws SQLException {
        checkOpen();
        return wasNull;
    }

    @Override
    public @Nullable String getString(int columnIndex) throws SQLException {
        return read(columnIndex, cells::text);
    }

    @Override
    public boolean getBoolean(int columnIndex) throws SQLException {
        int column = locate(columnIndex);
        try {
            return column >= 0 && cells.booleanValue(column);
        } catch (ThalwegException e) {
            throw SqlErrors.of(e);
        }
    }

    @Override
    public byte getByte(int columnIndex) throws SQLException {
        return (byte) readLong(columnIndex, Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    @Override
    public short getShort(int columnIndex) throws SQLException {
        return (short) readLong(columnIndex, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    @Override
    public int getInt(int columnIndex) throws SQLException {
        return (int) readLong(columnIndex, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    @Override
    public long getLong(int columnIndex) throws SQLException {
        return readLong(columnIndex, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    @Override
    public float getFloat(int columnIndex) throws SQLException {
        return (float) getDouble(columnIndex);
    }

    @Override
    public double getDouble(int columnIndex) throws SQLException {
        int column = locate(columnIndex);
        try {
            return column < 0 ? 0 : cells.doubleValue(column);
        } catch (ThalwegException e) {
            throw SqlErrors.of(e);
        }
    }

    @Override
    public @Nullable BigDecimal getBigDecimal(int columnIndex) throws SQLException {
        return read(columnIndex, cells::decimalValue);
    }

    @Deprecated
    @Override
    public @Nullable BigDecimal getBigDecimal(int columnIndex, int scale) throws SQLException {
        return read(columnIndex, column -> cells.decimalValue(column).setScale(scale, RoundingMode.HALF_UP));
    }

    @Override
    public byte @Nullable [] getBytes(int columnIndex) throws SQLException {
        return read(columnIndex, cells::bytes);
    }

    @Override
    public @Nullable Date getDate(int columnIndex) throws SQLException {
        return getDate(columnIndex, null);
    }

    @Override
    public @Nullable Time getTime(int columnIndex) throws SQLException {
        return getTime(columnIndex, null);
    }

    @Override
    public @Nullable Timestamp getTimestamp(int columnIndex) throws SQLException {
        return getTimestamp(columnIndex, null);
    }

    @Override
    public @Nullable Date getDate(int columnIndex, @Nullable Calendar calendar) throws SQLException {
        return read(columnIndex, column -> LegacyTimes.date(cells, column, copyOf(calendar)));
    }

    @Override
    public @Nullable Time getTime(int columnIndex, @Nullable Calendar calendar) throws SQLException {
        return read(columnIndex, column -> LegacyTimes.time(cells, column, copyOf(calendar)));
    }

    @Override
    public @Nullable Timestamp getTimestamp(int columnIndex, @Nullable Calendar calendar) throws SQLException {
        return read(columnIndex, column -> LegacyTimes.timestamp(cells, column, copyOf(calendar)));
    }

    /** A calendar that may be changed: the caller's is his own. */
    static Calendar copyOf(@Nullable Calendar calendar) {
        return calendar == null ? LegacyTimes.machineCalendar() : (Calendar) calendar.clone();
    }

    @Override
    public @Nullable Object getObject(int columnIndex) throws SQLException {
        return read(columnIndex, column -> CellObjects.natural(cells, column, type.type(column)));
    }

    @Override
    public @Nullable Object getObject(int columnIndex, @Nullable Map<String, Class<?>> types) throws SQLException {
        if (types != null && !types.isEmpty()) {
            throw SqlErrors.unsupported("there are no user-defined types to map");
        }
        return getObject(columnIndex);
    }

    @Override
    public <T> @Nullable T getObject(int columnIndex, Class<T> wanted) throws SQLException {
        return read(columnIndex, column -> CellObjects.as(cells, column, type.type(column), wanted));
    }

    @Override
    public @Nullable Array getArray(int columnIndex) throws SQLException {
        return getObject(columnIndex, Array.class);
    }

    @Override
    public @Nullable String getNString(int columnIndex) throws SQLException {
        return getString(columnIndex);
    }

    @Override
    public @Nullable InputStream getAsciiStream(int columnIndex) throws SQLException {
        return read(
                columnIndex,
                column -> new ByteArrayInputStream(cells.text(column).getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public @Nullable InputStream getBinaryStream(int columnIndex) throws SQLException {
        return read(columnIndex, column -> new ByteArrayInputStream(cells.bytes(column)));
    }

    @Override
    public @Nullable Reader getCharacterStream(int columnIndex) throws SQLException {
        return read(
                columnIndex,
                column -> new InputStreamReader(
                        new ByteArrayInputStream(cells.textBytes(column)), StandardCharsets.UTF_8));
    }

    @Override
    public @Nullable Reader getNCharacterStream(int columnIndex) throws SQLException {
        return getCharacterStream(columnIndex);
    }

    /** The first column of this name; a name of the same case goes before one of another. */
    @Override
    public int findColumn(@Nullable String label) throws SQLException {
        checkOpen();
        if (label == null) {
            throw SqlErrors.argument("a column name must not be null");
        }
        Map<String, Integer> columns = columnsByLabel == null ? indexLabels() : columnsByLabel;
        Integer index = columns.get(label);
        if (index == null) {
            index = columns.get(label.toLowerCase(Locale.ROOT));
        }
        if (index == null) {
            throw SqlErrors.of(
                    new ThalwegException(ErrorCode.UNDEFINED_COLUMN, "result has no column '" + label + "'"));
        }
        return index;
    }

    private Map<String, Integer> indexLabels() {
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < type.size(); i++) {
            columns.putIfAbsent(type.name(i), i + 1);
        }
        for (int i = 0; i < type.size(); i++) {
            columns.putIfAbsent(type.name(i).toLowerCase(Locale.ROOT), i + 1);
        }
        columnsByLabel = columns;
        return columns;
    }

    @Override
    public ResultSetMetaData getMetaData() throws SQLException {
        checkOpen();
        return new ThalwegResultSetMetaData(type);
    }

    @Override
    public @Nullable Statement getStatement() throws SQLException {
        checkOpen();
        return statement;
    }

    @Override
    public @Nullable SQLWarning getWarnings() throws SQLException {
        checkOpen();
        return null;
    }

    @Override
    public void clearWarnings() throws SQLException {
        checkOpen();
    }

    @Override
    public boolean isBeforeFirst() throws SQLException {
        checkOpen();
        return rowNumber == 0 && !afterLast;
    }

    /** As in JDBC, false for a result without rows. */
    @Override
    public boolean isAfterLast() throws SQLException {
        checkOpen();
        return afterLast && rowNumber > 0;
    }

    @Override
    public boolean isFirst() throws SQLException {
        checkOpen();
        return rowNumber == 1 && !afterLast;
    }

    @Override
    public int getRow() throws SQLException {
        checkOpen();
        return afterLast ? 0 : (int) Math.min(rowNumber, Integer.MAX_VALUE);
    }

    @Override
    public void setFetchDirection(int direction) throws SQLException {
        checkOpen();
        if (direction != FETCH_FORWARD) {
            throw SqlErrors.unsupported("result sets are fetched forward only");
        }
    }

    @Override
    public int getFetchDirection() throws SQLException {
        checkOpen();
        return FETCH_FORWARD;
    }

    /** Remembered only: the server was told the fetch size when the query started. */
    @Override
    public void setFetchSize(int rows) throws SQLException {
        checkOpen();
        if (rows < 0) {
            throw SqlErrors.argument("fetch size " + rows + " is negative");
        }
        fetchSize = rows;
    }

    @Override
    public int getFetchSize() throws SQLException {
        checkOpen();
        return fetchSize;
    }

    @Override
    public int getType() throws SQLException {
        checkOpen();
        return TYPE_FORWARD_ONLY;
    }

    @Override
    public int getConcurrency() throws SQLException {
        checkOpen();
        return CONCUR_READ_ONLY;
    }

    @Override
    public int getHoldability() throws SQLException {
        checkOpen();
        return HOLD_CURSORS_OVER_COMMIT;
    }

    /**
     * What the statement was told about rows.
     *
     * @param maxRows 0 for all
     * @param firstRow when the first row must be there
     * @param timeoutMillis of the wait for each later row of an endless result; 0 for no limit
     * @param networkTimeoutMillis of the wait for each later row of a result that has an end; 0 for no limit
     */
    record RowLimits(long maxRows, int fetchSize, Deadline firstRow, long timeoutMillis, long networkTimeoutMillis) {}

    /** Reads one cell, which is not NULL. */
    private interface ObjectReader<T> {
        T read(int column);
    }
}
