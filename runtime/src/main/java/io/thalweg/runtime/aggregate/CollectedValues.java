package io.thalweg.runtime.aggregate;

import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.nested.NestedFormat;
import io.thalweg.model.nested.NestedWriter;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.AggregateFunction;
import io.thalweg.model.type.SqlType;

/** Makes arrays and maps of the ROWs in a tree, in their order. */
final class CollectedValues {
    private final ValueTree tree;
    private final SqlType row;
    private final NestedWriter writer = new NestedWriter();

    CollectedValues(ValueTree tree, SqlType row) {
        this.tree = tree;
        this.row = row;
    }

    /** Appends the array or the map of a tree, or NULL of an empty one. */
    void append(int root, AggregateCall call, ColumnBuilder out) {
        if (root == ValueTree.EMPTY) {
            out.appendNull();
            return;
        }
        writer.begin();
        if (call.function() == AggregateFunction.MAP_AGGREGATE) {
            tree.forEach(root, this::addEntry);
            writer.endMap();
        } else {
            tree.forEach(
                    root,
                    (bytes, start, length, weight) -> addElement(bytes, start, length, call.distinct() ? 1 : weight));
            writer.endArray();
        }
        out.appendBytes(writer.data(), 0, writer.length());
    }

    private void addElement(byte[] bytes, int start, int length, long count) {
        int last = start;
        for (int field = 0; field + 1 < row.components().size(); field++) {
            last = NestedFormat.behindMarked(row.component(field), bytes, last);
        }
        for (long i = 0; i < count; i++) {
            writer.appendRaw(bytes, last, start + length - last);
        }
    }

    private void addEntry(byte[] bytes, int start, int length, long weight) {
        if (bytes[start] == NestedFormat.NULL) {
            return;
        }
        int value = NestedFormat.behindMarked(row.component(0), bytes, start);
        writer.beginEntry();
        writer.appendRaw(bytes, start, value - start);
        writer.endKey();
        writer.appendRaw(bytes, value, start + length - value);
    }
}
