package io.thalweg.jdbc;

import io.thalweg.jdbc.value.JdbcType;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;

/** The columns of a result. Where they come from is not known: a result is a query's, not a table's. */
final class ThalwegResultSetMetaData implements ResultSetMetaData, Unwrapping {
    private final RowType type;

    ThalwegResultSetMetaData(RowType type) {
        this.type = type;
    }

    @Override
    public int getColumnCount() {
        return type.size();
    }

    @Override
    public String getColumnLabel(int column) throws SQLException {
        return type.name(index(column));
    }

    @Override
    public String getColumnName(int column) throws SQLException {
        return type.name(index(column));
    }

    @Override
    public int getColumnType(int column) throws SQLException {
        return JdbcType.number(type(column));
    }

    @Override
    public String getColumnTypeName(int column) throws SQLException {
        return JdbcType.name(type(column));
    }

    @Override
    public String getColumnClassName(int column) throws SQLException {
        return JdbcType.className(type(column));
    }

    @Override
    public int getColumnDisplaySize(int column) throws SQLException {
        return JdbcType.displaySize(type(column));
    }

    @Override
    public int getPrecision(int column) throws SQLException {
        return JdbcType.precision(type(column));
    }

    @Override
    public int getScale(int column) throws SQLException {
        return JdbcType.scale(type(column));
    }

    @Override
    public int isNullable(int column) throws SQLException {
        return type(column).nullable() ? columnNullable : columnNoNulls;
    }

    @Override
    public boolean isSigned(int column) throws SQLException {
        return type(column).name().isNumeric();
    }

    @Override
    public boolean isCaseSensitive(int column) throws SQLException {
        return type(column).name().isText();
    }

    @Override
    public boolean isAutoIncrement(int column) throws SQLException {
        index(column);
        return false;
    }

    @Override
    public boolean isSearchable(int column) throws SQLException {
        index(column);
        return true;
    }

    @Override
    public boolean isCurrency(int column) throws SQLException {
        index(column);
        return false;
    }

    @Override
    public boolean isReadOnly(int column) throws SQLException {
        index(column);
        return true;
    }

    @Override
    public boolean isWritable(int column) throws SQLException {
        index(column);
        return false;
    }

    @Override
    public boolean isDefinitelyWritable(int column) throws SQLException {
        index(column);
        return false;
    }

    @Override
    public String getCatalogName(int column) throws SQLException {
        index(column);
        return "";
    }

    @Override
    public String getSchemaName(int column) throws SQLException {
        index(column);
        return "";
    }

    @Override
    public String getTableName(int column) throws SQLException {
        index(column);
        return "";
    }

    private SqlType type(int column) throws SQLException {
        return type.type(index(column));
    }

    private int index(int column) throws SQLException {
        if (column < 1 || column > type.size()) {
            throw SqlErrors.argument("column " + column + " does not exist; there are " + type.size());
        }
        return column - 1;
    }
}
