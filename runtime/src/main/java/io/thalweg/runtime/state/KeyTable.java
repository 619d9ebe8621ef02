package io.thalweg.runtime.state;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.type.PhysicalKind;
import io.thalweg.model.type.RowType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Gives each distinct key a small positive number, its id, under which other structures keep what belongs to it. Equality
 * is SQL's; NULL equals NULL unless the table was made for a join. One owner thread.
 */
public abstract sealed class KeyTable permits LongKeyTable, BytesKeyTable {
    /** The id of a key that is not in the table. */
    public static final int ABSENT = 0;

    final IdAllocator ids = new IdAllocator();
    /** The rows of the current batch that brought new keys. */
    int[] createdRows = new int[64];

    int createdCount;

    /** How keys of a table are taken from a batch: whether a key with a NULL in it exists at all. */
    public enum NullKeys {
        /** NULL is a value like others: GROUP BY, DISTINCT. */
        EQUAL,
        /** A key with a NULL is in no table: joins. */
        IGNORED
    }

    /** A table for keys of the given columns. */
    public static KeyTable create(RowType type, List<Integer> columns, NullKeys nullKeys, MemoryAccount account) {
        if (columns.size() == 1) {
            PhysicalKind kind = type.type(columns.get(0)).kind();
            if (kind == PhysicalKind.INT || kind == PhysicalKind.LONG || kind == PhysicalKind.DOUBLE) {
                return new LongKeyTable(columns.get(0), kind, nullKeys, account);
            }
        }
        return new BytesKeyTable(RowCodec.canonical(type, columns), columns, nullKeys, account);
    }

    /** A table whose keys are whole rows, which are equal if every bit is. */
    public static KeyTable ofRows(RowType type, MemoryAccount account) {
        List<Integer> columns = IntStream.range(0, type.size()).boxed().toList();
        return new BytesKeyTable(RowCodec.exact(type), columns, NullKeys.EQUAL, account);
    }

    /** Finds the id of the key of each row, adding keys that are new. */
    public abstract void resolve(DeltaBatch batch, int[] found);

    /** Finds the id of the key of each row, {@link #ABSENT} for one that is not in the table. */
    public abstract void find(DeltaBatch batch, int[] found);

    /** The keys with these ids, as columns. */
    public abstract Column[] keys(int[] wanted, int count);

    /** Forgets a key; its id may be given to another. */
    public abstract void remove(int id);

    /** How many rows of the last {@link #resolve} brought a new key. */
    public final int createdCount() {
        return createdCount;
    }

    /** A row of the last {@link #resolve} that brought a new key, counted from 0. */
    public final int createdRow(int index) {
        return createdRows[index];
    }

    /** How many keys there are. */
    public final int size() {
        return ids.count();
    }

    /** Every id is below this. */
    public final int end() {
        return ids.end();
    }

    final void addCreated(int row) {
        if (createdCount == createdRows.length) {
            createdRows = Arrays.copyOf(createdRows, createdCount * 2);
        }
        createdRows[createdCount++] = row;
    }
}
