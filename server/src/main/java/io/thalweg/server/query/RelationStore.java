package io.thalweg.server.query;

import io.thalweg.log.LogStore;
import io.thalweg.log.PartitionLog;
import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.ErrorRows;
import io.thalweg.model.catalog.MaterializedViewDefinition;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.RowType;
import io.thalweg.server.shard.Shards;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Knows the partitions of every stream and table, and the columns of every relation that is kept. Thread-safe. */
final class RelationStore {
    private final LogStore log;
    private final Map<Long, StoredRelation> stored = new ConcurrentHashMap<>();
    private final Map<Long, RowType> kept = new ConcurrentHashMap<>();
    private final Object errorRowsLock = new Object();

    RelationStore(LogStore log) {
        this.log = log;
    }

    /** Makes what a new object keeps on disk; if that fails, nothing of it remains. */
    void create(CatalogObject object) {
        add(object, Shards::create);
    }

    /** Finds what an object keeps on disk; throws DATA_CORRUPTED if a part of it is missing. */
    void open(CatalogObject object) {
        add(object, Shards::open);
    }

    /** Keeps the rows of an object as its new definition says; does nothing if it was dropped. */
    void alter(CatalogObject object) {
        ErrorRows.of(object).filter(errors -> stored.containsKey(errors.id())).ifPresent(this::alterStored);
        alterStored(object);
    }

    private void alterStored(CatalogObject object) {
        stored.computeIfPresent(object.id(), (id, relation) -> {
            StoredRelation altered = relation.withObject(object);
            StoragePolicies.apply(altered);
            kept.computeIfPresent(id, (table, type) -> altered.storedType());
            return altered;
        });
    }

    /** Has the log do with old rows what their objects say, from here on. */
    void applyPolicies() {
        stored.values().forEach(StoragePolicies::apply);
    }

    /** Has the log do with the rows of a new partition what its object says. */
    private void applyPolicies(long id, PartitionLog partition) {
        StoredRelation relation = stored.get(id);
        if (relation != null) {
            StoragePolicies.apply(relation, partition);
        }
    }

    private interface Partitions {
        Shards of(LogStore store, long id, String title, int count);
    }

    private void add(CatalogObject object, Partitions partitions) {
        String title = object.kind().noun() + " " + object.name();
        if (object instanceof StreamDefinition stream) {
            Shards shards = partitions.of(log, stream.id(), title, stream.partitionCount());
            shards.prepareNew(partition -> applyPolicies(stream.id(), partition));
            stored.put(stream.id(), StoredRelation.of(stream, shards));
        } else if (object instanceof TableDefinition table) {
            Shards shards = partitions.of(log, table.id(), title, table.partitionCount());
            StoredRelation relation = StoredRelation.of(table, shards);
            stored.put(table.id(), relation);
            kept.put(table.id(), relation.storedType());
        } else if (object instanceof MaterializedViewDefinition view) {
            kept.put(view.id(), view.type());
        }
    }

    /** From here on nobody finds the object, nor what were no rows of it; the partitions of both are still there. */
    List<StoredRelation> forget(long id) {
        kept.remove(id);
        synchronized (errorRowsLock) {
            boolean hasErrors =
                    log.partitions().stream().anyMatch(partition -> partition.streamId() == ErrorRows.idOf(id));
            if (hasErrors && stored.containsKey(id)) {
                errorRows(ErrorRows.idOf(id));
            }
            return Stream.of(id, ErrorRows.idOf(id))
                    .map(stored::remove)
                    .filter(Objects::nonNull)
                    .toList();
        }
    }

    /** Deletes the partitions of a relation that was forgotten. */
    static void delete(StoredRelation relation) {
        relation.shards().delete();
    }

    /** The relation of this id; the name is for the error if it was dropped. */
    StoredRelation require(long id, String name) {
        StoredRelation found = stored.get(id);
        return orDropped(found == null && ErrorRows.isId(id) ? errorRows(id) : found, name);
    }

    /**
     * Opens or makes what keeps the records that are no rows of a relation; null if that was dropped. It is made when
     * somebody first needs it, since most relations never do; the lock is there so that no drop misses it.
     */
    private @Nullable StoredRelation errorRows(long id) {
        synchronized (errorRowsLock) {
            StoredRelation owner = stored.get(ErrorRows.ownerOf(id));
            if (owner != null && !stored.containsKey(id)) {
                StreamDefinition errors = ErrorRows.of(owner.object()).orElseThrow();
                boolean onDisk = log.partitions().stream().anyMatch(partition -> partition.streamId() == id);
                add(errors, onDisk ? Shards::open : Shards::create);
                StoragePolicies.apply(Objects.requireNonNull(stored.get(id)));
            }
            return stored.get(id);
        }
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
