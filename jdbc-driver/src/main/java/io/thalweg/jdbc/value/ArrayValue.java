package io.thalweg.jdbc.value;

import io.thalweg.model.nested.NestedText;
import io.thalweg.model.type.SqlType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An ARRAY that was read, in memory as long as it is referred to. Its text is that of the SQL value. */
public final class ArrayValue extends ElementArray {
    private final SqlType type;
    private final byte[] bytes;

    ArrayValue(SqlType type, byte[] bytes) {
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
