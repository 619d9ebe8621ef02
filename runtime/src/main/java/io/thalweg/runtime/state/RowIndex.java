package io.thalweg.runtime.state;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.type.RowType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Rows with weights, found by the values of some columns: one side of a join. The rows of one key are chained. Rows with a
 * NULL in the key are not kept, since they match nothing. One owner thread.
 *
 * <p>If rows are never deleted each is simply appended; otherwise equal rows are one entry, found by a hash of the whole
 * row, so that a deletion costs the same whatever the number of rows of its key.
 *
 * <p>A row may be given a time from which nobody will ask for it; then it is forgotten, whatever its weight.
 */
public final class RowIndex {
    /** The end of a chain. */
    public static final int END = 0;

    // A row's record.
    private static final int WEIGHT = 0;
    private static final int NEXT = 1;
    private static final int PREVIOUS = 2;
    private static final int KEY = 3;
    private static final int ADDRESS = 4;
    /** The only key of an index without key columns. */
    private static final int ONLY_KEY = 1;

    private final List<Integer> key;
    private final int[] keyColumns;
    private final Optional<KeyTable> keys;
    private final RecordPages firsts;
    private final RecordPages records;
    private final RowCodec codec;
    private final Optional<BytesKeyTable> distinctRows;
    private final CloseQueue closing;
    private ByteArena arena;
    private final IdAllocator appended = new IdAllocator();
    private final EncodedRows encoded = new EncodedRows();
    private int[] foundKeys = {};
    private int[] foundRows = {};
    private int[] chosen = {};
    private boolean[] added = {};

    /**
     * @param key the columns of the key; none to put all rows into one chain
     * @param appendOnly whether no row is ever deleted
     */
    public RowIndex(RowType type, List<Integer> key, boolean appendOnly, MemoryAccount account) {
        this.key = List.copyOf(key);
        this.keyColumns = key.stream().mapToInt(Integer::intValue).toArray();
        List<Integer> all = IntStream.range(0, key.size()).boxed().toList();
        this.keys = key.isEmpty()
                ? Optional.empty()
                : Optional.of(KeyTable.create(type.project(keyColumns), all, KeyTable.NullKeys.IGNORED, account));
        this.firsts = new RecordPages(1, account);
        this.records = new RecordPages(5, account);
        this.codec = RowCodec.exact(type);
        this.closing = new CloseQueue(account);
        this.arena = new ByteArena(account);
        List<Integer> columns = IntStream.range(0, type.size()).boxed().toList();
        this.distinctRows = appendOnly
                ? Optional.empty()
                : Optional.of(new BytesKeyTable(codec, columns, KeyTable.NullKeys.EQUAL, account));
        firsts.ensure(ONLY_KEY);
    }

    /** The columns of the key. */
    public List<Integer> key() {
        return key;
    }

    /** Adds the weights of a batch of rows. */
    public void add(DeltaBatch batch) {
        DeltaBatch kept = locate(batch);
        addWeights(kept);
        releaseGone(kept);
    }

    /** Forgets those of the rows located last whose weight is 0. */
    public void releaseGone(DeltaBatch located) {
        if (distinctRows.isPresent()) {
            for (int row = 0; row < located.rowCount(); row++) {
                releaseIfGone(foundRows[row]);
            }
        }
    }

    /**
     * Finds the record of each row, or adds one with the weight 0. Whoever calls this adds the weights by {@link #addWeights}
     * and releases, in his own time, those that are 0 then.
     *
     * @return the rows without a NULL in the key
     */
    public DeltaBatch locate(DeltaBatch batch) {
        DeltaBatch kept = resolveKeys(batch);
        Arrays.fill(added, 0, kept.rowCount(), distinctRows.isEmpty());
        if (distinctRows.isPresent()) {
            BytesKeyTable rows = distinctRows.get();
            rows.resolve(kept, foundRows);
            for (int i = 0; i < rows.createdCount(); i++) {
                int row = rows.createdRow(i);
                added[row] = true;
                link(foundRows[row], foundKeys[row]);
            }
        } else {
            append(kept);
        }
        return kept;
    }

    /** The record of a row located last. */
    public int located(int row) {
        return foundRows[row];
    }

    /** Whether the record of a row located last was added for it. */
    public boolean isAdded(int row) {
        return added[row];
    }

    /** Adds the weights of the rows located last. */
    public void addWeights(DeltaBatch located) {
        for (int row = 0; row < located.rowCount(); row++) {
            int id = foundRows[row];
            records.set(id, WEIGHT, records.get(id, WEIGHT) + located.weight(row));
        }
    }

    /** Forgets a row if its weight is 0. */
    public void releaseIfGone(int id) {
        if (distinctRows.isPresent() && records.get(id, WEIGHT) == 0 && records.get(id, KEY) != KeyTable.ABSENT) {
            closing.remove(id);
            forget(id);
        }
    }

    private void forget(int id) {
        unlink(id);
        if (distinctRows.isPresent()) {
            distinctRows.get().remove(id);
        } else {
            arena.free(records.get(id, ADDRESS));
            appended.release(id);
        }
    }

