package io.thalweg.jdbc.value;

import io.thalweg.model.nested.NestedText;
import io.thalweg.model.type.SqlType;
import java.sql.Struct;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A ROW that was read. Its text is that of the SQL value. */
public final class RowValue implements Struct {
    private final SqlType type;
    private final byte[] bytes;

    RowValue(SqlType type, byte[] bytes) {
        this.type = type;
        this.bytes = bytes;
    }

    SqlType type() {
        return type;
    }

    /** As they are stored; not to be written to. */
    byte[] bytes() {
        return bytes;
    }

    @Override
    public String getSQLTypeName() {
        return type.sqlText();
    }

    @Override
    public @Nullable Object[] getAttributes() {
        return NestedObjects.fields(type, bytes);
    }

    @Override
    public @Nullable Object[] getAttributes(@Nullable Map<String, Class<?>> types) {
        return getAttributes();
    }

    @Override
    public String toString() {
        return NestedText.format(type, bytes, 0);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RowValue row && Arrays.equals(bytes, row.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
