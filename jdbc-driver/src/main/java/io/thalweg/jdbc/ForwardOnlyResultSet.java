package io.thalweg.jdbc;

import java.io.InputStream;
import java.net.URL;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLXML;

/** The part of {@link ResultSet} that moves other than forward or reads types that Thalweg does not have: unsupported. */
abstract class ForwardOnlyResultSet extends ReadOnlyResultSet {
    @Override
    public final boolean isLast() throws SQLException {
        throw forwardOnly();
    }

    @Override
    public final void beforeFirst() throws SQLException {
        throw forwardOnly();
    }

    @Override
    public final void afterLast() throws SQLException {
        throw forwardOnly();
    }

    @Override
    public final boolean first() throws SQLException {
        throw forwardOnly();
    }

    @Override
    public final boolean last() throws SQLException {
        throw forwardOnly();
    }

    @Override
    public final boolean absolute(int row) throws SQLException {
        throw forwardOnly();
    }

    @Override
    public final boolean relative(int row) throws SQLException {
        throw forwardOnly();
    }

    @Override
    public final boolean previous() throws SQLException {
        throw forwardOnly();
    }

    @Deprecated
    @Override
    public final InputStream getUnicodeStream(int column) throws SQLException {
        throw noSuchType();
    }

    @Deprecated
    @Override
    public final InputStream getUnicodeStream(String column) throws SQLException {
        throw noSuchType();
    }

    @Override
    public final String getCursorName() throws SQLException {
        throw noSuchType();
    }

    @Override
    public final Ref getRef(int column) throws SQLException {
        throw noSuchType();
    }

    @Override
    public final Blob getBlob(int column) throws SQLException {
        throw noSuchType();
    }

    @Override
    public final Clob getClob(int column) throws SQLException {
        throw noSuchType();
    }

    @Override
    public final Ref getRef(String column) throws SQLException {
        throw noSuchType();
    }

    @Override
    public final Blob getBlob(String column) throws SQLException {
        throw noSuchType();
    }

    @Override
    public final Clob getClob(String column) throws SQLException {
        throw noSuchType();
    }

    @Override
    public final URL getURL(int column) throws SQLException {
        throw noSuchType();
    }

    @Override
    public final URL getURL(String column) throws SQLException {
        throw noSuchType();
    }

    @Override
    public final RowId getRowId(int column) throws SQLException {
        throw noSuchType();
    }

    @Override
    public final RowId getRowId(String column) throws SQLException {
        throw noSuchType();
    }

    @Override
    public final NClob getNClob(int column) throws SQLException {
        throw noSuchType();
    }

    @Override
    public final NClob getNClob(String column) throws SQLException {
        throw noSuchType();
    }

    @Override
    public final SQLXML getSQLXML(int column) throws SQLException {
        throw noSuchType();
    }

    @Override
    public final SQLXML getSQLXML(String column) throws SQLException {
        throw noSuchType();
    }

    private static SQLFeatureNotSupportedException forwardOnly() {
        return SqlErrors.unsupported("result sets move forward only");
    }

    private static SQLFeatureNotSupportedException noSuchType() {
        return SqlErrors.unsupported("there are no values of this type; use getObject, getString or getBytes");
    }
}
