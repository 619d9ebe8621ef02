package io.thalweg.runtime.view;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.state.ByteArena;
import io.thalweg.runtime.state.EncodedRows;
import io.thalweg.runtime.state.KeyTable;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.RecordPages;
import io.thalweg.runtime.state.RowCodec;
import io.thalweg.runtime.state.RowReferences;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a table with a primary key, kept up by a changelog in which the last entry of a key holds. One owner thread.
 */
public final class KeyedTable {
    /** A row's record: its place in the arena, the call that touched it last, and the last entry of that call. */
    private static final int ADDRESS = 0;

    private static final int CALL = 1;
    private static final int LAST_ENTRY = 2;

    private final RowType type;
    private final MemoryAccount account = MemoryAccount.unlimited("table");
    private final KeyTable keys;
    private final RecordPages records;
    private final RowCodec codec;
    private final EncodedRows encoded = new EncodedRows();
    private final RowReferences references = new RowReferences();
    private ByteArena arena = new ByteArena(account);
    private long call;
    private int[] ids = {};
    private int[] touched = {};

    /**
     * @param key the columns of the primary key
     */
    public KeyedTable(RowType type, List<Integer> key) {
        this.type = type;
        this.keys = KeyTable.create(type, key, KeyTable.NullKeys.EQUAL, account);
        this.records = new RecordPages(3, account);
        this.codec = RowCodec.exact(type);
    }

    /**
     * Applies entries in their order: one of positive weight sets the row of its key, one of negative weight deletes the row of
     * its key, whatever its other columns say.
     *
     * @return what changed, the old row of a key next to the new one; keys whose row is the same in the end are left out
     */
    public List<DeltaBatch> upsert(DeltaBatch changelog) {
        int rows = changelog.rowCount();
        if (ids.length < rows) {
            ids = new int[Math.max(rows, DeltaBatch.TARGET_ROWS)];
            touched = new int[ids.length];
        }
        keys.resolve(changelog, ids);
        for (int i = 0; i < keys.createdCount(); i++) {
            int id = ids[keys.createdRow(i)];
            records.ensure(id);
            records.clear(id);
        }
        call++;
        int touchedCount = 0;
        for (int row = 0; row < rows; row++) {
            int id = ids[row];
            if (records.get(id, CALL) != call) {
                records.set(id, CALL, call);
                touched[touchedCount++] = id;
            }
            records.set(id, LAST_ENTRY, row);
        }
        codec.encode(changelog, encoded);
        List<DeltaBatch> changes = changes(changelog, touchedCount);
        if (arena.isMostlyGarbage()) {
            compact();
        }
        return changes;
    }

    private List<DeltaBatch> changes(DeltaBatch changelog, int touchedCount) {
        DeltaBatch old = oldRows(touchedCount);
        List<DeltaBatch> changes = new ArrayList<>();
        DeltaBatchBuilder builder = new DeltaBatchBuilder(type);
        int oldRow = 0;
        for (int i = 0; i < touchedCount; i++) {
            int id = touched[i];
            int entry = (int) records.get(id, LAST_ENTRY);
            long address = records.get(id, ADDRESS);
            boolean isInsert = changelog.weight(entry) > 0;
            boolean existed = address != ByteArena.NO_ADDRESS;
            boolean isSame = isInsert
                    && existed
                    && arena.equals(address, encoded.data(), encoded.start(entry), encoded.length(entry));
            if (!isSame) {
                if (existed) {
                    builder.appendRow(old, oldRow, -1);
                    arena.free(address);
                }
                if (isInsert) {
                    builder.appendRow(changelog, entry, 1);
                    records.set(id, ADDRESS, arena.append(encoded.data(), encoded.start(entry), encoded.length(entry)));
                } else {
                    records.set(id, ADDRESS, ByteArena.NO_ADDRESS);
                    keys.remove(id);
                }
            }
            oldRow += existed ? 1 : 0;
            if (builder.isFull()) {
                changes.add(builder.build());
            }
        }
        if (!builder.isEmpty()) {
            changes.add(builder.build());
        }
        return changes;
    }

    private DeltaBatch oldRows(int touchedCount) {
        references.clear();
        for (int i = 0; i < touchedCount; i++) {
            refer(records.get(touched[i], ADDRESS));
        }
        return new DeltaBatch(references.count(), codec.decode(references), null);
    }

    private void refer(long address) {
        if (address != ByteArena.NO_ADDRESS) {
            references.add(arena.page(address), arena.start(address));
        }
    }

    private void compact() {
        ByteArena old = arena;
        arena = old.successor();
        for (int id = 1; id < keys.end(); id++) {
            long address = records.get(id, ADDRESS);
            if (address != ByteArena.NO_ADDRESS) {
                records.set(id, ADDRESS, arena.append(old.page(address), old.start(address), old.length(address)));
            }
        }
        old.discard();
    }

    /** All rows. */
    public List<DeltaBatch> snapshot() {
        List<DeltaBatch> batches = new ArrayList<>();
        references.clear();
        for (int id = 1; id < keys.end(); id++) {
            refer(records.get(id, ADDRESS));
            if (references.count() == DeltaBatch.TARGET_ROWS) {
                batches.add(new DeltaBatch(references.count(), codec.decode(references), null));
                references.clear();
            }
        }
        if (references.count() > 0) {
            batches.add(new DeltaBatch(references.count(), codec.decode(references), null));
        }
        return batches;
    }

    /** How many rows there are. */
    public long rowCount() {
        return keys.size();
    }

    /** The memory taken, including what is set aside to grow into. */
    public long sizeBytes() {
        return account.bytes();
    }
}
