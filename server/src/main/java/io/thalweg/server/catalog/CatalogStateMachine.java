package io.thalweg.server.catalog;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.CatalogSnapshot;
import io.thalweg.model.catalog.ObjectKind;
import io.thalweg.model.catalog.SystemTableDefinition;
import io.thalweg.model.catalog.ViewDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.server.catalog.record.CatalogRecord;
import io.thalweg.server.catalog.record.CatalogRecordCodec;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The catalog: a change is written to the journal, then applied, then seen. One change at a time; readers take the latest
 * {@link #snapshot()} and never wait.
 *
 * <p>Records and storage are ordered so that a crash between any two actions leaves no doubt about what is whose:
 *
 * <pre>
 * CREATE   journal Creating -> make storage -> journal Created  -> visible
 * DROP     journal Dropped  -> invisible    -> remove storage
 * </pre>
 *
 * Hence the invariant: <b>whatever storage exists belongs to an id that the journal knows, and every live object has its
 * storage.</b> At start-up storage of an id that is known but not live is rubbish of a crash and is removed; storage of
 * an id the journal has never given out means that the journal has lost records, and the start stops rather than hide
 * rows; missing storage of a live object is lost data and is reported as such, never made anew in silence.
 */
public final class CatalogStateMachine {
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
        lock.lock();
        if (broken) {
            lock.unlock();
            throw new ThalwegException(
                            ErrorCode.IO_ERROR,
                            "the catalog takes no more changes, since an earlier one failed on disk")
                    .withHint("Restart the server; it recovers the catalog from its journal.");
        }
        return new Editor(storage);
    }

    private void commit(CatalogRecord record) {
        try {
            journal.append(codec.encode(record));
        } catch (ThalwegException failure) {
            // Whether the record is on disk is not known, so neither is the state that a restart would find.
            broken = true;
            throw failure;
        }
        state.apply(record);
        snapshot = state.snapshot(systemTables);
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
            commit(new CatalogRecord.Creating(object, uses));
            try {
                storage.create(object);
            } catch (RuntimeException failure) {
                undo(object, failure);
                throw failure;
            }
            commit(new CatalogRecord.Created(object.id()));
        }

        private void undo(CatalogObject object, RuntimeException failure) {
            try {
                commit(new CatalogRecord.Dropped(List.of(object.id())));
                storage.drop(object);
            } catch (RuntimeException second) {
                // What remains is removed at the next start; the first failure is the one to tell.
                failure.addSuppressed(second);
            }
        }

        /** Puts a view in the place of another, which nobody reads. */
        public void replace(ViewDefinition old, ViewDefinition replacement, Set<Long> uses) {
            commit(new CatalogRecord.Replaced(old.id(), replacement, uses));
        }

        /** Objects that read this one directly. */
        public List<CatalogObject> readersOf(CatalogObject object) {
            return state.readersOf(Set.of(object.id()));
        }

        /**
         * Removes an object and all objects that read it.
         *
         * @return what was removed, readers first
         */
        public List<CatalogObject> drop(CatalogObject object) {
            List<CatalogObject> dropped = state.withAllReaders(object.id()).stream()
                    .map(state::object)
                    .toList();
            commit(new CatalogRecord.Dropped(
                    dropped.stream().map(CatalogObject::id).toList()));
            dropped.forEach(storage::drop);
            return dropped;
        }

        @Override
        public void close() {
            lock.unlock();
        }
    }
}
