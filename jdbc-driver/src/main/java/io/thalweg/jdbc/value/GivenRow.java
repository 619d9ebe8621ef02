package io.thalweg.jdbc.value;

import java.sql.Struct;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row that the caller makes for a parameter; its fields are converted when it is set.
 *
 * @param typeName what the caller calls its type
 */
public record GivenRow(String typeName, @Nullable Object[] fields) implements Struct {
    public GivenRow {
        fields = fields.clone();
    }

    @Override
    public String getSQLTypeName() {
        return typeName;
    }

    @Override
    public @Nullable Object[] getAttributes() {
        return fields.clone();
    }

    @Override
    public @Nullable Object[] getAttributes(@Nullable Map<String, Class<?>> types) {
        return getAttributes();
    }
}
