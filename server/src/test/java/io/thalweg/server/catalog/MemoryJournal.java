package io.thalweg.server.catalog;

import io.thalweg.model.error.ThalwegException;
import java.util.ArrayList;
import java.util.List;

/** A journal in memory, which a test may cut off. */
final class MemoryJournal implements CatalogJournal {
    private final List<byte[]> records = new ArrayList<>();

    MemoryJournal() {}

    MemoryJournal(List<byte[]> records) {
        this.records.addAll(records);
    }

    @Override
    public List<byte[]> readAll() {
        return List.copyOf(records);
    }

    @Override
    public void append(byte[] record) {
        records.add(record);
    }

    @Override
    public boolean isCertainlyNotAppended(ThalwegException failure) {
        return false;
    }
}
