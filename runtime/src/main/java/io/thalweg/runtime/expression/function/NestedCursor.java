package io.thalweg.runtime.expression.function;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.nested.NestedFormat;
import io.thalweg.model.nested.NestedReader;
import io.thalweg.model.nested.NestedWriter;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.SqlType;
import java.util.Arrays;

/**
 * Finds a component of a nested value, or goes through all of them, and gives it out as compiled expressions want it. While
 * {@link #isNull()} says so there is no value. One owner thread.
 */
public final class NestedCursor {
    private final SqlType type;
    private final NestedReader reader = new NestedReader();
    private Slice value = new Slice();
    private boolean isNull;
    private SqlType current;

    /** @param type that of the nested values */
    public NestedCursor(SqlType type) {
        this.type = type;
        this.current = type;
    }

    /** Goes to the element of an array at a position that counts from 1; there may be none. */
    public void element(Slice array, long position) {
        begin(array);
        current = type.component(0);
        isNull = true;
        if (position < 1) {
            return;
        }
        for (long i = 1; reader.next(); i++) {
            if (i == position) {
                isNull = reader.isNull();
                return;
            }
            reader.skip(current);
        }
    }

    /** Goes to the value of a map's entry; the key is written as a marked component. There may be none. */
    public void entry(Slice map, NestedWriter key) {
        int at = map.start;
        isNull = true;
        while (map.data[at] != NestedFormat.END) {
            int behindKey = NestedFormat.behindMarked(type.component(0), map.data, at);
            int order = Arrays.compareUnsigned(map.data, at, behindKey, key.data(), 0, key.length());
            if (order >= 0) {
                if (order == 0) {
                    begin(map);
                    reader.begin(map.data, behindKey);
                    next(type.component(1));
                }
                return;
            }
            at = NestedFormat.behindMarked(type.component(1), map.data, behindKey);
        }
    }

    /** Goes to the field of a row that has so many before it. */
    public void field(Slice row, int index) {
        begin(row);
        int i = 0;
        for (Field field : type.components()) {
            next(field.type());
            if (i++ == index) {
                return;
            }
            reader.skip(current);
        }
    }

    /** Goes to the only element of an array; there may be none, but not several. */
    public void only(Slice array) {
        if (array.data[array.start] != NestedFormat.END) {
            int second = NestedFormat.behindMarked(type.component(0), array.data, array.start);
            if (array.data[second] != NestedFormat.END) {
                throw new ThalwegException(ErrorCode.CARDINALITY_VIOLATION, "the array has more than one element");
            }
        }
        element(array, 1);
    }

    /** Goes to the least element that is not NULL, or to the greatest; there may be none. */
    public void extreme(Slice array, boolean greatest) {
        SqlType element = type.component(0);
        int best = -1;
        int bestEnd = -1;
        int at = array.start;
        while (array.data[at] != NestedFormat.END) {
            int end = NestedFormat.behindMarked(element, array.data, at);
            if (array.data[at] == NestedFormat.VALUE) {
                int order = best < 0 ? 0 : Arrays.compareUnsigned(array.data, at, end, array.data, best, bestEnd);
                if (best < 0 || (greatest ? order > 0 : order < 0)) {
                    best = at;
                    bestEnd = end;
                }
            }
            at = end;
        }
        begin(array);
        isNull = best < 0;
        if (best >= 0) {
            reader.begin(array.data, best);
            next(element);
        }
    }

    /** Stands before the first component of a value. */
    public void begin(Slice nested) {
        value = nested;
        reader.begin(nested.data, nested.start);
    }

    /** Goes to the next element, key, value or field, which is of this place among the components; false at the end. */
    public boolean next(int component) {
        return next(type.component(component));
    }

    private boolean next(SqlType component) {
        current = component;
        boolean exists = reader.next();
        isNull = reader.isNull();
        return exists;
    }

    /** Whether the component is NULL or not there. */
    public boolean isNull() {
        return isNull;
    }

    public boolean booleanValue() {
        return !isNull && reader.readInt() != 0;
    }

    public int intValue() {
        return isNull ? 0 : reader.readInt();
    }

    public long longValue() {
        return isNull ? 0 : reader.readLong();
    }

    public double doubleValue() {
        return isNull ? 0 : reader.readDouble();
    }

    /** Sets a wide decimal to the component. */
    public void decimalValue(WideDecimal result) {
        if (!isNull) {
            long high = reader.readLong();
            result.set(high, reader.readBits());
        }
    }

    /** Sets a slice to the component, a text, a binary or a nested value. */
    public void bytesValue(Slice result) {
        if (isNull) {
            return;
        }
        reader.readBytes(current);
        if (reader.bytes() == value.data) {
            result.setWithin(value, reader.bytesStart(), reader.bytesLength());
        } else {
            result.setPassing(reader.bytes(), reader.bytesLength());
        }
    }
}
