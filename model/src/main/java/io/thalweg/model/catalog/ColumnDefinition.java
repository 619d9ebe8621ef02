package io.thalweg.model.catalog;

import io.thalweg.model.type.SqlType;
import java.util.Optional;

/**
 * A column of a stream or a table.
 *
 * @param expression SQL text: the default of a stored column, the definition of a generated one, and for a metadata
 *     column its key: {@code partition}, {@code offset} or {@code timestamp}
 */
public record ColumnDefinition(
        String name, SqlType type, ColumnOrigin origin, Optional<String> expression, Optional<String> comment) {
    /** A stored column without default. */
    public static ColumnDefinition stored(String name, SqlType type) {
        return new ColumnDefinition(name, type, ColumnOrigin.STORED, Optional.empty(), Optional.empty());
    }

    public boolean isStored() {
        return origin == ColumnOrigin.STORED;
    }
}
