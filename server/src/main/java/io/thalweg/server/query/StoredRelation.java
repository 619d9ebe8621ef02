package io.thalweg.server.query;

import io.thalweg.log.Durability;
import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.ObjectProperties;
import io.thalweg.model.catalog.RowColumns;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.catalog.WatermarkDefinition;
import io.thalweg.model.delta.BlockCompression;
import io.thalweg.model.type.RowType;
import io.thalweg.server.catalog.definition.StorageOption;
import io.thalweg.server.shard.Shards;
import java.util.List;
import java.util.Optional;

/**
 * A stream or a table with the partitions that hold its rows.
 *
 * @param distribution stored columns whose hash chooses the partition; none if rows go to partitions in turn
 */
record StoredRelation(
        CatalogObject object,
        RowColumns columns,
        RowType storedType,
        Optional<WatermarkDefinition> watermark,
        List<Integer> distribution,
        Shards shards,
        Durability durability) {
    static StoredRelation of(StreamDefinition stream, Shards shards) {
        return new StoredRelation(
                stream,
                stream.columns(),
                stream.columns().storedType(),
                stream.watermark(),
                stream.distribution(),
                shards,
                durability(stream.properties()));
    }

    static StoredRelation of(TableDefinition table, Shards shards) {
        return new StoredRelation(
                table,
                table.columns(),
                table.columns().storedType(),
                Optional.empty(),
                table.primaryKey(),
                shards,
                durability(table.properties()));
    }

    /** What the text of its blocks is compressed by. */
    BlockCompression compression() {
        ObjectProperties properties = object instanceof StreamDefinition stream
                ? stream.properties()
                : object instanceof TableDefinition table ? table.properties() : ObjectProperties.NONE;
        return StorageOption.COMPRESSION.value(properties).equals("lz4")
                ? Lz4Compression.INSTANCE
                : BlockCompression.NONE;
    }

    /** The same partitions under a definition that differs in its options. */
    StoredRelation withObject(CatalogObject altered) {
        return altered instanceof StreamDefinition stream ? of(stream, shards) : of((TableDefinition) altered, shards);
    }

    private static Durability durability(ObjectProperties properties) {
        return StorageOption.DURABILITY.value(properties).equals("os") ? Durability.OS : Durability.SYNC;
    }

    long id() {
        return object.id();
    }

    /** The kind and name for messages: {@code stream flights}. */
    String title() {
        return object.kind().noun() + " " + object.name();
    }
}
