package io.thalweg.runtime.state;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.plan.SortKey;
import io.thalweg.model.type.RowType;
import java.util.List;

/**
 * Rows that can be compared, each with a small number and a record of longs for what its owner knows of it. Which rows belong
 * together, and in what order they are kept, is the owner's affair. One owner thread.
 */
public final class OrderedRows {
    /** No row has this number. */
    public static final int NO_ROW = 0;

    private static final int ADDRESS = 0;
    private static final int PREFIX = 1;
    private static final int OWN = 2;

    private final RowCodec codec;
    private final EncodedOrder order;
    private final RecordPages records;
    private final IdAllocator ids = new IdAllocator();
    private final EncodedRows loaded = new EncodedRows();
    private ByteArena arena;

    /**
     * @param keys by which rows are ordered first
     * @param ownLongs how many longs the owner needs for each row
     */
    public OrderedRows(RowType type, List<SortKey> keys, int ownLongs, MemoryAccount account) {
        this.codec = RowCodec.exact(type);
        this.order = new EncodedOrder(codec, type, keys);
        this.records = new RecordPages(OWN + ownLongs, account);
        this.arena = new ByteArena(account);
    }

    /** Makes the rows of a batch ready to be added. */
    public void load(DeltaBatch batch) {
        codec.encode(batch, loaded);
    }

    /**
     * Adds a row of the batch loaded last, with zeros in its own longs.
     *
     * @param prefix a number that is lower for a row only if the row comes first
     */
    public int add(int row, long prefix) {
        int id = ids.allocate();
        records.ensure(id);
        records.clear(id);
        records.set(id, ADDRESS, arena.append(loaded.data(), loaded.start(row), loaded.length(row)));
        records.set(id, PREFIX, prefix);
        return id;
    }

    /** Forgets a row; its number may be given to another. */
    public void remove(int id) {
        arena.free(records.get(id, ADDRESS));
        records.set(id, ADDRESS, ByteArena.NO_ADDRESS);
        ids.release(id);
    }

    /** Gives back what removed rows took, once that is worth it. Not while references to rows are collected. */
    public void compact() {
        if (!arena.isMostlyGarbage()) {
            return;
        }
        ByteArena compacted = arena.successor();
        for (int id = 1; id < ids.end(); id++) {
            long address = records.get(id, ADDRESS);
            if (address != ByteArena.NO_ADDRESS) {
                long moved = compacted.append(arena.page(address), arena.start(address), arena.length(address));
                records.set(id, ADDRESS, moved);
            }
        }
        arena.discard();
        arena = compacted;
    }

    /** The order of two rows; 0 only for rows that do not differ at all. */
    public int compare(int left, int right) {
        long leftPrefix = records.get(left, PREFIX);
        long rightPrefix = records.get(right, PREFIX);
        if (leftPrefix != rightPrefix) {
            return leftPrefix < rightPrefix ? -1 : 1;
        }
        long l = records.get(left, ADDRESS);
        long r = records.get(right, ADDRESS);
        return order.compare(
                arena.page(l), arena.start(l), arena.length(l), arena.page(r), arena.start(r), arena.length(r));
    }

    /** Whether there are sort keys; without them all rows are peers. */
    public boolean hasKeys() {
        return order.hasKeys();
    }

    /** Whether two rows have equal sort keys. */
    public boolean arePeers(int left, int right) {
        if (!order.hasKeys()) {
            return true;
        }
        if (records.get(left, PREFIX) != records.get(right, PREFIX)) {
            return false;
        }
        long l = records.get(left, ADDRESS);
        long r = records.get(right, ADDRESS);
        return order.compareKeys(arena.page(l), arena.start(l), arena.page(r), arena.start(r)) == 0;
    }

    /** The number that a row was added with. */
    public long prefix(int id) {
        return records.get(id, PREFIX);
    }

    /** One of the owner's longs. */
    public long own(int id, int slot) {
        return records.get(id, OWN + slot);
    }

    public void setOwn(int id, int slot, long value) {
        records.set(id, OWN + slot, value);
    }

    /** Adds a row to a list, to be decoded by {@link #decode}. */
    public void refer(int id, RowReferences list) {
        long address = records.get(id, ADDRESS);
        list.add(arena.page(address), arena.start(address));
    }

    /** The columns of the rows in a list. */
    public Column[] decode(RowReferences list) {
        return codec.decode(list);
    }

    /** Some columns of the rows in a list, in ascending order. */
    public Column[] decode(RowReferences list, int[] columns) {
        return codec.decode(list, columns);
    }

    /** Whether a column of a row is NULL. */
    public boolean isNull(int id, int column) {
        long address = records.get(id, ADDRESS);
        return (arena.page(address)[arena.start(address) + (column >>> 3)] >>> (column & 7) & 1) != 0;
    }

    /** Adds a row that is like another one, but for the owner's longs. */
    public int duplicate(int id) {
        int copy = ids.allocate();
        records.ensure(copy);
        records.clear(copy);
        long address = records.get(id, ADDRESS);
        records.set(copy, ADDRESS, arena.append(arena.page(address), arena.start(address), arena.length(address)));
        records.set(copy, PREFIX, records.get(id, PREFIX));
        return copy;
    }

    /** How many rows there are. */
    public int size() {
        return ids.count();
    }
}
