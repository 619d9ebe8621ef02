package io.thalweg.server.query;

import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.state.KeyTable;
import io.thalweg.runtime.state.MemoryAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows of an UPDATE that assigns columns of the primary key: which keys go, and that none is taken twice. One thread,
 * which has the table for itself.
 */
final class KeyMove {
    private final TableDefinition table;
    private final int[] keyColumns;
    private final List<DeltaBatch> newRows;
    private final List<DeltaBatch> oldRowKeys;
    private final KeyTable oldKeys;
    private final KeyTable newKeys;

    /**
     * @param newRows the rows as they become, as they will be stored
     * @param oldRowKeys batch by batch and row by row the keys that they had
     */
    KeyMove(TableDefinition table, List<DeltaBatch> newRows, List<DeltaBatch> oldRowKeys) {
        this.table = table;
        this.keyColumns =
                table.primaryKey().stream().mapToInt(Integer::intValue).toArray();
        this.newRows = newRows;
        this.oldRowKeys = oldRowKeys;
        this.oldKeys = keys();
        this.newKeys = keys();
    }

    private KeyTable keys() {
        List<Field> fields = new ArrayList<>();
        table.primaryKey()
                .forEach(column -> fields.add(table.columns().storedType().field(column)));
        List<Integer> all = IntStream.range(0, fields.size()).boxed().toList();
        return KeyTable.create(
                new RowType(fields), all, KeyTable.NullKeys.EQUAL, MemoryAccount.unlimited("keys of an UPDATE"));
    }

    /**
     * Checks that every key has one row in the end.
     *
     * @param present the keys of all rows of the table as it is
     * @throws ThalwegException UNIQUE_VIOLATION
     */
    void requireUnique(List<DeltaBatch> present) {
        for (int i = 0; i < newRows.size(); i++) {
            DeltaBatch batch = newRows.get(i);
            int[] ids = new int[batch.rowCount()];
            oldKeys.resolve(oldRowKeys.get(i), ids);
            newKeys.resolve(batch.project(keyColumns), ids);
            if (newKeys.createdCount() < batch.rowCount()) {
                throw taken("two rows would have the same key");
            }
        }
        for (DeltaBatch keys : present) {
            int[] moved = new int[keys.rowCount()];
            int[] wanted = new int[keys.rowCount()];
            oldKeys.find(keys, moved);
            newKeys.find(keys, wanted);
            for (int row = 0; row < moved.length; row++) {
                if (moved[row] == KeyTable.ABSENT && wanted[row] != KeyTable.ABSENT) {
                    throw taken("there is a row with the new key already");
                }
            }
        }
    }

    private ThalwegException taken(String how) {
        return new ThalwegException(
                ErrorCode.UNIQUE_VIOLATION,
                "the primary key of table " + table.name() + " is assigned a key that is taken: " + how);
    }

    /** Rows of the keys that nobody has in the end, to be deleted; after the check. */
    List<DeltaBatch> goneRows() {
        List<DeltaBatch> gone = new ArrayList<>();
        for (int i = 0; i < newRows.size(); i++) {
            DeltaBatch keys = oldRowKeys.get(i);
            int[] kept = new int[keys.rowCount()];
            newKeys.find(keys, kept);
            int[] rows = new int[kept.length];
            int count = 0;
            for (int row = 0; row < kept.length; row++) {
                if (kept[row] == KeyTable.ABSENT) {
                    rows[count++] = row;
                }
            }
            if (count > 0) {
                gone.add(withKeys(newRows.get(i), keys).select(rows, count));
            }
        }
        return gone;
    }

    /** The stored columns with other keys; a row that deletes is known by its key alone. */
    private DeltaBatch withKeys(DeltaBatch batch, DeltaBatch keys) {
        Column[] columns = batch.columns().toArray(Column[]::new);
        for (int i = 0; i < keyColumns.length; i++) {
            columns[keyColumns[i]] = keys.column(i);
        }
        return new DeltaBatch(batch.rowCount(), columns, null);
    }
}
