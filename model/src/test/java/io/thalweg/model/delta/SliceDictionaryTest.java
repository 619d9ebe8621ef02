package io.thalweg.model.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.thalweg.model.type.PhysicalKind;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** A dictionary is made whenever at most every second row is a new value, wherever the repetitions are. */
class SliceDictionaryTest {
    private static final int[] SIZES = {4_095, 4_096, 10_000, 16_384};

    @Test
    void findsNeighboursThatRepeat() {
        for (int rows : SIZES) {
            assertEntries((rows + 2) / 3, rows, row -> row / 3);
        }
    }

    @Test
    void findsCyclesThatRepeat() {
        for (int rows : SIZES) {
            assertEntries(50, rows, row -> row % 50);
            assertEntries(1_000, rows, row -> row % 1_000);
            assertEntries(rows / 4, rows, row -> row % (rows / 4));
        }
    }

    @Test
    void findsRepetitionsAnywhere() {
        Random random = new Random(1);
        for (int rows : SIZES) {
            int[] values = random.ints(rows, 0, rows / 4).toArray();
            assertNotNull(SliceDictionary.of(column(rows, row -> values[row])), rows + " rows");
        }
    }

    @Test
    void givesUpWhereNothingRepeats() {
        for (int rows : SIZES) {
            assertNull(SliceDictionary.of(column(rows, row -> row)), rows + " rows");
        }
    }

    private static void assertEntries(int entries, int rows, IntUnaryOperator value) {
        SliceDictionary dictionary = SliceDictionary.of(column(rows, value));
        assertNotNull(dictionary, rows + " rows of " + entries + " values");
        assertEquals(entries, dictionary.size());
    }

    private static BytesColumn column(int rows, IntUnaryOperator value) {
        ColumnBuilder column = new ColumnBuilder(PhysicalKind.BYTES);
        for (int row = 0; row < rows; row++) {
            column.appendText("value " + value.applyAsInt(row));
        }
        return (BytesColumn) column.build();
    }
}
