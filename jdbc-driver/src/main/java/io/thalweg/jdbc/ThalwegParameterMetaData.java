package io.thalweg.jdbc;

import io.thalweg.jdbc.value.JdbcType;
import io.thalweg.model.type.SqlType;
import java.sql.ParameterMetaData;
import java.sql.SQLException;
import java.util.List;

/** The parameters of a prepared statement, as the server told them. */
final class ThalwegParameterMetaData implements ParameterMetaData, Unwrapping {
    private final List<SqlType> types;

    ThalwegParameterMetaData(List<SqlType> types) {
        this.types = types;
    }

    @Override
    public int getParameterCount() {
        return types.size();
    }

    @Override
    public int isNullable(int parameter) throws SQLException {
        return type(parameter).nullable() ? parameterNullable : parameterNoNulls;
    }

    @Override
    public boolean isSigned(int parameter) throws SQLException {
        return type(parameter).name().isNumeric();
    }

    @Override
    public int getPrecision(int parameter) throws SQLException {
        return JdbcType.precision(type(parameter));
    }

    @Override
    public int getScale(int parameter) throws SQLException {
        return JdbcType.scale(type(parameter));
    }

    @Override
    public int getParameterType(int parameter) throws SQLException {
        return JdbcType.number(type(parameter));
    }

    @Override
    public String getParameterTypeName(int parameter) throws SQLException {
        return JdbcType.name(type(parameter));
    }

    @Override
    public String getParameterClassName(int parameter) throws SQLException {
        return JdbcType.className(type(parameter));
    }

    @Override
    public int getParameterMode(int parameter) throws SQLException {
        type(parameter);
        return parameterModeIn;
    }

    private SqlType type(int parameter) throws SQLException {
        if (parameter < 1 || parameter > types.size()) {
            throw SqlErrors.argument("parameter " + parameter + " does not exist; there are " + types.size());
        }
        return types.get(parameter - 1);
    }
}
