package io.thalweg.server.query;

import io.thalweg.log.LogStore;
import io.thalweg.log.PartitionId;
import io.thalweg.log.PartitionLog;
import io.thalweg.model.catalog.MaterializedViewDefinition;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Knows the partitions of every stream and table, and the columns of every relation that is kept. Thread-safe. */
final class RelationStore {
    private final LogStore log;
    private final Map<Long, StoredRelation> stored = new ConcurrentHashMap<>();
    private final Map<Long, RowType> kept = new ConcurrentHashMap<>();

    RelationStore(LogStore log) {
        this.log = log;
    }

    /** Opens the partitions of a stream, making those that are not there. */
    void add(StreamDefinition stream) {
        stored.put(stream.id(), StoredRelation.of(stream, partitions(stream.id(), stream.partitionCount())));
    }

    /** Opens the partitions of a table, making those that are not there. */
    StoredRelation add(TableDefinition table) {
        StoredRelation relation = StoredRelation.of(table, partitions(table.id(), table.partitionCount()));
        stored.put(table.id(), relation);
        kept.put(table.id(), relation.storedType());
        return relation;
    }

    void add(MaterializedViewDefinition view) {
        kept.put(view.id(), view.type());
    }

    private List<PartitionLog> partitions(long id, int count) {
        List<PartitionLog> partitions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            PartitionId partition = new PartitionId(id, i);
            partitions.add(log.partition(partition).orElseGet(() -> log.create(partition)));
        }
        return partitions;
    }

    /** Forgets an object and deletes its partitions. */
    void remove(long id) {
        kept.remove(id);
        StoredRelation relation = stored.remove(id);
        if (relation != null) {
            for (int i = 0; i < relation.partitions().size(); i++) {
                log.drop(new PartitionId(id, i));
            }
        }
    }

    /** The relation of this id; the name is for the error if it was dropped. */
    StoredRelation require(long id, String name) {
        return orDropped(stored.get(id), name);
    }

    /** The columns of a table or materialized view as the domain keeps them. */
    RowType keptType(long id, String name) {
        return orDropped(kept.get(id), name);
    }

    private static <T> T orDropped(@Nullable T found, String name) {
        if (found == null) {
            throw new ThalwegException(ErrorCode.UNDEFINED_OBJECT, name + " was dropped");
        }
        return found;
    }
}
