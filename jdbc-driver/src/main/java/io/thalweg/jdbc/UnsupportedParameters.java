package io.thalweg.jdbc;

import java.io.InputStream;
import java.net.URL;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLXML;
import org.jspecify.annotations.Nullable;

/**
 * The part of {@link PreparedStatement} that a prepared statement refuses: parameters of types that Thalweg does not have,
 * and another text.
 */
abstract class UnsupportedParameters extends ThalwegStatement implements PreparedStatement {
    UnsupportedParameters(ThalwegConnection connection) {
        super(connection);
    }

    @Deprecated
    @Override
    public final void setUnicodeStream(int parameter, InputStream stream, int number) throws SQLException {
        throw noSuchType();
    }

    @Override
    public final void setRef(int parameter, Ref value) throws SQLException {
        throw noSuchType();
    }

    @Override
    public final void setBlob(int parameter, Blob value) throws SQLException {
        throw noSuchType();
    }

    @Override
    public final void setClob(int parameter, Clob value) throws SQLException {
        throw noSuchType();
    }

    @Override
    public final void setURL(int parameter, URL value) throws SQLException {
        throw noSuchType();
    }

    @Override
    public final void setRowId(int parameter, RowId value) throws SQLException {
        throw noSuchType();
    }

    @Override
    public final void setNClob(int parameter, NClob value) throws SQLException {
        throw noSuchType();
    }

    @Override
    public final void setSQLXML(int parameter, SQLXML value) throws SQLException {
        throw noSuchType();
    }

    @Override
    public final ResultSet executeQuery(@Nullable String sql) throws SQLException {
        throw SqlErrors.state("a prepared statement has its text already");
    }

    @Override
    public final int executeUpdate(@Nullable String sql) throws SQLException {
        throw SqlErrors.state("a prepared statement has its text already");
    }

    @Override
    public final boolean execute(@Nullable String sql) throws SQLException {
        throw SqlErrors.state("a prepared statement has its text already");
    }

    @Override
    public final void addBatch(@Nullable String sql) throws SQLException {
        throw SqlErrors.state("a prepared statement has its text already");
    }

    @Override
    public final int executeUpdate(String sql, int number) throws SQLException {
        throw SqlErrors.state("a prepared statement has its text already");
    }

    @Override
    public final int executeUpdate(String sql, int[] value) throws SQLException {
        throw SqlErrors.state("a prepared statement has its text already");
    }

    @Override
    public final int executeUpdate(String sql, String[] value) throws SQLException {
        throw SqlErrors.state("a prepared statement has its text already");
    }

    @Override
    public final boolean execute(String sql, int number) throws SQLException {
        throw SqlErrors.state("a prepared statement has its text already");
    }

    @Override
    public final boolean execute(String sql, int[] value) throws SQLException {
        throw SqlErrors.state("a prepared statement has its text already");
    }

    @Override
    public final boolean execute(String sql, String[] value) throws SQLException {
        throw SqlErrors.state("a prepared statement has its text already");
    }

    @Override
    public final long executeLargeUpdate(@Nullable String sql) throws SQLException {
        throw SqlErrors.state("a prepared statement has its text already");
    }

    @Override
    public final long executeLargeUpdate(String sql, int number) throws SQLException {
        throw SqlErrors.state("a prepared statement has its text already");
    }

    @Override
    public final long executeLargeUpdate(String sql, int[] value) throws SQLException {
        throw SqlErrors.state("a prepared statement has its text already");
    }

    @Override
    public final long executeLargeUpdate(String sql, String[] value) throws SQLException {
        throw SqlErrors.state("a prepared statement has its text already");
    }

    private static SQLFeatureNotSupportedException noSuchType() {
        return SqlErrors.unsupported("there are no parameters of this type; use setObject, setString or setBytes");
    }
}
