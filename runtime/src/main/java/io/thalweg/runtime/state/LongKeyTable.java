package io.thalweg.runtime.state;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DoubleColumn;
import io.thalweg.model.delta.IntColumn;
import io.thalweg.model.delta.LongColumn;
import io.thalweg.model.type.PhysicalKind;
import org.jspecify.annotations.Nullable;

/**
 * Keys of one column that fits a long. Open addressing with linear probing; the slot is taken from the top bits of a
 * Fibonacci hash, which spreads dense and regular keys best. Keys that were made to collide are met by a stronger hash
 * as soon as a probe gets long.
 */
final class LongKeyTable extends KeyTable {
    private static final long FIBONACCI = 0x9E3779B97F4A7C15L;
    private static final int INITIAL_BITS = 6;
    private static final int LONG_PROBE = 64;

    private final int column;
    private final PhysicalKind kind;
    private final NullKeys nullKeys;
    private final MemoryAccount account;
    private final RecordPages keys;
    /** Two longs a slot: the key and its id, 0 where the slot is free. */
    private long[] slots;

    private int bits = INITIAL_BITS;
    private int used;
    private boolean strongHash;
    private int nullId;
    private long[] scratch = {};

    LongKeyTable(int column, PhysicalKind kind, NullKeys nullKeys, MemoryAccount account) {
        this.column = column;
        this.kind = kind;
        this.nullKeys = nullKeys;
        this.account = account;
        this.keys = new RecordPages(1, account);
        account.reserve(2L * Long.BYTES << INITIAL_BITS);
        this.slots = new long[2 << INITIAL_BITS];
    }

    @Override
    public void resolve(DeltaBatch batch, int[] found) {
        createdCount = 0;
        int rows = batch.rowCount();
        long[] values = values(batch.column(column));
        long @Nullable [] nulls = batch.column(column).nulls();
        for (int row = 0; row < rows; row++) {
            if (nulls != null && (nulls[row >>> 6] >>> row & 1) != 0) {
                found[row] = nullKeys == NullKeys.EQUAL ? resolveNull(row) : ABSENT;
                continue;
            }
            long value = values[row];
            int slot = lookUp(value);
            int id = (int) slots[slot + 1];
            found[row] = id != 0 ? id : insert(value, slot, row);
        }
    }

    @Override
    public void find(DeltaBatch batch, int[] found) {
        int rows = batch.rowCount();
        long[] values = values(batch.column(column));
        long @Nullable [] nulls = batch.column(column).nulls();
        for (int row = 0; row < rows; row++) {
            if (nulls != null && (nulls[row >>> 6] >>> row & 1) != 0) {
                found[row] = nullKeys == NullKeys.EQUAL ? nullId : ABSENT;
            } else {
                found[row] = (int) slots[lookUp(values[row]) + 1];
            }
        }
    }

    private long[] values(Column source) {
        if (source instanceof LongColumn longs) {
            return longs.values();
        }
        int rows = source.rowCount();
        if (scratch.length < rows) {
            scratch = new long[Math.max(rows, DeltaBatch.TARGET_ROWS)];
        }
        if (source instanceof IntColumn ints) {
            int[] values = ints.values();
            for (int row = 0; row < rows; row++) {
                scratch[row] = values[row];
            }
        } else {
            double[] values = ((DoubleColumn) source).values();
            for (int row = 0; row < rows; row++) {
                scratch[row] = SortableBits.canonicalBits(values[row]);
            }
        }
        return scratch;
    }

    /** The place in {@link #slots} of the key, or of the free slot where it belongs. */
    private int lookUp(long key) {
        long[] table = slots;
        int mask = table.length - 1;
        int slot = home(key);
        while (table[slot + 1] != 0 && table[slot] != key) {
            slot = slot + 2 & mask;
        }
        return slot;
    }

    private int home(long key) {
        long hash = strongHash ? ByteWords.mix(key) : key * FIBONACCI;
        return (int) (hash >>> Long.SIZE - bits) << 1;
    }

    private int resolveNull(int row) {
        if (nullId == 0) {
            nullId = ids.allocate();
            keys.ensure(nullId);
            addCreated(row);
        }
        return nullId;
    }

    private int insert(long key, int freeSlot, int row) {
        int id = ids.allocate();
        keys.ensure(id);
        keys.set(id, 0, key);
        slots[freeSlot] = key;
        slots[freeSlot + 1] = id;
        addCreated(row);
        int distance = (freeSlot - home(key) & slots.length - 1) >>> 1;
        if (++used > slots.length >>> 2) {
            rebuild(bits + 1);
        } else if (distance > LONG_PROBE && !strongHash) {
            strongHash = true;
            rebuild(bits);
        }
        return id;
    }

    private void rebuild(int newBits) {
        if (newBits > 29) {
            throw new IllegalStateException("more than " + used + " keys in one table");
        }
        long bytes = 2L * Long.BYTES << newBits;
        account.reserve(bytes);
        account.release((long) Long.BYTES * slots.length);
        long[] old = slots;
        slots = new long[2 << newBits];
        bits = newBits;
        for (int i = 0; i < old.length; i += 2) {
            if (old[i + 1] != 0) {
                int slot = lookUp(old[i]);
                slots[slot] = old[i];
                slots[slot + 1] = old[i + 1];
            }
        }
    }

    @Override
    public void remove(int id) {
        ids.release(id);
        if (id == nullId) {
            nullId = 0;
            return;
        }
        int mask = slots.length - 1;
        int hole = lookUp(keys.get(id, 0));
        used--;
        // Moves back what was pushed behind the hole, so that no probe ends too early.
        for (int slot = hole + 2 & mask; slots[slot + 1] != 0; slot = slot + 2 & mask) {
            if ((slot - home(slots[slot]) & mask) >= (slot - hole & mask)) {
                slots[hole] = slots[slot];
                slots[hole + 1] = slots[slot + 1];
                hole = slot;
            }
        }
        slots[hole + 1] = 0;
        if (used == 0 && bits > 16) {
            rebuild(INITIAL_BITS);
        }
    }

    @Override
    public Column[] keys(int[] wanted, int count) {
        long @Nullable [] nulls = null;
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = keys.get(wanted[i], 0);
            if (wanted[i] == nullId) {
                nulls = nulls == null ? new long[Column.nullWords(count)] : nulls;
                nulls[i >>> 6] |= 1L << i;
            }
        }
        return new Column[] {
            switch (kind) {
                case INT -> new IntColumn(count, toInts(values), nulls);
                case DOUBLE -> new DoubleColumn(count, toDoubles(values), nulls);
                default -> new LongColumn(count, values, nulls);
            }
        };
    }

    private static int[] toInts(long[] values) {
        int[] ints = new int[values.length];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = (int) values[i];
        }
        return ints;
    }

    private static double[] toDoubles(long[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = Double.longBitsToDouble(values[i]);
        }
        return doubles;
    }
}
