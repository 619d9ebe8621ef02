package io.thalweg.server.query;

import io.thalweg.log.CompactionPolicy;
import io.thalweg.log.PartitionLog;
import io.thalweg.log.RetentionPolicy;
import io.thalweg.model.catalog.ObjectProperties;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.server.catalog.definition.StorageOption;
import java.util.concurrent.TimeUnit;

/** Tells the log what the options of an object ask of its partitions; the log forgets it when it is closed. */
final class StoragePolicies {
    /** A reader of a table's log that is slower than this could miss a delete; tables themselves are rebuilt at once. */
    private static final long TOMBSTONE_MICROS = TimeUnit.DAYS.toMicros(1);
    /** How much memory the keys of one turn may take; a table with more keys takes several turns. */
    private static final long MAX_KEY_BYTES = 64L << 20;

    private StoragePolicies() {}

    /** Sets the policies of all partitions, in place of those that were set before. */
    static void apply(StoredRelation relation) {
        relation.shards().current().logs().forEach(partition -> apply(relation, partition));
    }

    /** Sets the policies of one partition. */
    static void apply(StoredRelation relation, PartitionLog partition) {
        if (relation.object() instanceof StreamDefinition stream) {
            partition.retain(retention(stream.properties()));
        } else if (relation.object() instanceof TableDefinition table) {
            partition.compact(compaction(relation, table));
        }
    }

    private static RetentionPolicy retention(ObjectProperties properties) {
        long maxAge = StorageOption.retentionMillis(properties)
                .map(TimeUnit.MILLISECONDS::toMicros)
                .orElse(Long.MAX_VALUE);
        return new RetentionPolicy(
                maxAge, StorageOption.retentionBytes(properties).orElse(Long.MAX_VALUE));
    }

    private static CompactionPolicy compaction(StoredRelation relation, TableDefinition table) {
        long lag = TimeUnit.MILLISECONDS.toMicros(StorageOption.compactionLagMillis(table.properties()));
        TableRowKeys keys = new TableRowKeys(relation, table.primaryKey());
        return new CompactionPolicy(keys, TOMBSTONE_MICROS, lag, MAX_KEY_BYTES);
    }
}
