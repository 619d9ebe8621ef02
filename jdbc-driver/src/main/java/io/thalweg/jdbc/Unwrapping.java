package io.thalweg.jdbc;

import java.sql.SQLException;
import java.sql.Wrapper;

/** The two methods of {@link Wrapper}, for objects that wrap nothing but are what they are. */
interface Unwrapping extends Wrapper {
    @Override
    default <T> T unwrap(Class<T> type) throws SQLException {
        if (type.isInstance(this)) {
            return type.cast(this);
        }
        throw SqlErrors.argument("object is not a wrapper of " + type.getName());
    }

    @Override
    default boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
