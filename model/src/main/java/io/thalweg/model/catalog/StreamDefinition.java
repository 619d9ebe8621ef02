package io.thalweg.model.catalog;

import io.thalweg.model.type.RowType;
import java.util.List;
import java.util.Optional;

/**
 * An append-only log of rows.
 *
 * @param distribution stored columns whose hash chooses the partition of a row; with none, rows go to partitions in turn
 */
public record StreamDefinition(
        long id,
        ObjectName name,
        RowColumns columns,
        Optional<WatermarkDefinition> watermark,
        List<Integer> distribution,
        int partitionCount,
        ObjectProperties properties)
        implements CatalogObject {
    public StreamDefinition {
        distribution = List.copyOf(distribution);
    }

    /** The same stream with other columns, of which the stored ones begin with those it has. */
    public StreamDefinition withColumns(RowColumns other) {
        return new StreamDefinition(id, name, other, watermark, distribution, partitionCount, properties);
    }

    /** The same stream with another number of partitions. */
    public StreamDefinition withPartitionCount(int count) {
        return new StreamDefinition(id, name, columns, watermark, distribution, count, properties);
    }

    @Override
    public ObjectKind kind() {
        return ObjectKind.STREAM;
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
        return visitor.visitStream(this);
    }
}