    /** Sets the watermark that will find no use for a row located last any more; once for each row. */
    public void closeAt(int id, long time) {
        closing.add(id, time);
    }

    /** Forgets the rows whose time the watermark has reached. Not between {@link #find} and the end of reading its chains. */
    public void forgetUpTo(long watermark) {
        int[] closed = new int[DeltaBatch.TARGET_ROWS];
        for (int count = closing.poll(watermark, closed); count > 0; count = closing.poll(watermark, closed)) {
            for (int i = 0; i < count; i++) {
                forget(closed[i]);
            }
        }
        if (distinctRows.isEmpty() && arena.isMostlyGarbage()) {
            compact();
        }
    }

    private void compact() {
        ByteArena compacted = arena.successor();
        for (int id = 1; id < appended.end(); id++) {
            if (records.get(id, KEY) != KeyTable.ABSENT) {
                long address = records.get(id, ADDRESS);
                long moved = compacted.append(arena.page(address), arena.start(address), arena.length(address));
                records.set(id, ADDRESS, moved);
            }
        }
        arena.discard();
        arena = compacted;
    }

    /** Finds or adds the key of each row; the rows without a NULL in it, their keys in {@link #foundKeys}. */
    private DeltaBatch resolveKeys(DeltaBatch batch) {
        int rows = batch.rowCount();
        if (foundKeys.length < rows) {
            int size = Math.max(rows, DeltaBatch.TARGET_ROWS);
            foundKeys = new int[size];
            foundRows = new int[size];
            chosen = new int[size];
            added = new boolean[size];
        }
        if (keys.isEmpty()) {
            Arrays.fill(foundKeys, 0, rows, ONLY_KEY);
            return batch;
        }
        KeyTable table = keys.get();
        table.resolve(batch.project(keyColumns), foundKeys);
        for (int i = 0; i < table.createdCount(); i++) {
            int id = foundKeys[table.createdRow(i)];
            firsts.ensure(id);
            firsts.set(id, 0, END);
        }
        int count = 0;
        for (int row = 0; row < rows; row++) {
            if (foundKeys[row] != KeyTable.ABSENT) {
                foundKeys[count] = foundKeys[row];
                chosen[count++] = row;
            }
        }
        return count == rows ? batch : batch.select(chosen, count);
    }

    private void append(DeltaBatch batch) {
        codec.encode(batch, encoded);
        for (int row = 0; row < batch.rowCount(); row++) {
            int id = appended.allocate();
            long address = arena.append(encoded.data(), encoded.start(row), encoded.length(row));
            link(id, foundKeys[row]);
            records.set(id, ADDRESS, address);
            foundRows[row] = id;
        }
    }

    private void link(int id, int keyId) {
        records.ensure(id);
        int next = (int) firsts.get(keyId, 0);
        records.set(id, WEIGHT, 0);
        records.set(id, NEXT, next);
        records.set(id, PREVIOUS, END);
        records.set(id, KEY, keyId);
        if (next != END) {
            records.set(next, PREVIOUS, id);
        }
        firsts.set(keyId, 0, id);
    }

    private void unlink(int id) {
        int previous = (int) records.get(id, PREVIOUS);
        int next = (int) records.get(id, NEXT);
        int keyId = (int) records.get(id, KEY);
        records.set(id, KEY, KeyTable.ABSENT);
        if (next != END) {
            records.set(next, PREVIOUS, previous);
        }
        if (previous != END) {
            records.set(previous, NEXT, next);
        } else {
            firsts.set(keyId, 0, next);
            if (next == END && keys.isPresent()) {
                keys.get().remove(keyId);
            }
        }
    }

    /** Finds the first row of the key of each row of a batch, which has the key's columns only; {@link #END} for none. */
    public void find(DeltaBatch keyBatch, int[] found) {
        int rows = keyBatch.rowCount();
        if (keys.isPresent()) {
            keys.get().find(keyBatch, found);
        } else {
            Arrays.fill(found, 0, rows, ONLY_KEY);
        }
        for (int row = 0; row < rows; row++) {
            found[row] = found[row] == KeyTable.ABSENT ? END : (int) firsts.get(found[row], 0);
        }
    }

    /** The row that follows in the chain, or {@link #END}. */
    public int next(int id) {
        return (int) records.get(id, NEXT);
    }

    public long weight(int id) {
        return records.get(id, WEIGHT);
    }

    /** Adds a row to a list, to be decoded by {@link #decode}. */
    public void refer(int id, RowReferences list) {
        if (distinctRows.isPresent()) {
            distinctRows.get().refer(id, list);
        } else {
            long address = records.get(id, ADDRESS);
            list.add(arena.page(address), arena.start(address));
        }
    }

    /** The columns of the rows in a list. */
    public Column[] decode(RowReferences list) {
        return codec.decode(list);
    }

    /** How many rows there are; equal ones may count once. */
    public long size() {
        return distinctRows.isPresent() ? distinctRows.get().size() : appended.count();
    }
}
