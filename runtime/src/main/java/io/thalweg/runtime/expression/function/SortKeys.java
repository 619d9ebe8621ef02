package io.thalweg.runtime.expression.function;

import io.thalweg.model.nested.NestedFormat;
import io.thalweg.model.nested.NestedWriter;

/** Values as bytes that are ordered as an ORDER BY orders the values. */
public final class SortKeys {
    private static final byte FIRST = 0;
    private static final byte LAST = 2;

    private SortKeys() {}

    /**
     * Sets the result to the key of a value, written as a marked component: its marker says where NULL stands, and the
     * bytes of a value that is ordered downwards are turned over.
     */
    public static void make(NestedWriter value, boolean descending, boolean nullsFirst, Slice result) {
        byte[] bytes = value.data();
        if (bytes[0] == NestedFormat.NULL) {
            bytes[0] = nullsFirst ? FIRST : LAST;
        }
        for (int i = 1; descending && i < value.length(); i++) {
            bytes[i] = (byte) ~bytes[i];
        }
        result.setPassing(bytes, value.length());
    }
}
