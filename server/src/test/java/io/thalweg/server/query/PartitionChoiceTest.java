package io.thalweg.server.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionChoiceTest {
    private static final RowType TYPE =
            RowType.of("k", SqlType.VARCHAR, "n", SqlType.BIGINT, "i", SqlType.INTEGER, "d", SqlType.DOUBLE);

    private static DeltaBatch rows(int count) {
        DeltaBatchBuilder builder = new DeltaBatchBuilder(TYPE);
        for (int i = 0; i < count; i++) {
            builder.column(0).appendText("key " + i);
            builder.column(1).appendLong(i * 4_096L);
            builder.column(2).appendInt(i);
            builder.column(3).appendDouble(i % 2 == 0 ? -0.0 : 0.0);
            builder.endRow();
        }
        return builder.build();
    }

    @Test
    void spreadsKeysEvenly() {
        for (int column : new int[] {0, 1, 2}) {
            int[] counts = new int[8];
            for (int partition : PartitionChoice.of(rows(80_000 / 2), List.of(column), 8)) {
                counts[partition]++;
            }
            for (int count : counts) {
                assertTrue(count > 4_500 && count < 5_500, "column " + column + ": " + Arrays.toString(counts));
            }
        }
    }

    @Test
    void sendsEqualKeysToOnePartition() {
        int[] zeros = PartitionChoice.of(rows(10), List.of(3), 64);
        assertEquals(1, Arrays.stream(zeros).distinct().count());
    }

    /** The choice is part of the stored format: if this fails, existing data would be spread differently. */
    @Test
    void neverChanges() {
        assertEquals(
                "[2, 9, 10, 3, 6, 13, 7, 12, 15, 9]",
                Arrays.toString(PartitionChoice.of(rows(10), List.of(0, 1, 2), 16)));
    }
}
