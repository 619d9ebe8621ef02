package io.thalweg.jdbc.value;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.sql.Array;
import java.sql.ResultSet;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What all arrays that are in memory have in common: parts of them, and no result sets. */
abstract class ElementArray implements Array {
    /** The elements, in an array of the caller's own. */
    @Override
    public abstract Object[] getArray();

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
}
