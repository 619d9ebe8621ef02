package io.thalweg.runtime.state;

import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import java.util.Arrays;
import java.util.List;

/**
 * Keys of any columns, encoded to bytes by a {@link RowCodec}. A slot holds 32 bits of the hash beside the id, so that
 * growing reads no key and a miss rarely does. A column of dictionary codes is looked up once for each entry of the
 * dictionary, not once for each row.
 */
final class BytesKeyTable extends KeyTable {
    private static final int INITIAL_BITS = 6;
    private static final int UNRESOLVED = -1;

    private final RowCodec codec;
    private final List<Integer> columns;
    private final NullKeys nullKeys;
    private final MemoryAccount account;
    /** Where the bytes of each key lie. */
    private final RecordPages addresses;

    private ByteArena arena;
    /** The upper half is the hash, the lower the id; 0 where the slot is free. */
    private long[] slots;

    private int bits = INITIAL_BITS;
    private final EncodedRows encoded = new EncodedRows();
    private final RowReferences references = new RowReferences();
    private int[] codeIds = {};

    BytesKeyTable(RowCodec codec, List<Integer> columns, NullKeys nullKeys, MemoryAccount account) {
        this.codec = codec;
        this.columns = List.copyOf(columns);
        this.nullKeys = nullKeys;
        this.account = account;
        this.addresses = new RecordPages(1, account);
        this.arena = new ByteArena(account);
        account.reserve((long) Long.BYTES << INITIAL_BITS);
        this.slots = new long[1 << INITIAL_BITS];
    }

    @Override
    public void resolve(DeltaBatch batch, int[] found) {
        createdCount = 0;
        look(batch, found, true);
    }

    @Override
    public void find(DeltaBatch batch, int[] found) {
        look(batch, found, false);
    }

    private void look(DeltaBatch batch, int[] found, boolean create) {
        if (columns.size() == 1) {
            BytesColumn column = batch.column(columns.get(0)) instanceof BytesColumn bytes ? bytes : null;
            if (column != null && column.codes() != null && column.starts().length <= batch.rowCount()) {
                lookByCode(batch, column, found, create);
                return;
            }
        }
        codec.encode(batch, encoded);
        byte[] data = encoded.data();
        int[] starts = encoded.starts();
        boolean ignoreNulls = nullKeys == NullKeys.IGNORED;
        for (int row = 0; row < batch.rowCount(); row++) {
            found[row] = ignoreNulls && codec.hasNull(data, starts[row])
                    ? ABSENT
                    : lookUp(data, starts[row], starts[row + 1] - starts[row], create ? row : -1);
        }
    }

    /** One look-up for each code that occurs: the first row of each code stands for all of them. */
    private void lookByCode(DeltaBatch batch, BytesColumn column, int[] found, boolean create) {
        int[] codes = column.codes();
        int entries = column.starts().length;
        int rows = batch.rowCount();
        if (codes == null) {
            throw new IllegalStateException("a column without codes");
        }
        if (codeIds.length < entries) {
            codeIds = new int[Math.max(entries, 2 * codeIds.length)];
        }
        Arrays.fill(codeIds, 0, entries, UNRESOLVED);
        int[] firstRows = new int[Math.min(rows, entries + 1)];
        int firsts = 0;
        boolean anyNull = column.nulls() != null;
        int nullRow = -1;
        // Once every code has been met, only a NULL could be new.
        for (int row = 0; row < rows && (anyNull || firsts < entries); row++) {
            if (anyNull && column.isNull(row)) {
                if (nullRow < 0) {
                    nullRow = row;
                    firstRows[firsts++] = row;
                }
            } else if (codeIds[codes[row]] == UNRESOLVED) {
                codeIds[codes[row]] = ABSENT;
                firstRows[firsts++] = row;
            }
        }
        int nullId = resolveFirsts(batch, column, firstRows, firsts, create);
        if (nullRow < 0) {
            int[] ids = codeIds;
            for (int row = 0; row < rows; row++) {
                found[row] = ids[codes[row]];
            }
            return;
        }
        for (int row = 0; row < rows; row++) {
            found[row] = column.isNull(row) ? nullId : codeIds[codes[row]];
        }
    }

