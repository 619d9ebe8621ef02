package io.thalweg.server.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.ColumnDefinition;
import io.thalweg.model.catalog.ContinuousQueryDefinition;
import io.thalweg.model.catalog.ObjectKind;
import io.thalweg.model.catalog.ObjectName;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.ViewDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogStateMachineTest {
    private final Disk disk = new Disk();

    /** The journal and the storage of a server, with everything that was done to them in order. */
    private static final class Disk implements CatalogJournal, ObjectStorage {
        private final List<byte[]> records = new ArrayList<>();
        private final Set<Long> stored = new TreeSet<>();
        private final List<CatalogObject> altered = new ArrayList<>();
        /** Each entry is the state after one action. */
        private final List<Disk> history = new ArrayList<>();

        private Optional<ThalwegException> nextAppend = Optional.empty();
        private int appendsBefore;
        private Optional<ThalwegException> nextCreate = Optional.empty();
        private Optional<ThalwegException> nextDrop = Optional.empty();

        @Override
        public List<byte[]> readAll() {
            return List.copyOf(records);
        }

        @Override
        public void append(byte[] record) {
            if (appendsBefore-- <= 0) {
                nextAppend.ifPresent(failure -> {
                    throw failure;
                });
            }
            records.add(record);
            remember();
        }

        @Override
        public boolean isCertainlyNotAppended(ThalwegException failure) {
            return failure.code() == ErrorCode.DISK_FULL;
        }

        @Override
        public void start(ContinuousQueryDefinition query) {
            remember();
        }

        @Override
        public void pause(ContinuousQueryDefinition query) {
            remember();
        }

        @Override
        public void drop(ContinuousQueryDefinition query) {
            remember();
        }

        @Override
        public void widen(CatalogObject object) {
            // A crash here finds an object without the column.
            remember();
        }

        @Override
        public void alter(CatalogObject object) {
            altered.add(object);
        }

        @Override
        public void create(CatalogObject object) {
            if (object.kind() == ObjectKind.STREAM || object.kind() == ObjectKind.TABLE) {
                stored.add(object.id());
                remember();
            }
            nextCreate.ifPresent(failure -> {
                throw failure;
            });
        }

        @Override
        public void drop(CatalogObject object) {
            nextDrop.ifPresent(failure -> {
                throw failure;
            });
            stored.remove(object.id());
            remember();
        }

        private void remember() {
            Disk copy = new Disk();
            copy.records.addAll(records);
            copy.stored.addAll(stored);
            history.add(copy);
        }
    }

    private static CatalogStateMachine start(CatalogJournal journal) {
        return new CatalogStateMachine(journal, objects -> List.of());
    }

    private static void change(CatalogStateMachine catalog, Disk disk, Random random, String name) {
        try (CatalogStateMachine.Editor editor = catalog.edit(disk)) {
            List<CatalogObject> objects = List.copyOf(editor.snapshot().objects());
            Optional<CatalogObject> some =
                    objects.isEmpty() ? Optional.empty() : Optional.of(objects.get(random.nextInt(objects.size())));
            long id = editor.nextId();
            switch (random.nextInt(7)) {
                case 0 -> editor.create(CatalogObjects.stream(id, name), Set.of());
                case 1 -> editor.create(CatalogObjects.table(id, name), Set.of());
                case 2 ->
                    editor.create(
                            CatalogObjects.view(id, name),
                            some.map(CatalogObject::id).map(Set::of).orElse(Set.of()));
                case 3 -> {
                    if (some.isPresent()) {
                        editor.create(
                                CatalogObjects.materializedView(id, name, some.get()),
                                Set.of(some.get().id()));
                    }
                }
                case 4 -> {
                    if (some.isPresent() && some.get() instanceof StreamDefinition stream) {
                        editor.alter(CatalogObjects.withOption(stream, "retention", random.nextInt(9) + 1 + " d"));
                        ColumnDefinition added = ColumnDefinition.stored("c" + id, SqlType.INTEGER)
                                .withEarlier(new Literal((int) id, SqlType.INTEGER));
                        editor.widen(stream.withColumns(stream.columns().with(added)));
                    }
                }
                case 5 -> {
                    if (some.isPresent()) {
                        editor.drop(some.get());
                    }
                }
                default -> {
                    if (some.isPresent()
                            && some.get() instanceof ViewDefinition old
                            && editor.readersOf(old).isEmpty()) {
                        editor.replace(old, CatalogObjects.view(id, old.name().name()), Set.of());
                    }
                }
            }
        }
    }

    @RepeatedTest(20)
    void replayGivesTheLiveState(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        CatalogStateMachine catalog = start(disk);
        for (int i = 0; i < 40; i++) {
            change(catalog, disk, random, "object_" + i);
            CatalogStateMachine replayed = start(new MemoryJournal(disk.records));
            assertEquals(
                    List.copyOf(catalog.snapshot().objects()),
                    List.copyOf(replayed.snapshot().objects()),
                    "seed " + repetition.getCurrentRepetition());
            assertEquals(catalog.snapshot().version(), replayed.snapshot().version());
        }
    }

    @RepeatedTest(10)
    void aCrashAfterAnyActionLeavesNoDoubtWhoseStorageIsWhose(RepetitionInfo repetition) {
        Random random = new Random(1_000 + repetition.getCurrentRepetition());
        CatalogStateMachine catalog = start(disk);
        for (int i = 0; i < 30; i++) {
            change(catalog, disk, random, "object_" + i);
        }
        for (Disk crashed : disk.history) {
            CatalogStateMachine recovered = start(new MemoryJournal(crashed.records));
            Set<Long> kept = new TreeSet<>(crashed.stored);
            kept.removeAll(recovered.reconcile(crashed.stored));
            Set<Long> live = recovered.snapshot().objects().stream()
                    .filter(object -> object.kind() == ObjectKind.STREAM || object.kind() == ObjectKind.TABLE)
                    .map(CatalogObject::id)
                    .collect(Collectors.toSet());
            assertEquals(live, kept, "seed " + repetition.getCurrentRepetition());
        }
    }

    @Test
    void anAlteredObjectKeepsItsReadersAndItsStorageFollows() {
        CatalogStateMachine catalog = start(disk);
        create(catalog, "flights");
        StreamDefinition altered;
        try (CatalogStateMachine.Editor editor = catalog.edit(disk)) {
            StreamDefinition stream =
                    (StreamDefinition) editor.snapshot().objects().iterator().next();
            editor.create(CatalogObjects.materializedView(editor.nextId(), "m", stream), Set.of(stream.id()));
            altered = CatalogObjects.withOption(stream, "retention", "7 d");
            editor.alter(altered);
            assertEquals(1, editor.allReadersOf(altered).size());
        }
        assertEquals(List.of(altered), disk.altered);
        CatalogStateMachine replayed = start(new MemoryJournal(disk.records));
        assertEquals(Optional.of(altered), replayed.snapshot().find(altered.name()));
        try (CatalogStateMachine.Editor editor = replayed.edit(disk)) {
            assertEquals(1, editor.readersOf(altered).size());
        }
    }

    @Test
    void storageThatNoRecordKnowsStopsTheStart() {
        CatalogStateMachine empty = start(disk);
        ThalwegException failure = assertThrows(ThalwegException.class, () -> empty.reconcile(Set.of(3L)));
        assertEquals(ErrorCode.CATALOG_MISSING, failure.code());
        assertEquals("the data directory holds rows of 1 objects that the catalog does not know", failure.message());
    }

    @Test
    void missingStorageOfAStreamStopsTheStart() {
        create(start(disk), "flights");
        ThalwegException failure =
                assertThrows(ThalwegException.class, () -> start(disk).reconcile(Set.of()));
        assertEquals(ErrorCode.DATA_CORRUPTED, failure.code());
        assertEquals("the rows of stream flights are missing from the data directory", failure.message());
    }

    @Test
    void nothingRemainsOfAnObjectWhoseStorageFails() {
        CatalogStateMachine catalog = start(disk);
        disk.nextCreate = Optional.of(new ThalwegException(ErrorCode.DISK_FULL, "the disk is full"));
        ThalwegException failure = assertThrows(ThalwegException.class, () -> create(catalog, "flights"));
        assertEquals("the disk is full", failure.message());
        assertEquals(List.of(), List.copyOf(catalog.snapshot().objects()));
        assertTrue(disk.stored.isEmpty());

        disk.nextCreate = Optional.empty();
        create(catalog, "flights");
        assertEquals(
                2,
                catalog.snapshot().find(ObjectName.of("flights")).orElseThrow().id(),
                "ids are given out once");
    }

    @Test
    void afterAFailedAppendNoChangeIsTaken() {
        CatalogStateMachine catalog = start(disk);
        create(catalog, "kept");
        disk.nextAppend = Optional.of(new ThalwegException(ErrorCode.IO_ERROR, "the disk is gone"));
        assertThrows(ThalwegException.class, () -> create(catalog, "lost"));
        disk.nextAppend = Optional.empty();
        ThalwegException failure = assertThrows(ThalwegException.class, () -> create(catalog, "next"));
        assertEquals("the catalog takes no more changes, since an earlier one failed on disk", failure.message());
        assertEquals(1, catalog.snapshot().objects().size());
    }

    /** The first append of a CREATE is Creating, the second Created. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aFullDiskUndoesTheChangeAndTheNextIsTaken(int appends) {
        CatalogStateMachine catalog = start(disk);
        disk.nextAppend = Optional.of(new ThalwegException(ErrorCode.DISK_FULL, "the disk is full"));
        disk.appendsBefore = appends;
        assertThrows(ThalwegException.class, () -> create(catalog, "lost"));
        assertEquals(Set.of(), disk.stored);
        disk.nextAppend = Optional.empty();
        create(catalog, "next");
        CatalogStateMachine recovered = start(new MemoryJournal(disk.records));
        assertEquals(List.of(), recovered.reconcile(disk.stored));
        assertEquals(
                List.of("next"),
                recovered.snapshot().objects().stream()
                        .map(object -> object.name().toString())
                        .toList());
    }

    @Test
    void whatIsOpenAfterAFailureIsLeftForTheRestart() {
        CatalogStateMachine catalog = start(disk);
        disk.nextAppend = Optional.of(new ThalwegException(ErrorCode.IO_ERROR, "the disk is gone"));
        disk.appendsBefore = 1;
        assertThrows(ThalwegException.class, () -> create(catalog, "open"));
        assertEquals(Set.of(1L), disk.stored, "Created may be on disk, and then the storage is needed");
    }

    @Test
    void theDropOfOneStorageDoesNotDependOnAnother() {
        CatalogStateMachine catalog = start(disk);
        create(catalog, "a");
        StreamDefinition stream = create(catalog, "b");
        disk.nextDrop = Optional.of(new ThalwegException(ErrorCode.IO_ERROR, "the disk is gone"));
        try (CatalogStateMachine.Editor editor = catalog.edit(disk)) {
            editor.drop(stream);
        }
        assertEquals(1, catalog.snapshot().objects().size());
        assertEquals(List.of(2L), start(new MemoryJournal(disk.records)).reconcile(disk.stored));
    }

    @Test
    void whoWaitsForTheTurnCanGiveUp() throws InterruptedException {
        CatalogStateMachine catalog = start(disk);
        try (CatalogStateMachine.Editor first = catalog.edit(disk)) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread second = new Thread(() -> {
                try {
                    catalog.edit(disk, () -> {
                        throw new ThalwegException(ErrorCode.QUERY_CANCELED, "enough");
                    });
                } catch (ThalwegException enough) {
                    thrown.set(enough);
                }
            });
            second.start();
            second.join();
            assertEquals("enough", thrown.get().getMessage());
            assertEquals(1, first.nextId());
        }
    }

    @Test
    void dropTakesAllReadersAlongTheLastFirst() {
        CatalogStateMachine catalog = start(disk);
        StreamDefinition stream = create(catalog, "s");
        try (CatalogStateMachine.Editor editor = catalog.edit(disk)) {
            CatalogObject view = CatalogObjects.view(editor.nextId(), "v");
            editor.create(view, Set.of(stream.id()));
            editor.create(CatalogObjects.materializedView(editor.nextId(), "m", view), Set.of(view.id(), stream.id()));
            assertEquals(
                    List.of("v", "m"),
                    editor.readersOf(stream).stream()
                            .map(object -> object.name().toString())
                            .toList());
            assertEquals(
                    List.of("m", "v", "s"),
                    editor.drop(stream).stream()
                            .map(object -> object.name().toString())
                            .toList());
        }
        assertEquals(List.of(), List.copyOf(catalog.snapshot().objects()));
    }

    private StreamDefinition create(CatalogStateMachine catalog, String name) {
        try (CatalogStateMachine.Editor editor = catalog.edit(disk)) {
            StreamDefinition stream = CatalogObjects.stream(editor.nextId(), name);
            editor.create(stream, Set.of());
            return stream;
        }
    }
}
