package io.thalweg.model.catalog;

import io.thalweg.model.type.RowType;
import java.util.List;
import java.util.Optional;

/**
 * A set of rows with a primary key, where an insert replaces the row of the same key. Its log holds its changes.
 *
 * @param primaryKey stored columns, at least one, none of them nullable; their hash chooses the partition
 */
public record TableDefinition(
        long id,
        ObjectName name,
        RowColumns columns,
        List<Integer> primaryKey,
        int partitionCount,
        ObjectProperties properties)
        implements CatalogObject {
    public TableDefinition {
        primaryKey = List.copyOf(primaryKey);
        if (primaryKey.isEmpty()) {
            throw new IllegalArgumentException("table " + name + " without primary key");
        }
    }

    /** The same table with other columns, of which the stored ones begin with those it has. */
    public TableDefinition withColumns(RowColumns other) {
        return new TableDefinition(id, name, other, primaryKey, partitionCount, properties);
    }

    @Override
    public ObjectKind kind() {
        return ObjectKind.TABLE;
    }

    @Override
    public RowType type() {
        return columns.visibleType();
    }

    @Override
    public Optional<String> comment() {
        return properties.comment();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitTable(this);
    }
}
