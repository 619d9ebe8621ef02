package io.thalweg.server.inspect;

import io.thalweg.log.PayloadKind;
import io.thalweg.log.file.LogFileSystem;
import io.thalweg.log.inspect.LogDump;
import io.thalweg.log.recovery.StoreLayout;
import io.thalweg.log.segment.SegmentName;
import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.ErrorRows;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.RowType;
import io.thalweg.server.catalog.CatalogJournal;
import io.thalweg.server.catalog.CatalogStateMachine;
import io.thalweg.server.catalog.LogCatalogJournal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The objects that a data directory knows, read from its files whether a server has them open or not. */
final class StoredCatalog {
    private final Map<Long, CatalogObject> objects = new HashMap<>();

    private StoredCatalog(Iterable<CatalogObject> objects) {
        for (CatalogObject object : objects) {
            this.objects.put(object.id(), object);
            ErrorRows.of(object).ifPresent(errors -> this.objects.put(errors.id(), errors));
        }
    }

    /** Knows no object. */
    static StoredCatalog empty() {
        return new StoredCatalog(List.of());
    }

    /**
     * Reads the catalog; empty if there is none.
     *
     * @throws ThalwegException DATA_CORRUPTED if it cannot be understood
     */
    static StoredCatalog read(LogFileSystem files, StoreLayout layout) throws IOException {
        Path directory = layout.partition(LogCatalogJournal.STREAM_ID, 0);
        if (!files.exists(directory)) {
            return empty();
        }
        List<byte[]> records = new ArrayList<>();
        LogDump frames = new LogDump(files);
        for (String name : files.list(directory).stream().sorted().toList()) {
            if (SegmentName.baseOffset(name).isPresent()) {
                frames.visit(directory.resolve(name), (header, position, frame) -> {
                    if (frame.payloadKind() == PayloadKind.RECORD.code()) {
                        records.add(bytes(frame.payload()));
                    }
                });
            }
        }
        return new StoredCatalog(new CatalogStateMachine(new ReadRecords(records), known -> List.of())
                .snapshot()
                .objects());
    }

    static byte[] bytes(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        return bytes;
    }

    /** A journal that nobody writes to. */
    private record ReadRecords(List<byte[]> records) implements CatalogJournal {
        @Override
        public List<byte[]> readAll() {
            return records;
        }

        @Override
        public void append(byte[] record) {
            throw new ThalwegException(ErrorCode.INTERNAL_ERROR, "the catalog is only looked at");
        }

        @Override
        public boolean isCertainlyNotAppended(ThalwegException failure) {
            return true;
        }
    }

    /** How many objects there are. */
    int size() {
        return (int) objects.keySet().stream().filter(id -> !ErrorRows.isId(id)).count();
    }

    /** The kind and name of the object with this id: {@code stream orders}. */
    String title(long id) {
        CatalogObject object = objects.get(id);
        if (id == LogCatalogJournal.STREAM_ID) {
            return "catalog";
        }
        return object == null ? "object " + id : object.kind().noun() + " " + object.name();
    }

    /** The stored columns of a stream or table. */
    Optional<RowType> storedType(long id) {
        CatalogObject object = objects.get(id);
        if (object instanceof StreamDefinition stream) {
            return Optional.of(stream.columns().storedType());
        }
        return object instanceof TableDefinition table
                ? Optional.of(table.columns().storedType())
                : Optional.empty();
    }
}
