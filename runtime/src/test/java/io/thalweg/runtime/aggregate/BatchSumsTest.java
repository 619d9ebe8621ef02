package io.thalweg.runtime.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.type.Int128;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.RecordPages;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchSumsTest {
    private static final int SLOT = 1;
    private static final int GROUPS = 100;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void sumsAsIfRowByRow() {
        System.out.println("seed " + seed);
        RecordPages records = records();
        Int128[] expected = new Int128[GROUPS];
        Arrays.fill(expected, Int128.ZERO);
        long[] counts = new long[GROUPS];
        BatchSums sums = new BatchSums();
        for (int batch = 0; batch < 40; batch++) {
            int rows = batch % 2 == 0 ? DeltaBatch.MAX_ROWS : 1 + random.nextInt(5_000);
            int[] values = values(batch % 4, rows);
            int[] groups = random.ints(rows, 0, batch % 3 == 0 ? 1 : GROUPS).toArray();
            sums.addInts(records, SLOT, values, groups, rows);
            sums.addCounts(records, 0, groups, rows);
            for (int row = 0; row < rows; row++) {
                expected[groups[row]] = expected[groups[row]].plus(Int128.of(values[row]));
                counts[groups[row]]++;
            }
        }
        for (int group = 0; group < GROUPS; group++) {
            assertEquals(counts[group], records.get(group, 0), "seed " + seed);
            assertEquals(counts[group], records.get(group, SLOT), "seed " + seed);
            assertEquals(
                    expected[group],
                    new Int128(records.get(group, SLOT + 2), records.get(group, SLOT + 1)),
                    "seed " + seed);
        }
    }

    private static RecordPages records() {
        RecordPages records = new RecordPages(4, MemoryAccount.unlimited("test"));
        records.ensure(GROUPS);
        return records;
    }

    private int[] values(int style, int rows) {
        int[] values = random.ints(rows).toArray();
        if (style == 1) {
            Arrays.fill(values, Integer.MIN_VALUE);
        } else if (style == 2) {
            Arrays.fill(values, Integer.MAX_VALUE);
        }
        return values;
    }

    @Test
    void isOnlyForManyRowsOfFewGroups() {
        assertFalse(BatchSums.suits(records(), 1));
        RecordPages many = records();
        many.ensure(1_000_000);
        assertFalse(BatchSums.suits(many, DeltaBatch.MAX_ROWS));
    }
}
