package io.thalweg.runtime.aggregate;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.RecordPages;
import org.jspecify.annotations.Nullable;

/**
 * All values of each group, in order: what MIN and MAX need where rows may be taken out again, and always the most frequent
 * value, the percentiles, and arrays and maps of the values.
 */
final class OrderedAccumulator extends Accumulator {
    private final int slot;
    private final ValueTree tree;
    private final CollectedValues collected;

    /** @param ranked whether values are asked for by their rank or their frequency */
    OrderedAccumulator(RecordLayout layout, SqlType argument, boolean ranked, MemoryAccount account) {
        this.slot = layout.reserve(1);
        this.tree = new ValueTree(argument, ranked, account);
        this.collected = new CollectedValues(tree, argument);
    }

    @Override
    void add(RecordPages records, Column values, int[] groups, int @Nullable [] weights, int rows) {
        for (int i = 0; i < rows; i++) {
            int group = groups[i];
            if (group != AggregateCalls.NO_GROUP) {
                int root = (int) records.get(group, slot);
                records.set(group, slot, tree.add(root, values, i, weights == null ? 1 : weights[i]));
            }
        }
        tree.compact();
    }

    @Override
    void append(RecordPages records, int group, AggregateCall call, ColumnBuilder out) {
        int root = (int) records.get(group, slot);
        switch (call.function()) {
            case MINIMUM, VALUE_AT_MINIMUM -> tree.appendFirst(root, out);
            case MODE -> tree.appendMostFrequent(root, out);
            case PERCENTILE_DISCRETE -> appendDiscrete(root, call, out);
            case PERCENTILE_CONTINUOUS -> appendContinuous(root, call, out);
            case ARRAY_AGGREGATE, MAP_AGGREGATE -> collected.append(root, call, out);
            default -> tree.appendLast(root, out);
        }
    }

    /** The first value that at least the fraction of all values does not exceed. */
    private void appendDiscrete(int root, AggregateCall call, ColumnBuilder out) {
        long count = tree.count(root);
        long rank = Math.max(1, (long) Math.ceil(fraction(call) * count));
        tree.appendRanked(root, isDescending(call) ? count + 1 - rank : rank, out);
    }

    /** Between the two values that are next to the place of the fraction, in proportion. */
    private void appendContinuous(int root, AggregateCall call, ColumnBuilder out) {
        long count = tree.count(root);
        if (count == 0) {
            out.appendNull();
            return;
        }
        double place = fraction(call) * (count - 1);
        long below = (long) place;
        long above = Math.min(count - 1, below + 1);
        double low = tree.rankedDouble(root, isDescending(call) ? count - below : below + 1);
        double high = tree.rankedDouble(root, isDescending(call) ? count - above : above + 1);
        double part = place - below;
        out.appendDouble(part == 0 || low == high ? low : low * (1 - part) + high * part);
    }

    private static double fraction(AggregateCall call) {
        Literal constant = call.constants().get(0);
        return constant.value() instanceof Double fraction ? fraction : 0;
    }

    private static boolean isDescending(AggregateCall call) {
        return !call.order().isEmpty() && call.order().get(0).descending();
    }

    @Override
    void release(RecordPages records, int group) {
        tree.clear((int) records.get(group, slot));
    }
}
