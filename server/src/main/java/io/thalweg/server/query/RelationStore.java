package io.thalweg.server.query;

import io.thalweg.log.LogStore;
import io.thalweg.log.PartitionId;
import io.thalweg.log.PartitionLog;
import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.MaterializedViewDefinition;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** Makes what a new object keeps on disk; if that fails, nothing of it remains. */
    void create(CatalogObject object) {
        add(object, this::createPartitions);
    }

    /** Finds what an object keeps on disk; throws DATA_CORRUPTED if a part of it is missing. */
    void open(CatalogObject object) {
        add(object, this::openPartitions);
    }

    /** Keeps the rows of an object as its new definition says; does nothing if it was dropped. */
    void alter(CatalogObject object) {
        stored.computeIfPresent(object.id(), (id, relation) -> {
            StoredRelation altered = relation.withObject(object);
            StoragePolicies.apply(altered);
            return altered;
        });
    }

    /** Has the log do with old rows what their objects say, from here on. */
    void applyPolicies() {
        stored.values().forEach(StoragePolicies::apply);
    }

    private interface Partitions {
        List<PartitionLog> of(CatalogObject object, int count);
    }

    private void add(CatalogObject object, Partitions partitions) {
        if (object instanceof StreamDefinition stream) {
            stored.put(stream.id(), StoredRelation.of(stream, partitions.of(stream, stream.partitionCount())));
        } else if (object instanceof TableDefinition table) {
            StoredRelation relation = StoredRelation.of(table, partitions.of(table, table.partitionCount()));
            stored.put(table.id(), relation);
            kept.put(table.id(), relation.storedType());
        } else if (object instanceof MaterializedViewDefinition view) {
            kept.put(view.id(), view.type());
        }
    }

    private List<PartitionLog> createPartitions(CatalogObject object, int count) {
        List<PartitionLog> partitions = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                partitions.add(log.create(new PartitionId(object.id(), i)));
            }
            return partitions;
        } catch (RuntimeException | Error failure) {
            for (PartitionLog made : partitions) {
                dropAfter(failure, made.id());
            }
            throw failure;
        }
    }

    /** What cannot be dropped now is dropped at the next start: the catalog does not know it. */
    private void dropAfter(Throwable failure, PartitionId partition) {
        try {
            log.drop(partition);
        } catch (ThalwegException second) {
            failure.addSuppressed(second);
        }
    }

    private List<PartitionLog> openPartitions(CatalogObject object, int count) {
        List<PartitionLog> partitions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            partitions.add(log.partition(new PartitionId(object.id(), i))
                    .orElseThrow(() -> new ThalwegException(
                                    ErrorCode.DATA_CORRUPTED,
                                    "partition " + number + " of "
                                            + object.kind().noun() + " " + object.name()
                                            + " is missing from the data directory")
                            .withHint("Restore the directory from a backup.")));
        }
        return partitions;
    }

    /** From here on nobody finds the object; its partitions are still there. */
    Optional<StoredRelation> forget(long id) {
        kept.remove(id);
        return Optional.ofNullable(stored.remove(id));
    }

    /** Deletes the partitions of a relation that was forgotten. */
    void delete(StoredRelation relation) {
        relation.partitions().forEach(partition -> log.drop(partition.id()));
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
