package io.thalweg.runtime.state;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows with the sum of their weights; a row whose weights cancel out is gone. Each row has a small number as long as it is
 * there. One owner thread.
 */
public final class RowMultiset {
    private static final int WEIGHT = 0;
    private static final int PRESENT = 1;

    private final BytesKeyTable rows;
    /** The weight of each row, and whether it is present. */
    private final RecordPages records;

    private long rowCount;
    private int[] ids = new int[64];
    private int[] vanished = new int[16];
    private int vanishedCount;

    public RowMultiset(RowType type, MemoryAccount account) {
        List<Integer> columns = IntStream.range(0, type.size()).boxed().toList();
        this.rows = new BytesKeyTable(RowCodec.exact(type), columns, KeyTable.NullKeys.EQUAL, account);
        this.records = new RecordPages(2, account);
    }

    /** Adds the weights of a batch. The numbers of its rows are in {@link #ids()} afterwards. */
    public void add(DeltaBatch batch) {
        int count = batch.rowCount();
        if (ids.length < count) {
            ids = new int[Math.max(count, DeltaBatch.TARGET_ROWS)];
        }
        rows.resolve(batch, ids);
        for (int i = 0; i < rows.createdCount(); i++) {
            int id = ids[rows.createdRow(i)];
            records.ensure(id);
            records.set(id, WEIGHT, 0);
            records.set(id, PRESENT, 1);
        }
        for (int row = 0; row < count; row++) {
            int weight = batch.weight(row);
            rowCount += weight;
            records.set(ids[row], WEIGHT, records.get(ids[row], WEIGHT) + weight);
        }
        vanishedCount = 0;
        for (int row = 0; row < count; row++) {
            int id = ids[row];
            if (records.get(id, WEIGHT) == 0 && records.get(id, PRESENT) != 0) {
                vanish(id);
            }
        }
    }

    private void vanish(int id) {
        records.set(id, PRESENT, 0);
        rows.remove(id);
        if (vanishedCount == vanished.length) {
            vanished = Arrays.copyOf(vanished, vanishedCount * 2);
        }
        vanished[vanishedCount++] = id;
    }

    /** The number of each row of the last batch added; it may have been given up again, see {@link #vanished}. */
    public int[] ids() {
        return ids;
    }

    /** How many rows of the last batch were not there before it. */
    public int createdCount() {
        return rows.createdCount();
    }

    /** A row of the last batch that was not there before it; it may have vanished within the batch. */
    public int createdRow(int index) {
        return rows.createdRow(index);
    }

    /** How many rows vanished with the last batch. */
    public int vanishedCount() {
        return vanishedCount;
    }

    /** The number of a row that vanished with the last batch. */
    public int vanished(int index) {
        return vanished[index];
    }

    /** Takes rows out, whatever their weights, and returns them. */
    public DeltaBatch take(int[] wanted, int count) {
        DeltaBatch batch = batch(wanted, count);
        for (int i = 0; i < count; i++) {
            rowCount -= records.get(wanted[i], WEIGHT);
            records.set(wanted[i], PRESENT, 0);
            rows.remove(wanted[i]);
        }
        return batch;
    }

    /** All rows with their weights, in batches of the usual size. */
    public List<DeltaBatch> batches() {
        List<DeltaBatch> batches = new ArrayList<>();
        int[] chosen = new int[Math.min(DeltaBatch.TARGET_ROWS, distinctRows())];
        int count = 0;
        for (int id = 1; id < rows.end(); id++) {
            if (records.get(id, PRESENT) != 0) {
                chosen[count++] = id;
                if (count == chosen.length) {
                    batches.add(batch(chosen, count));
                    count = 0;
                }
            }
        }
        if (count > 0) {
            batches.add(batch(chosen, count));
        }
        return batches;
    }

    private DeltaBatch batch(int[] chosen, int count) {
        int[] weights = new int[count];
        boolean allOne = true;
        for (int i = 0; i < count; i++) {
            long weight = records.get(chosen[i], WEIGHT);
            if (weight != (int) weight) {
                throw new ThalwegException(
                        ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "a result has more than 2147483647 equal rows");
            }
            weights[i] = (int) weight;
            allOne &= weights[i] == 1;
        }
        DeltaBatch batch = new DeltaBatch(count, rows.keys(chosen, count), null);
        return allOne ? batch : batch.withWeights(weights);
    }

    /** The sum of all weights. */
    public long rowCount() {
        return rowCount;
    }

    /** How many different rows there are. */
    public int distinctRows() {
        return rows.size();
    }
}
