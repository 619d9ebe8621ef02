package io.thalweg.server.shard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.log.recovery.HashPoint;
import io.thalweg.log.recovery.HashRange;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyRangesTest {
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
            for (int partition : partitions(rows(80_000 / 2), List.of(column), 8)) {
                counts[partition]++;
            }
            for (int count : counts) {
                assertTrue(count > 4_500 && count < 5_500, "column " + column + ": " + Arrays.toString(counts));
            }
        }
    }

    @Test
    void sendsEqualKeysToOnePartition() {
        int[] zeros = partitions(rows(10), List.of(3), 64);
        assertEquals(1, Arrays.stream(zeros).distinct().count());
    }

    /** The choice is part of the stored format: if this fails, existing data would be spread differently. */
    @Test
    void neverChanges() {
        assertEquals("[2, 9, 10, 3, 6, 13, 7, 12, 15, 9]", Arrays.toString(partitions(rows(10), List.of(0, 1, 2), 16)));
    }

    private static int[] partitions(DeltaBatch rows, List<Integer> columns, int count) {
        return even(count, false).choose(KeyHash.of(rows, columns));
    }

    /** Ranges of a fixed number of partitions; mixed, so that the multiplication cannot be used, if one of them is cut. */
    private static KeyRanges even(int count, boolean cut) {
        List<KeyRanges.Taker> takers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            HashRange range = KeyRanges.even(i, count);
            if (cut && i == count - 1) {
                HashPoint middle = new HashPoint(range.first().high() + 5, 0);
                range.splitAt(middle).orElseThrow().forEach(half -> takers.add(new KeyRanges.Taker(count - 1, half)));
            } else {
                takers.add(new KeyRanges.Taker(i, range));
            }
        }
        return KeyRanges.of(takers);
    }

    @Test
    void findsTheSamePartitionsByRangeAsByMultiplication() {
        long[] hashes = KeyHash.of(rows(5_000), List.of(0, 1));
        for (int count : new int[] {1, 2, 3, 7, 16, 1_023, 1_024}) {
            for (int i = 0; i < count; i++) {
                hashes[2 * i] = KeyRanges.even(i, count).first().high();
                hashes[2 * i + 1] = KeyRanges.even(i, count).last().high();
            }
            assertArrayEquals(
                    even(count, false).choose(hashes), even(count, true).choose(hashes), "of " + count);
        }
    }

    @Test
    void givesNobodyWhatIsInNoRange() {
        HashRange upper = KeyRanges.even(1, 2);
        KeyRanges ranges = KeyRanges.of(List.of(new KeyRanges.Taker(7, upper)));
        assertArrayEquals(new int[] {-1, -1, 7, 7}, ranges.choose(new long[] {0, Long.MAX_VALUE, Long.MIN_VALUE, -1}));
        assertArrayEquals(new int[] {-1}, KeyRanges.of(List.of()).choose(new long[] {5}));
    }
}
