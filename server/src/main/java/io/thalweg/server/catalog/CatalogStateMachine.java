package io.thalweg.server.catalog;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.ContinuousQueryDefinition;
import io.thalweg.model.catalog.FunctionDefinition;
import io.thalweg.model.catalog.ObjectKind;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.SystemTableDefinition;
import io.thalweg.model.catalog.ViewDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.server.catalog.record.CatalogRecord;
import io.thalweg.server.catalog.record.CatalogRecordCodec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalog: a change is written to the journal, then applied, then seen. One change at a time; readers take the latest
 * {@link #snapshot()} and never wait.
 *
 * <p>Records and storage are ordered so that a crash between any two actions leaves no doubt about what is whose:
 *
 * <pre>
 * CREATE           journal Creating -> make storage -> journal Created         -> visible
 * DROP             journal Dropped  -> invisible    -> remove storage
 * OR REPLACE       journal Creating -> make storage -> journal Swapped         -> visible -> remove the old storage
 * ALTER            journal Altered  -> visible      -> storage follows
 * ADD COLUMN                           storage takes it -> journal Altered     -> visible
 * ADD PARTITIONS                       make storage -> journal PartitionsAdded -> visible
 * </pre>
 *
 * A CREATE that fails removes its storage and then journals Dropped, in which order does not matter: without a Created
 * the object never came to be. Only if it is open whether a record reached the disk nothing is undone and no further
 * change is taken, until a restart has read the journal.
 *
 * Partitions that no PartitionsAdded names are rubbish too, and never had a row. Splits and merges of partitions are known
 * to the log alone.
 *
 * Hence the invariant: <b>whatever storage exists belongs to an id that the journal knows, and every live object has its
 * storage.</b> At start-up storage of an id that is known but not live is rubbish of a crash and is removed; storage of
 * an id the journal has never given out means that the journal has lost records, and the start stops rather than hide
 * rows; missing storage of a live object is lost data and is reported as such, never made anew in silence.
 */
public final class CatalogStateMachine {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogStateMachine.class);
    private static final long TURN_MILLIS = 50;

    private final CatalogJournal journal;
    private final Function<Collection<CatalogObject>, List<SystemTableDefinition>> systemTables;
    private final CatalogRecordCodec codec = new CatalogRecordCodec();
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by the lock. */
    private final CatalogState state;
    /** Guarded by the lock: why no further change is taken. */
    private boolean broken;
    /** Written under the lock, read by anyone. */
    private volatile CatalogSnapshot snapshot;

    /**
     * Replays the journal.
     *
     * @param systemTables gives the system tables that exist beside the given objects
     */
    public CatalogStateMachine(
            CatalogJournal journal, Function<Collection<CatalogObject>, List<SystemTableDefinition>> systemTables) {
        this.journal = journal;
        this.systemTables = systemTables;
        this.state = replay(journal.readAll(), codec);
        this.snapshot = state.snapshot(systemTables);
    }

    private static CatalogState replay(List<byte[]> records, CatalogRecordCodec codec) {
        CatalogState state = new CatalogState();
        for (byte[] record : records) {
            state.apply(codec.decode(record));
        }
        return state;
    }

    /** All objects as of the latest change. */
    public CatalogSnapshot snapshot() {
        return snapshot;
    }

    /**
     * Compares the catalog with the ids of which there is storage. Called once, before anything reads or writes.
     *
     * @return ids whose storage is rubbish of a crash and can be removed
     */
    public List<Long> reconcile(Set<Long> storedIds) {
        lock.lock();
        try {
            List<Long> unknown = storedIds.stream()
                    .filter(id -> id > state.lastId())
                    .sorted()
                    .toList();
            if (!unknown.isEmpty()) {
                throw new ThalwegException(
                                ErrorCode.CATALOG_MISSING,
                                "the data directory holds rows of " + unknown.size()
                                        + " objects that the catalog does not know")
                        .withHint("The catalog was lost in part or whole. Restore it from a backup of the directory;"
                                + " starting without it would hide these rows.");
            }
            for (CatalogObject halfMade : state.halfMade()) {
                commit(new CatalogRecord.Dropped(List.of(halfMade.id())));
            }
            Set<Long> live = liveIds();
            requireStorage(storedIds);
            return storedIds.stream().filter(id -> !live.contains(id)).sorted().toList();
        } finally {
            lock.unlock();
        }
    }

    private void requireStorage(Set<Long> storedIds) {
        for (CatalogObject object : snapshot.objects()) {
            boolean stored = object.kind() == ObjectKind.STREAM || object.kind() == ObjectKind.TABLE;
            if (stored && !storedIds.contains(object.id())) {
                throw new ThalwegException(
                                ErrorCode.DATA_CORRUPTED,
                                "the rows of " + object.kind().noun() + " " + object.name()
                                        + " are missing from the data directory")
                        .withHint("Restore the directory from a backup.");
            }
        }
    }

    private Set<Long> liveIds() {
        return snapshot.objects().stream().map(CatalogObject::id).collect(Collectors.toSet());
    }

    /**
     * Waits for the turn to change the catalog and keeps it until the editor is closed.
     *
     * @param storage makes and removes the storage of what the editor creates and drops
     */
    public Editor edit(ObjectStorage storage) {
        return edit(storage, () -> {});
    }

    /**
     * As {@link #edit(ObjectStorage)}, for those who do not wait for ever.
     *
     * @param whileWaiting run again and again until it is their turn; ends the wait by throwing
     */
    public Editor edit(ObjectStorage storage, Runnable whileWaiting) {
        awaitTurn(whileWaiting);
        if (broken) {
            lock.unlock();
            throw new ThalwegException(
                            ErrorCode.IO_ERROR,
                            "the catalog takes no more changes, since an earlier one failed on disk")
                    .withHint("Restart the server; it recovers the catalog from its journal.");
        }
        return new Editor(storage);
    }

    private void awaitTurn(Runnable whileWaiting) {
        try {
            while (!lock.tryLock(TURN_MILLIS, TimeUnit.MILLISECONDS)) {
                whileWaiting.run();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ThalwegException(
                    ErrorCode.QUERY_CANCELED, "interrupted while another statement changed the catalog", interrupted);
        }
    }

    private void commit(CatalogRecord record) {
        byte[] bytes = codec.encode(record);
        boolean certain = false;
        try {
            journal.append(bytes);
            state.apply(record);
            snapshot = state.snapshot(systemTables);
            certain = true;
        } catch (ThalwegException failure) {
            certain = journal.isCertainlyNotAppended(failure);
            throw failure;
        } finally {
            // Otherwise it is not known whether the record is on disk, so neither is the state a restart would find.
            broken = broken || !certain;
        }
    }

    /** The right to change the catalog. Used by one thread, in a try-with-resources statement. */
    public final class Editor implements AutoCloseable {
        private final ObjectStorage storage;

        private Editor(ObjectStorage storage) {
            this.storage = storage;
        }

        /** All objects; nobody else changes them while this editor is open. */
        public CatalogSnapshot snapshot() {
            return snapshot;
        }

        /** The id that the next object must have. */
        public long nextId() {
            return state.lastId() + 1;
        }

        /**
         * Makes an object and its storage; if the storage fails, neither remains.
         *
         * @param uses ids of the objects that this one reads
         */
        public void create(CatalogObject object, Set<Long> uses) {
            create(object, uses, () -> {}, Optional.empty());
        }

        /**
         * Makes an object with rows in it, or with a query that fills it from then on; nobody ever sees it without.
         *
         * @param fill puts rows into the storage; if it fails the object does not come to be
         */
        public void create(
                CatalogObject object, Set<Long> uses, Runnable fill, Optional<CatalogRecord.QueryCreated> filledBy) {
            commit(new CatalogRecord.Creating(object, uses));
            try {
                storage.create(object);
                fill.run();
                commit(new CatalogRecord.Created(object.id(), filledBy));
            } catch (RuntimeException | Error failure) {
                // If it is open whether the object came to be, its storage stays as it is until a restart knows.
                if (!broken) {
                    undo(object, failure);
                }
                throw failure;
            }
            filledBy.ifPresent(query -> storage.start(query.query()));
        }

        /** Has an endless query fill an object that is there. */
        public void create(ContinuousQueryDefinition query, Set<Long> uses) {
            commit(new CatalogRecord.QueryCreated(query, uses));
            storage.start(query);
        }

        /** Stops an endless query for now, or has it go on. */
        public void pause(ContinuousQueryDefinition query, boolean paused) {
            commit(new CatalogRecord.QueryPaused(query.id(), paused));
            if (paused) {
                storage.pause(query);
            } else {
                storage.start(query.withPaused(false));
            }
        }

        /** Ends an endless query; what it has written stays. */
        public void drop(ContinuousQueryDefinition query) {
            commit(new CatalogRecord.Dropped(List.of(query.id())));
            storage.drop(query);
        }

        /**
         * Makes a function. It has no storage: whoever makes it has loaded its code.
         *
         * @param replaced the one of the same name that is gone with it
         */
        public void create(FunctionDefinition function, Optional<FunctionDefinition> replaced) {
            commit(new CatalogRecord.FunctionCreated(function, replaced.map(FunctionDefinition::id)));
        }

        /** Objects that call a function, themselves or by a view. */
        public List<CatalogObject> readersOf(FunctionDefinition function) {
            return state.readersOf(Set.of(function.id()));
        }

        /** The endless queries that call a function, themselves or by a view. */
        public List<ContinuousQueryDefinition> queriesReading(FunctionDefinition function) {
            return state.queriesReading(Set.of(function.id()));
        }

        /** The endless queries that read an object, directly or by a view. */
        public List<ContinuousQueryDefinition> queriesReading(CatalogObject object) {
            return state.queriesReading(Set.of(object.id()));
        }

        /** What cannot be undone now is undone at the next start, since no record says that the object came to be. */
        private void undo(CatalogObject object, Throwable failure) {
            tryOut(() -> storage.drop(object), failure);
            tryOut(() -> commit(new CatalogRecord.Dropped(List.of(object.id()))), failure);
        }

        private static void tryOut(Runnable action, Throwable failure) {
            try {
                action.run();
            } catch (RuntimeException second) {
                if (second != failure) {
                    failure.addSuppressed(second);
                }
            }
        }

        /** Puts a view in the place of another, which nobody reads. */
        public void replace(ViewDefinition old, ViewDefinition replacement, Set<Long> uses) {
            commit(new CatalogRecord.Replaced(old.id(), replacement, uses));
        }

        /**
         * Makes an object beside another of the same name, which nobody reads, and then has it take the place of that one at once.
         * If it cannot be made the other stays. Who still follows the other is told that it was dropped.
         *
         * @param uses ids of the objects that the new one reads
         */
        public void swap(CatalogObject old, CatalogObject replacement, Set<Long> uses) {
            commit(new CatalogRecord.Creating(replacement, uses));
            try {
                storage.create(replacement);
                commit(new CatalogRecord.Swapped(replacement.id(), old.id()));
            } catch (RuntimeException | Error failure) {
                if (!broken) {
                    undo(replacement, failure);
                }
                throw failure;
            }
            dropStorage(old);
        }

        /** Gives an object another definition of the same id, which differs in how rows are kept or in names. */
        public void alter(CatalogObject altered) {
            commit(new CatalogRecord.Altered(altered));
            storage.alter(altered);
        }

        /** Gives an object one more column. Until the record is written nobody knows the column, so nothing is stored in it. */
        public void widen(CatalogObject widened) {
            storage.widen(widened);
            commit(new CatalogRecord.Altered(widened));
        }

        /** Lets a stream have this many partitions, all of which are there already. */
        public void addPartitions(StreamDefinition stream, int partitions) {
            commit(new CatalogRecord.PartitionsAdded(stream.id(), partitions));
        }

        /** Objects that read this one, directly or not, readers of readers first. */
        public List<CatalogObject> allReadersOf(CatalogObject object) {
            return state.withAllReaders(object.id()).stream()
                    .filter(id -> id != object.id())
                    .map(state::object)
                    .toList();
        }

        /** Objects that read this one directly. */
        public List<CatalogObject> readersOf(CatalogObject object) {
            return state.readersOf(Set.of(object.id()));
        }

        /**
         * Removes an object and all objects that read it, and the endless queries that read or fill one of them.
         *
         * @return what was removed, readers first
         */
        public List<CatalogObject> drop(CatalogObject object) {
            return drop(object.id(), Set.of());
        }

        /** Removes a function and all objects that call it, and the endless queries that do or that read or fill one of these. */
        public List<CatalogObject> drop(FunctionDefinition function) {
            return drop(function.id(), Set.of(function.id()));
        }

        /** @param withoutRows what of it is no object */
        private List<CatalogObject> drop(long root, Set<Long> withoutRows) {
            List<Long> readers = state.withAllReaders(root);
            List<CatalogObject> dropped = readers.stream()
                    .filter(id -> !withoutRows.contains(id))
                    .map(state::object)
                    .toList();
            Set<Long> ids = Set.copyOf(readers);
            Set<ContinuousQueryDefinition> ended = new LinkedHashSet<>(state.queriesReading(ids));
            ids.forEach(id -> ended.addAll(snapshot.queriesInto(id)));
            List<Long> gone = new ArrayList<>(
                    ended.stream().map(ContinuousQueryDefinition::id).toList());
            gone.addAll(readers);
            commit(new CatalogRecord.Dropped(gone));
            ended.forEach(storage::drop);
            dropped.forEach(this::dropStorage);
            return dropped;
        }

        /** The object is gone whatever happens here: what is left of its storage is removed at the next start. */
        private void dropStorage(CatalogObject object) {
            try {
                storage.drop(object);
            } catch (RuntimeException failure) {
                LOG.warn(
                        "{} {} was dropped, but some of its rows remain on disk until the next start: {}",
                        object.kind().noun(),
                        object.name(),
                        failure.getMessage());
            }
        }

        @Override
        public void close() {
            lock.unlock();
        }
    }
}
