package io.thalweg.runtime.aggregate;

import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.Decimal128Column;
import io.thalweg.model.delta.DoubleColumn;
import io.thalweg.model.delta.IntColumn;
import io.thalweg.model.delta.LongColumn;
import io.thalweg.model.type.PhysicalKind;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.runtime.state.ByteArena;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.SortableBits;

/**
 * Values as two longs, in SQL's order: a number as itself (a double as sortable bits), a wide decimal as its halves, text
 * and bytes as a place in an arena. A row of a column is loaded first, then compared or stored.
 */
final class OrderedValues {
    private final PhysicalKind kind;
    private final boolean isCharacter;
    private ByteArena arena;

    // The value that was loaded last.
    private long first;
    private long second;
    private byte[] bytes = {};
    private int start;
    private int length;

    OrderedValues(SqlType type, MemoryAccount account) {
        this.kind = type.kind();
        this.isCharacter = type.name() == TypeName.CHAR;
        this.arena = new ByteArena(account);
    }

    /** Loads the value of a row, which is not NULL. */
    void load(Column column, int row) {
        switch (kind) {
            case INT -> first = ((IntColumn) column).value(row);
            case LONG -> first = ((LongColumn) column).value(row);
            case DOUBLE -> first = SortableBits.encode(((DoubleColumn) column).value(row));
            case DECIMAL128 -> {
                first = ((Decimal128Column) column).high()[row];
                second = ((Decimal128Column) column).low()[row];
            }
            case BYTES -> {
                BytesColumn source = (BytesColumn) column;
                bytes = source.data();
                start = source.start(row);
                length = source.length(row);
                while (isCharacter && length > 0 && bytes[start + length - 1] == ' ') {
                    length--;
                }
            }
        }
    }

    /** The order of a stored value and the loaded one. */
    int compareStored(long storedFirst, long storedSecond) {
        return switch (kind) {
            case INT, LONG, DOUBLE -> Long.compare(storedFirst, first);
            case DECIMAL128 ->
                storedFirst != first ? Long.compare(storedFirst, first) : Long.compareUnsigned(storedSecond, second);
            case BYTES -> arena.compare(storedFirst, bytes, start, length);
        };
    }

    /** Stores the loaded value; the result and {@link #second()} are its two longs. */
    long store() {
        return kind == PhysicalKind.BYTES ? arena.append(bytes, start, length) : first;
    }

    long second() {
        return second;
    }

    /** Tells that a stored value is not needed any more. */
    void free(long storedFirst) {
        if (kind == PhysicalKind.BYTES) {
            arena.free(storedFirst);
        }
    }

    /** Whether the owner should move its values: see {@link #beginMove()}. */
    boolean shouldMove() {
        return kind == PhysicalKind.BYTES && arena.isMostlyGarbage();
    }

    /** Starts afresh; the owner then moves every value it stored and discards the arena that this returns. */
    ByteArena beginMove() {
        ByteArena old = arena;
        arena = old.successor();
        return old;
    }

    /** Copies a value over from the arena that {@link #beginMove()} returned; the result is its new first long. */
    long move(ByteArena old, long storedFirst) {
        return arena.append(old.page(storedFirst), old.start(storedFirst), old.length(storedFirst));
    }

    /** Shows stored bytes to a reader. */
    void show(long storedFirst, long weight, ValueTree.Reader reader) {
        reader.read(arena.page(storedFirst), arena.start(storedFirst), arena.length(storedFirst), weight);
    }

    void append(long storedFirst, long storedSecond, ColumnBuilder out) {
        switch (kind) {
            case INT -> out.appendInt((int) storedFirst);
            case LONG -> out.appendLong(storedFirst);
            case DOUBLE -> out.appendDouble(SortableBits.decode(storedFirst));
            case DECIMAL128 -> out.appendDecimal128(storedFirst, storedSecond);
            case BYTES -> out.appendBytes(arena.page(storedFirst), arena.start(storedFirst), arena.length(storedFirst));
        }
    }
}