    private int resolveFirsts(DeltaBatch batch, BytesColumn column, int[] firstRows, int firsts, boolean create) {
        int nullId = ABSENT;
        codec.encode(batch.select(firstRows, firsts), encoded);
        for (int i = 0; i < firsts; i++) {
            int row = firstRows[i];
            if (!column.isNull(row)) {
                codeIds[column.slice(row)] =
                        lookUp(encoded.data(), encoded.start(i), encoded.length(i), create ? row : -1);
            } else if (nullKeys == NullKeys.EQUAL) {
                nullId = lookUp(encoded.data(), encoded.start(i), encoded.length(i), create ? row : -1);
            }
        }
        return nullId;
    }

    /** The id of a key; a new key is added unless {@code row}, which it came with, is negative. */
    private int lookUp(byte[] data, int start, int length, int row) {
        long hash = ByteWords.hash(data, start, length) & 0xFFFFFFFF00000000L;
        int mask = slots.length - 1;
        int slot = (int) (hash >>> Long.SIZE - bits);
        for (long entry = slots[slot]; entry != 0; entry = slots[slot]) {
            if ((entry & 0xFFFFFFFF00000000L) == hash
                    && arena.equals(addresses.get((int) entry, 0), data, start, length)) {
                return (int) entry;
            }
            slot = slot + 1 & mask;
        }
        return row < 0 ? ABSENT : insert(data, start, length, hash, slot, row);
    }

    private int insert(byte[] data, int start, int length, long hash, int slot, int row) {
        int id = ids.allocate();
        addresses.ensure(id);
        addresses.set(id, 0, arena.append(data, start, length));
        slots[slot] = hash | id;
        addCreated(row);
        if (ids.count() > slots.length >>> 1) {
            rebuild(bits + 1);
        }
        return id;
    }

    private void rebuild(int newBits) {
        if (newBits > 30) {
            throw new IllegalStateException("more than " + ids.count() + " keys in one table");
        }
        account.reserve((long) Long.BYTES << newBits);
        account.release((long) Long.BYTES * slots.length);
        long[] old = slots;
        slots = new long[1 << newBits];
        bits = newBits;
        int mask = slots.length - 1;
        for (long entry : old) {
            if (entry != 0) {
                int slot = (int) (entry >>> Long.SIZE - newBits);
                while (slots[slot] != 0) {
                    slot = slot + 1 & mask;
                }
                slots[slot] = entry;
            }
        }
    }

    @Override
    public void remove(int id) {
        long address = addresses.get(id, 0);
        int mask = slots.length - 1;
        int hole = slotOf(id, address);
        arena.free(address);
        ids.release(id);
        // Moves back what was pushed behind the hole, so that no probe ends too early.
        for (int slot = hole + 1 & mask; slots[slot] != 0; slot = slot + 1 & mask) {
            int home = (int) (slots[slot] >>> Long.SIZE - bits);
            if ((slot - home & mask) >= (slot - hole & mask)) {
                slots[hole] = slots[slot];
                hole = slot;
            }
        }
        slots[hole] = 0;
        if (ids.count() == 0 && bits > 16) {
            rebuild(INITIAL_BITS);
        }
        if (arena.isMostlyGarbage()) {
            compact();
        }
    }

    private int slotOf(int id, long address) {
        byte[] page = arena.page(address);
        int start = arena.start(address);
        int length = arena.length(address);
        byte[] padded = Arrays.copyOfRange(page, start, start + length + Long.BYTES);
        int slot = (int) (ByteWords.hash(padded, 0, length) >>> Long.SIZE - bits);
        while ((int) slots[slot] != id) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private void compact() {
        ByteArena compacted = arena.successor();
        for (long entry : slots) {
            if (entry != 0) {
                long address = addresses.get((int) entry, 0);
                long moved = compacted.append(arena.page(address), arena.start(address), arena.length(address));
                addresses.set((int) entry, 0, moved);
            }
        }
        arena.discard();
        arena = compacted;
    }

    @Override
    public Column[] keys(int[] wanted, int count) {
        references.clear();
        for (int i = 0; i < count; i++) {
            long address = addresses.get(wanted[i], 0);
            references.add(arena.page(address), arena.start(address));
        }
        return codec.decode(references);
    }

    /** Adds the bytes of a key to a list, to be decoded with this table's codec before the next key is removed. */
    void refer(int id, RowReferences list) {
        long address = addresses.get(id, 0);
        list.add(arena.page(address), arena.start(address));
    }
}
