package io.thalweg.runtime.aggregate;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.SortKey;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.RecordPages;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** LISTAGG: the texts of each group in their order, kept as a tree of the keys of the order with the text behind them. */
final class TextListAccumulator extends Accumulator {
    private static final int MAX_BYTES = 64 << 20;

    private final int slot;
    private final SortableRows order;
    private final ValueTree tree;
    private byte[] list = new byte[256];
    private int length;
    private boolean isFirst;

    /** @param keys what the texts are ordered by; those that are equal by themselves */
    TextListAccumulator(RecordLayout layout, RowType input, int text, List<SortKey> keys, MemoryAccount account) {
        this.slot = layout.reserve(1);
        List<SortKey> all = new ArrayList<>(keys);
        all.add(new SortKey(text, false, true));
        this.order = new SortableRows(all, input);
        this.tree = new ValueTree(SqlType.VARBINARY, false, account);
    }

    @Override
    void add(RecordPages records, DeltaBatch batch, List<Integer> columns, int[] groups, int rows) {
        add(records, order.encode(batch), groups, batch.weights(), rows);
    }

    @Override
    void add(RecordPages records, Column encoded, int[] groups, int @Nullable [] weights, int rows) {
        for (int i = 0; i < rows; i++) {
            if (groups[i] != AggregateCalls.NO_GROUP) {
                int root = (int) records.get(groups[i], slot);
                records.set(groups[i], slot, tree.add(root, encoded, i, weights == null ? 1 : weights[i]));
            }
        }
        tree.compact();
    }

    @Override
    void append(RecordPages records, int group, AggregateCall call, ColumnBuilder out) {
        int root = (int) records.get(group, slot);
        if (root == 0) {
            out.appendNull();
            return;
        }
        byte[] separator = String.valueOf(call.constants().get(0).value()).getBytes(StandardCharsets.UTF_8);
        length = 0;
        isFirst = true;
        tree.forEach(root, (data, start, size, weight) -> {
            int textLength = order.lastText(data, start, size);
            for (long i = 0; i < (call.distinct() ? 1 : weight); i++) {
                if (!isFirst) {
                    put(separator, separator.length);
                }
                put(order.text(), textLength);
                isFirst = false;
            }
        });
        out.appendBytes(list, 0, length);
    }

    private void put(byte[] source, int size) {
        if ((long) length + size > MAX_BYTES) {
            throw new ThalwegException(
                    ErrorCode.VALUE_TOO_LARGE, "the result of LISTAGG exceeds " + (MAX_BYTES >> 20) + " MiB");
        }
        if (length + size > list.length) {
            list = Arrays.copyOf(list, Math.max(length + size, 2 * list.length));
        }
        System.arraycopy(source, 0, list, length, size);
        length += size;
    }

    @Override
    void release(RecordPages records, int group) {
        tree.clear((int) records.get(group, slot));
    }
}
