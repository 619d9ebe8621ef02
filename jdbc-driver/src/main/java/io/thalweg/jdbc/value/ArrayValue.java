package io.thalweg.jdbc.value;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.nested.NestedText;
import io.thalweg.model.type.SqlType;
import java.sql.Array;
import java.sql.ResultSet;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An ARRAY that was read, in memory as long as it is referred to. Its text is that of the SQL value. */
public final class ArrayValue implements Array {
    private final SqlType type;
    private final byte[] bytes;

    ArrayValue(SqlType type, byte[] bytes) {
        this.type = type;
        this.bytes = bytes;
    }

    @Override
    public String getBaseTypeName() {
        return type.component(0).sqlText();
    }

    @Override
    public int getBaseType() {
        return JdbcType.number(type.component(0));
    }

    @Override
    public Object[] getArray() {
        return NestedObjects.elements(type, bytes);
    }

    @Override
    public Object[] getArray(@Nullable Map<String, Class<?>> types) {
        return getArray();
    }

    /** Some of the elements, from an index that counts from 1. */
    @Override
    public Object[] getArray(long index, int count) {
        Object[] all = getArray();
        if (index < 1 || count < 0 || index - 1 + count > all.length) {
            throw new ThalwegException(
                    ErrorCode.ARGUMENT_OUT_OF_RANGE,
                    "elements " + index + " to " + (index - 1 + count) + " are not in an array of " + all.length);
        }
        return Arrays.copyOfRange(all, (int) index - 1, (int) index - 1 + count);
    }

    @Override
    public Object[] getArray(long index, int count, @Nullable Map<String, Class<?>> types) {
        return getArray(index, count);
    }

    @Override
    public ResultSet getResultSet() {
        throw noResultSet();
    }

    @Override
    public ResultSet getResultSet(@Nullable Map<String, Class<?>> types) {
        throw noResultSet();
    }

    @Override
    public ResultSet getResultSet(long index, int count) {
        throw noResultSet();
    }

    @Override
    public ResultSet getResultSet(long index, int count, @Nullable Map<String, Class<?>> types) {
        throw noResultSet();
    }

    private static ThalwegException noResultSet() {
        return new ThalwegException(
                ErrorCode.FEATURE_NOT_SUPPORTED, "an array gives its elements by getArray, not as a result set");
    }

    @Override
    public void free() {
        // There is nothing but memory to give back.
    }

    @Override
    public String toString() {
        return NestedText.format(type, bytes, 0);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ArrayValue array && Arrays.equals(bytes, array.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
