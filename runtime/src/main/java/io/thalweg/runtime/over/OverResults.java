package io.thalweg.runtime.over;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.LongColumn;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.state.ByteArena;
import io.thalweg.runtime.state.EncodedRows;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.RecordPages;
import io.thalweg.runtime.state.RowCodec;
import io.thalweg.runtime.state.RowReferences;

/** What was last said of each row, by the row's number. One owner thread. */
public final class OverResults {
    private final RowCodec codec;
    private final RecordPages addresses;
    private final EncodedRows encoded = new EncodedRows();
    private final RowReferences single = new RowReferences();
    private ByteArena arena;

    public OverResults(RowType type, MemoryAccount account) {
        this.codec = RowCodec.exact(type);
        this.addresses = new RecordPages(1, account);
        this.arena = new ByteArena(account);
    }

    /** Makes new results ready to be compared and stored. */
    public void load(DeltaBatch results) {
        codec.encode(results, encoded);
    }

    private long address(int row) {
        return row < addresses.capacity() ? addresses.get(row, 0) : ByteArena.NO_ADDRESS;
    }

    /** Whether anything was said of a row. */
    public boolean isKnown(int row) {
        return address(row) != ByteArena.NO_ADDRESS;
    }

    /** Whether the loaded result at a place is what was said of a row. */
    public boolean isSame(int row, int loaded) {
        return isKnown(row)
                && arena.equals(address(row), encoded.data(), encoded.start(loaded), encoded.length(loaded));
    }

    /** Remembers the loaded result at a place for a row. */
    public void store(int row, int loaded) {
        forget(row);
        addresses.ensure(row);
        addresses.set(row, 0, arena.append(encoded.data(), encoded.start(loaded), encoded.length(loaded)));
    }

    /** Forgets what was said of a row. */
    public void forget(int row) {
        if (isKnown(row)) {
            arena.free(address(row));
            addresses.set(row, 0, ByteArena.NO_ADDRESS);
        }
    }

    /** Adds what was said of a row to a list, to be decoded by {@link #decode}. */
    public void refer(int row, RowReferences list) {
        list.add(arena.page(address(row)), arena.start(address(row)));
    }

    /** The columns of the results in a list. */
    public Column[] decode(RowReferences list) {
        return codec.decode(list);
    }

    /** A BIGINT that was said of a row. */
    long longAt(int row, int column) {
        single.clear();
        refer(row, single);
        return ((LongColumn) codec.decode(single, new int[] {column})[0]).value(0);
    }

    /** Gives back what forgotten results took, once that is worth it. */
    public void compact() {
        if (!arena.isMostlyGarbage()) {
            return;
        }
        ByteArena compacted = arena.successor();
        for (int row = 1; row < addresses.capacity(); row++) {
            long address = addresses.get(row, 0);
            if (address != ByteArena.NO_ADDRESS) {
                long moved = compacted.append(arena.page(address), arena.start(address), arena.length(address));
                addresses.set(row, 0, moved);
            }
        }
        arena.discard();
        arena = compacted;
    }
}
