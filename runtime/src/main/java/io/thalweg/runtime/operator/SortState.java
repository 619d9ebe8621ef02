package io.thalweg.runtime.operator;

import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.plan.SortNode;
import io.thalweg.model.type.PhysicalKind;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.state.IndexSort;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.RowMultiset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a sort has collected. Rows that may be deleted again are summed up first. Otherwise they are copied into
 * batches of exactly {@link DeltaBatch#TARGET_ROWS}, so that the row number tells batch and place; and if only the first rows
 * are wanted, the rest is thrown away whenever there is a good deal of it, and rows behind the last wanted one are not
 * even copied from then on.
 */
final class SortState {
    private static final int BATCH_SHIFT = Integer.numberOfTrailingZeros(DeltaBatch.TARGET_ROWS);
    private static final int BATCH_MASK = DeltaBatch.TARGET_ROWS - 1;
    private static final int MIN_PRUNED_ROWS = 4 * DeltaBatch.TARGET_ROWS;
    /** A place in the arrays that sorting needs for each row. */
    private static final int SORT_BYTES = Long.BYTES + 2 * Integer.BYTES;

    private final RowType type;
    private final RowOrder order;
    private final long offset;
    private final OptionalLong limit;
    private final OptionalLong wanted;
    private final Optional<RowMultiset> multiset;
    /** Whether any rows will do, so that the first that come are as good as others. */
    private final boolean anyOrder;

    private final MemoryAccount account;

    private List<DeltaBatch> batches = new ArrayList<>();
    private DeltaBatchBuilder building;
    private long rowBytes;
    private long weightSum;
    private @Nullable DeltaBatch bound;

    // The result that is being handed out.
    private int[] sorted = {};
    private int next;
    private long toSkip;
    private long toKeep;

    SortState(SortNode node, OptionalLong wanted, boolean appendOnly, MemoryAccount account) {
        this.type = node.type();
        this.order = new RowOrder(node.keys(), node.type().size());
        this.offset = node.offset();
        this.limit = node.limit();
        this.wanted = wanted;
        this.account = account;
        this.multiset = appendOnly ? Optional.empty() : Optional.of(new RowMultiset(node.type(), account));
        this.anyOrder = node.keys().isEmpty() && appendOnly;
        this.building = new DeltaBatchBuilder(type);
    }

    /** Whether the rows collected suffice, whatever else may come. */
    boolean isSatisfied() {
        return anyOrder && wanted.isPresent() && weightSum >= wanted.getAsLong();
    }

    void add(DeltaBatch batch) {
        if (multiset.isPresent()) {
            multiset.get().add(batch);
            return;
        }
        for (int row = 0; row < batch.rowCount() && !isSatisfied(); row++) {
            if (bound == null || order.compare(batch, row, bound, 0) < 0) {
                append(batch, row);
            }
        }
    }

    private void append(DeltaBatch batch, int row) {
        building.appendRow(batch, row, batch.weight(row));
        weightSum += batch.weight(row);
        if (building.isFull()) {
            finishBatch();
            long prunable = wanted.orElse(Long.MAX_VALUE);
            if (!anyOrder && prunable < Integer.MAX_VALUE / 4 && size() >= Math.max(MIN_PRUNED_ROWS, 2 * prunable)) {
                prune((int) prunable);
            }
        }
    }

    private void finishBatch() {
        if (!building.isEmpty()) {
            DeltaBatch batch = building.build();
            long bytes = bytes(batch);
            account.reserve(bytes);
            rowBytes += bytes;
            batches.add(batch);
        }
    }

    private static long bytes(DeltaBatch batch) {
        long bytes = (long) batch.rowCount() * (Integer.BYTES + SORT_BYTES);
        for (Column column : batch.columns()) {
            bytes += (long) batch.rowCount() * (column.kind() == PhysicalKind.DECIMAL128 ? 16 : 8);
            bytes += column instanceof BytesColumn values ? values.data().length : 0;
        }
        return bytes;
    }

    /** Keeps the first rows only. */
    private void prune(int keep) {
        int[] rows = sort();
        List<DeltaBatch> old = batches;
        batches = new ArrayList<>();
        account.release(rowBytes);
        rowBytes = 0;
        int kept = Math.min(keep, rows.length);
        for (int i = 0; i < kept; i++) {
            DeltaBatch source = old.get(rows[i] >>> BATCH_SHIFT);
            building.appendRow(source, rows[i] & BATCH_MASK, source.weight(rows[i] & BATCH_MASK));
            if (building.isFull()) {
                finishBatch();
            }
        }
        if (kept == keep && keep > 0) {
            DeltaBatch source = old.get(rows[keep - 1] >>> BATCH_SHIFT);
            bound = source.select(new int[] {rows[keep - 1] & BATCH_MASK}, 1);
        }
    }

    void beginResult() {
        finishBatch();
        if (multiset.isPresent()) {
            for (DeltaBatch batch : multiset.get().batches()) {
                account.reserve(bytes(batch));
                rowBytes += bytes(batch);
                batches.add(batch);
            }
        }
        sorted = sort();
        next = 0;
        toSkip = offset;
        toKeep = limit.orElse(Long.MAX_VALUE);
    }

    private int[] sort() {
        int count = Math.toIntExact(collectedRows());
        if (anyOrder) {
            return IndexSort.sort(count, (left, right) -> 0);
        }
        long[] prefixes = new long[count];
        for (int i = 0; i < batches.size(); i++) {
            order.prefixes(batches.get(i), prefixes, i << BATCH_SHIFT);
        }
        return IndexSort.sort(count, (left, right) -> compare(prefixes, left, right));
    }

    private int compare(long[] prefixes, int left, int right) {
        if (prefixes[left] != prefixes[right]) {
            return prefixes[left] < prefixes[right] ? -1 : 1;
        }
        return order.compare(
                batches.get(left >>> BATCH_SHIFT),
                left & BATCH_MASK,
                batches.get(right >>> BATCH_SHIFT),
                right & BATCH_MASK);
    }

    boolean hasMoreResult() {
        return next < sorted.length && toKeep > 0;
    }

    DeltaBatch nextResult() {
        DeltaBatchBuilder result = new DeltaBatchBuilder(type);
        while (hasMoreResult() && !result.isFull()) {
            DeltaBatch source = batches.get(sorted[next] >>> BATCH_SHIFT);
            int row = sorted[next] & BATCH_MASK;
            long weight = source.weight(row);
            long skipped = Math.min(toSkip, weight);
            long kept = Math.min(weight - skipped, toKeep);
            toSkip -= skipped;
            toKeep -= kept;
            if (kept > 0) {
                result.appendRow(source, row, (int) kept);
            }
            next++;
        }
        return result.build();
    }

    void clear() {
        batches = new ArrayList<>();
        sorted = new int[0];
        account.release(rowBytes);
        rowBytes = 0;
    }

    long size() {
        return multiset.isPresent() ? multiset.get().distinctRows() : collectedRows() + building.rowCount();
    }

    private long collectedRows() {
        int last = batches.size() - 1;
        return last < 0 ? 0 : ((long) last << BATCH_SHIFT) + batches.get(last).rowCount();
    }
}
