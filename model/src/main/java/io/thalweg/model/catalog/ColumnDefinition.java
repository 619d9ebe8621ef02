package io.thalweg.model.catalog;

import io.thalweg.model.expression.Literal;
import io.thalweg.model.type.SqlType;
import java.util.Optional;

/**
 * A column of a stream or a table.
 *
 * @param expression SQL text: the default of a stored column, the definition of a generated one, and for a metadata
 *     column its key: {@code partition}, {@code offset} or {@code timestamp}
 * @param earlier what rows have here that were stored before the column was added; NULL if nothing is said, and of no
 *     matter for a column that was there from the beginning
 */
public record ColumnDefinition(
        String name,
        SqlType type,
        ColumnOrigin origin,
        Optional<String> expression,
        Optional<String> comment,
        Optional<Literal> earlier) {
    /** A column that was there from the beginning. */
    public ColumnDefinition(
            String name, SqlType type, ColumnOrigin origin, Optional<String> expression, Optional<String> comment) {
        this(name, type, origin, expression, comment, Optional.empty());
    }

    /** A stored column without default. */
    public static ColumnDefinition stored(String name, SqlType type) {
        return new ColumnDefinition(name, type, ColumnOrigin.STORED, Optional.empty(), Optional.empty());
    }

    /** The same column, added to rows that have this value in it. */
    public ColumnDefinition withEarlier(Literal value) {
        return new ColumnDefinition(name, type, origin, expression, comment, Optional.of(value));
    }

    public boolean isStored() {
        return origin == ColumnOrigin.STORED;
    }
}
