package io.thalweg.jdbc;

import io.thalweg.jdbc.value.LegacyTimes;
import io.thalweg.jdbc.value.ParameterObjects;
import io.thalweg.jdbc.value.ParameterRow;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.SqlType;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Calendar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The setters of a prepared statement. A value is converted to the type of its parameter when it is set, whatever type the
 * caller names: the server has told what it wants.
 */
abstract class ParameterSetters extends UnsupportedParameters {
    private static final int MAX_STREAM_BYTES = 16 << 20;

    private final ParameterRow row;

    ParameterSetters(ThalwegConnection connection, List<SqlType> types) {
        super(connection);
        this.row = new ParameterRow(types);
    }

    final ParameterRow row() {
        return row;
    }

    private int index(int parameter) throws SQLException {
        checkOpen();
        if (parameter < 1 || parameter > row.size()) {
            throw SqlErrors.of(new ThalwegException(
                    ErrorCode.PARAMETER_MISMATCH,
                    "parameter " + parameter + " does not exist; the statement has " + row.size()));
        }
        return parameter - 1;
    }

    /** Sets an object, or NULL for null. */
    private <T> void set(int parameter, @Nullable T value, Setter<T> setter) throws SQLException {
        int index = index(parameter);
        if (value == null) {
            row.setNull(index);
            return;
        }
        try {
            setter.set(index, value);
        } catch (ThalwegException e) {
            throw SqlErrors.of(e);
        }
    }

    @Override
    public final void clearParameters() throws SQLException {
        checkOpen();
        row.clear();
    }

    @Override
    public final void setNull(int parameter, int sqlType) throws SQLException {
        row.setNull(index(parameter));
    }

    @Override
    public final void setNull(int parameter, int sqlType, @Nullable String typeName) throws SQLException {
        row.setNull(index(parameter));
    }

    @Override
    public final void setBoolean(int parameter, boolean value) throws SQLException {
        int index = index(parameter);
        try {
            row.setBoolean(index, value);
        } catch (ThalwegException e) {
            throw SqlErrors.of(e);
        }
    }

    @Override
    public final void setByte(int parameter, byte value) throws SQLException {
        setLong(parameter, value);
    }

    @Override
    public final void setShort(int parameter, short value) throws SQLException {
        setLong(parameter, value);
    }

    @Override
    public final void setInt(int parameter, int value) throws SQLException {
        setLong(parameter, value);
    }

    @Override
    public final void setLong(int parameter, long value) throws SQLException {
        int index = index(parameter);
        try {
            row.setLong(index, value);
        } catch (ThalwegException e) {
            throw SqlErrors.of(e);
        }
    }

    /** Goes by the decimal digits of the float, so that 0.1f is 0.1 for a DOUBLE or DECIMAL parameter. */
    @Override
    public final void setFloat(int parameter, float value) throws SQLException {
        setDouble(parameter, Double.parseDouble(Float.toString(value)));
    }

    @Override
    public final void setDouble(int parameter, double value) throws SQLException {
        int index = index(parameter);
        try {
            row.setDouble(index, value);
        } catch (ThalwegException e) {
            throw SqlErrors.of(e);
        }
    }

    @Override
    public final void setBigDecimal(int parameter, @Nullable BigDecimal value) throws SQLException {
        set(parameter, value, row::setDecimal);
    }

    @Override
    public final void setString(int parameter, @Nullable String value) throws SQLException {
        set(parameter, value, row::setText);
    }

    @Override
    public final void setNString(int parameter, @Nullable String value) throws SQLException {
        setString(parameter, value);
    }

    @Override
    public final void setBytes(int parameter, byte @Nullable [] value) throws SQLException {
        set(parameter, value, (index, bytes) -> row.setBytes(index, bytes.clone()));
    }

    @Override
    public final void setDate(int parameter, @Nullable Date value) throws SQLException {
        setDate(parameter, value, null);
    }

    @Override
    public final void setDate(int parameter, @Nullable Date value, @Nullable Calendar calendar) throws SQLException {
        set(parameter, value, (index, date) -> {
            LocalDate local = LegacyTimes.localDate(date, ThalwegResultSet.copyOf(calendar));
            row.setDate(index, local);
        });
    }

    @Override
    public final void setTime(int parameter, @Nullable Time value) throws SQLException {
        setTime(parameter, value, null);
    }

    @Override
    public final void setTime(int parameter, @Nullable Time value, @Nullable Calendar calendar) throws SQLException {
        set(parameter, value, (index, time) -> {
            LocalTime local = LegacyTimes.localTime(time, ThalwegResultSet.copyOf(calendar));
            row.setTime(index, local);
        });
    }

    @Override
    public final void setTimestamp(int parameter, @Nullable Timestamp value) throws SQLException {
        setTimestamp(parameter, value, null);
    }

    @Override
    public final void setTimestamp(int parameter, @Nullable Timestamp value, @Nullable Calendar calendar)
            throws SQLException {
        set(
                parameter,
                value,
                (index, timestamp) ->
                        ParameterObjects.setTimestamp(row, index, timestamp, ThalwegResultSet.copyOf(calendar)));
    }

    @Override
    public final void setObject(int parameter, @Nullable Object value) throws SQLException {
        if (value instanceof InputStream stream) {
            setBinaryStream(parameter, stream);
        } else if (value instanceof Reader reader) {
            setCharacterStream(parameter, reader);
        } else {
            set(parameter, value, (index, object) -> ParameterObjects.set(row, index, object));
        }
    }

