package io.thalweg.runtime.expression.function;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The literals of an IN list that are text or binary: an immutable hash set with open addressing. */
public final class SliceSet {
    private final @Nullable Slice[] table;

    public SliceSet(List<Slice> values) {
        table = new Slice[Integer.highestOneBit(Math.max(1, values.size())) << 2];
        for (Slice value : values) {
            int at = slot(value);
            for (Slice entry = table[at]; entry != null && !entry.contentEquals(value); entry = table[at]) {
                at = at + 1 & table.length - 1;
            }
            table[at] = value;
        }
    }

    public boolean contains(Slice value) {
        int at = slot(value);
        for (Slice entry = table[at]; entry != null; entry = table[at]) {
            if (entry.contentEquals(value)) {
                return true;
            }
            at = at + 1 & table.length - 1;
        }
        return false;
    }

    private int slot(Slice value) {
        int hash = value.length;
        for (int i = value.start; i < value.start + value.length; i++) {
            hash = hash * 31 + value.data[i];
        }
        hash *= 0x9E37_79B9;
        return (hash ^ hash >>> 16) & table.length - 1;
    }
}
