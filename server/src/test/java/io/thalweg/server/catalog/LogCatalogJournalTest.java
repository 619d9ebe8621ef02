package io.thalweg.server.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thalweg.log.LogConfig;
import io.thalweg.log.LogStore;
import io.thalweg.log.PartitionId;
import io.thalweg.log.file.MemoryFileSystem;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.time.SystemClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogCatalogJournalTest {
    private final MemoryFileSystem files = new MemoryFileSystem();

    private LogStore open() {
        return LogStore.open(files, Path.of("/data"), LogConfig.defaults().withReserveBytes(0), new SystemClock());
    }

    private static List<String> texts(CatalogJournal journal) {
        return journal.readAll().stream()
                .map(record -> new String(record, StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void keepsRecordsInOrderAcrossRestarts() {
        try (LogStore store = open()) {
            LogCatalogJournal journal = LogCatalogJournal.open(store);
            assertEquals(List.of(), texts(journal));
            journal.append("one".getBytes(StandardCharsets.UTF_8));
            journal.append("two".getBytes(StandardCharsets.UTF_8));
            assertEquals(List.of("one", "two"), texts(journal));
        }
        try (LogStore store = open()) {
            LogCatalogJournal journal = LogCatalogJournal.open(store);
            journal.append("three".getBytes(StandardCharsets.UTF_8));
            assertEquals(List.of("one", "two", "three"), texts(journal));
        }
    }

    @Test
    void partitionsWithoutAJournalStopTheStart() {
        try (LogStore store = open()) {
            store.create(new PartitionId(7, 0));
        }
        try (LogStore store = open()) {
            ThalwegException failure = assertThrows(ThalwegException.class, () -> LogCatalogJournal.open(store));
            assertEquals(ErrorCode.CATALOG_MISSING, failure.code());
            assertEquals("the data directory holds 1 partitions and no catalog", failure.message());
        }
    }
}