    @Override
    public final void setArray(int parameter, @Nullable Array value) throws SQLException {
        setObject(parameter, value);
    }

    @Override
    public final void setObject(int parameter, @Nullable Object value, int sqlType) throws SQLException {
        setObject(parameter, value);
    }

    @Override
    public final void setObject(int parameter, @Nullable Object value, int sqlType, int scale) throws SQLException {
        setObject(parameter, value);
    }

    @Override
    public final void setObject(int parameter, @Nullable Object value, SQLType sqlType) throws SQLException {
        setObject(parameter, value);
    }

    @Override
    public final void setObject(int parameter, @Nullable Object value, SQLType sqlType, int scale) throws SQLException {
        setObject(parameter, value);
    }

    // Streams are read whole at once, up to the largest value that can be sent.

    @Override
    public final void setBinaryStream(int parameter, @Nullable InputStream stream) throws SQLException {
        setBinaryStream(parameter, stream, (long) MAX_STREAM_BYTES);
    }

    @Override
    public final void setBinaryStream(int parameter, @Nullable InputStream stream, int length) throws SQLException {
        setBinaryStream(parameter, stream, (long) length);
    }

    @Override
    public final void setBinaryStream(int parameter, @Nullable InputStream stream, long length) throws SQLException {
        setBytes(parameter, stream == null ? null : bytesOf(stream, length));
    }

    @Override
    public final void setBlob(int parameter, @Nullable InputStream stream) throws SQLException {
        setBinaryStream(parameter, stream);
    }

    @Override
    public final void setBlob(int parameter, @Nullable InputStream stream, long length) throws SQLException {
        setBinaryStream(parameter, stream, length);
    }

    @Override
    public final void setAsciiStream(int parameter, @Nullable InputStream stream) throws SQLException {
        setAsciiStream(parameter, stream, (long) MAX_STREAM_BYTES);
    }

    @Override
    public final void setAsciiStream(int parameter, @Nullable InputStream stream, int length) throws SQLException {
        setAsciiStream(parameter, stream, (long) length);
    }

    @Override
    public final void setAsciiStream(int parameter, @Nullable InputStream stream, long length) throws SQLException {
        setString(parameter, stream == null ? null : new String(bytesOf(stream, length), StandardCharsets.US_ASCII));
    }

    @Override
    public final void setCharacterStream(int parameter, @Nullable Reader reader) throws SQLException {
        setCharacterStream(parameter, reader, (long) MAX_STREAM_BYTES);
    }

    @Override
    public final void setCharacterStream(int parameter, @Nullable Reader reader, int length) throws SQLException {
        setCharacterStream(parameter, reader, (long) length);
    }

    @Override
    public final void setCharacterStream(int parameter, @Nullable Reader reader, long length) throws SQLException {
        setString(parameter, reader == null ? null : textOf(reader, length));
    }

    @Override
    public final void setNCharacterStream(int parameter, @Nullable Reader reader) throws SQLException {
        setCharacterStream(parameter, reader);
    }

    @Override
    public final void setNCharacterStream(int parameter, @Nullable Reader reader, long length) throws SQLException {
        setCharacterStream(parameter, reader, length);
    }

    @Override
    public final void setClob(int parameter, @Nullable Reader reader) throws SQLException {
        setCharacterStream(parameter, reader);
    }

    @Override
    public final void setClob(int parameter, @Nullable Reader reader, long length) throws SQLException {
        setCharacterStream(parameter, reader, length);
    }

    @Override
    public final void setNClob(int parameter, @Nullable Reader reader) throws SQLException {
        setCharacterStream(parameter, reader);
    }

    @Override
    public final void setNClob(int parameter, @Nullable Reader reader, long length) throws SQLException {
        setCharacterStream(parameter, reader, length);
    }

    private static byte[] bytesOf(InputStream stream, long length) throws SQLException {
        try {
            byte[] bytes = stream.readNBytes((int) Math.min(checkedLength(length), MAX_STREAM_BYTES));
            if (bytes.length == MAX_STREAM_BYTES && stream.read() >= 0) {
                throw tooLong();
            }
            return bytes;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static String textOf(Reader reader, long length) throws SQLException {
        long limit = Math.min(checkedLength(length), MAX_STREAM_BYTES);
        StringBuilder text = new StringBuilder();
        char[] buffer = new char[4_096];
        try {
            while (text.length() < limit) {
                int count = reader.read(buffer, 0, (int) Math.min(buffer.length, limit - text.length()));
                if (count < 0) {
                    return text.toString();
                }
                text.append(buffer, 0, count);
            }
            if (limit == MAX_STREAM_BYTES && reader.read() >= 0) {
                throw tooLong();
            }
            return text.toString();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static long checkedLength(long length) throws SQLException {
        if (length < 0) {
            throw SqlErrors.argument("length " + length + " of a stream is negative");
        }
        return length;
    }

    private static SQLException tooLong() {
        return SqlErrors.of(new ThalwegException(
                ErrorCode.VALUE_TOO_LARGE, "value of a parameter is larger than " + MAX_STREAM_BYTES + " bytes"));
    }

    private static SQLException unreadable(IOException e) {
        return SqlErrors.of(
                new ThalwegException(ErrorCode.IO_ERROR, "stream of a parameter cannot be read: " + e.getMessage(), e));
    }

    /** Sets a value that is not null. */
    private interface Setter<T> {
        void set(int index, T value);
    }
}
