package io.thalweg.server.catalog;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.ContinuousQueryDefinition;
import io.thalweg.model.catalog.FunctionDefinition;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.SystemTableDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.server.catalog.record.CatalogRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The sum of all records so far. The same code applies a record when it is new and when it is replayed, so both ways give
 * the same state. One owner thread at a time; not thread-safe.
 */
final class CatalogState {
    private final Map<Long, Entry> live = new TreeMap<>();
    private final Map<Long, Entry> begun = new TreeMap<>();
    private final Map<Long, Query> queries = new TreeMap<>();
    private final Map<Long, FunctionDefinition> functions = new TreeMap<>();
    private long version;
    private long lastId;

    /** An object with the ids of the objects it reads. */
    private record Entry(CatalogObject object, Set<Long> uses) {}

    /** An endless query with the ids of the objects it reads. */
    private record Query(ContinuousQueryDefinition definition, Set<Long> uses) {}

    /** Throws DATA_CORRUPTED if the record does not follow from those before, since then one of them is lost. */
    void apply(CatalogRecord record) {
        record.accept(new Applier());
        version++;
    }

    /** How many records made this state. */
    long version() {
        return version;
    }

    /** The greatest id ever given out, be its object live, begun or gone. */
    long lastId() {
        return lastId;
    }

    CatalogSnapshot snapshot(Function<Collection<CatalogObject>, List<SystemTableDefinition>> systemTables) {
        List<CatalogObject> objects = new ArrayList<>();
        live.values().forEach(entry -> objects.add(entry.object));
        objects.addAll(systemTables.apply(List.copyOf(objects)));
        return new CatalogSnapshot(
                version,
                objects,
                queries.values().stream().map(Query::definition).toList(),
                functions.values());
    }

    /** Objects whose making was begun and never completed. */
    List<CatalogObject> halfMade() {
        return begun.values().stream().map(Entry::object).toList();
    }

    /** The live object of this id. */
    CatalogObject object(long id) {
        return require(live, id).object;
    }

    /** The live objects that read one of the given ones directly, without these themselves, in the order of their ids. */
    List<CatalogObject> readersOf(Set<Long> ids) {
        return live.values().stream()
                .filter(entry ->
                        !ids.contains(entry.object.id()) && entry.uses.stream().anyMatch(ids::contains))
                .map(Entry::object)
                .toList();
    }

    /** The object or function and all live objects that read it, directly or not; each stands before what it reads. */
    List<Long> withAllReaders(long id) {
        Set<Long> found = new TreeSet<>(Set.of(id));
        while (found.addAll(readersOf(found).stream().map(CatalogObject::id).toList())) {
            // Each round adds the readers of what the rounds before have found.
        }
        // An object only reads objects that were there before it, and ids grow: the greatest id is read by none.
        return found.stream().sorted((a, b) -> Long.compare(b, a)).toList();
    }

    /** The endless queries that read one of these objects. */
    List<ContinuousQueryDefinition> queriesReading(Set<Long> ids) {
        return queries.values().stream()
                .filter(query -> query.uses.stream().anyMatch(ids::contains))
                .map(Query::definition)
                .toList();
    }

    private static <T> T require(Map<Long, T> entries, long id) {
        T entry = entries.get(id);
        if (entry == null) {
            throw new ThalwegException(
                    ErrorCode.DATA_CORRUPTED,
                    "a catalog record names object " + id + ", which no record before it made");
        }
        return entry;
    }

    private final class Applier implements CatalogRecord.Visitor<CatalogState> {
        @Override
        public CatalogState visitCreating(CatalogRecord.Creating creating) {
            take(creating.object().id());
            begun.put(creating.object().id(), new Entry(creating.object(), creating.uses()));
            return CatalogState.this;
        }

        @Override
        public CatalogState visitCreated(CatalogRecord.Created created) {
            live.put(created.id(), require(begun, created.id()));
            begun.remove(created.id());
            created.filledBy().ifPresent(this::visitQueryCreated);
            return CatalogState.this;
        }

        @Override
        public CatalogState visitDropped(CatalogRecord.Dropped dropped) {
            for (long id : dropped.ids()) {
                if (begun.remove(id) == null && queries.remove(id) == null && functions.remove(id) == null) {
                    require(live, id);
                    live.remove(id);
                }
            }
            return CatalogState.this;
        }

        @Override
        public CatalogState visitReplaced(CatalogRecord.Replaced replaced) {
            require(live, replaced.id());
            take(replaced.view().id());
            live.remove(replaced.id());
            live.put(replaced.view().id(), new Entry(replaced.view(), replaced.uses()));
            return CatalogState.this;
        }

        @Override
        public CatalogState visitSwapped(CatalogRecord.Swapped swapped) {
            Entry entry = require(begun, swapped.id());
            require(live, swapped.replaced());
            begun.remove(swapped.id());
            live.remove(swapped.replaced());
            live.put(swapped.id(), entry);
            return CatalogState.this;
        }

        @Override
        public CatalogState visitAltered(CatalogRecord.Altered altered) {
            long id = altered.object().id();
            live.put(id, new Entry(altered.object(), require(live, id).uses));
            return CatalogState.this;
        }

        @Override
        public CatalogState visitPartitionsAdded(CatalogRecord.PartitionsAdded added) {
            Entry entry = require(live, added.id());
            if (!(entry.object() instanceof StreamDefinition stream) || stream.partitionCount() >= added.partitions()) {
                throw new ThalwegException(
                        ErrorCode.DATA_CORRUPTED,
                        "a catalog record adds partitions to object " + added.id() + ", which cannot be");
            }
            live.put(added.id(), new Entry(stream.withPartitionCount(added.partitions()), entry.uses()));
            return CatalogState.this;
        }

        @Override
        public CatalogState visitQueryCreated(CatalogRecord.QueryCreated created) {
            take(created.query().id());
            require(live, created.query().target());
            queries.put(created.query().id(), new Query(created.query(), created.uses()));
            return CatalogState.this;
        }

        @Override
        public CatalogState visitQueryPaused(CatalogRecord.QueryPaused paused) {
            Query query = require(queries, paused.id());
            queries.put(paused.id(), new Query(query.definition.withPaused(paused.paused()), query.uses));
            return CatalogState.this;
        }

        @Override
        public CatalogState visitFunctionCreated(CatalogRecord.FunctionCreated created) {
            take(created.function().id());
            created.replaces().ifPresent(old -> {
                require(functions, old);
                functions.remove(old);
            });
            functions.put(created.function().id(), created.function());
            return CatalogState.this;
        }

        private void take(long id) {
            if (id <= lastId) {
                throw new ThalwegException(
                        ErrorCode.DATA_CORRUPTED, "a catalog record gives out id " + id + " after id " + lastId);
            }
            lastId = id;
        }
    }
}
