package io.thalweg.runtime.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaText;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.operator.Operator;
import io.thalweg.runtime.operator.Output;
import io.thalweg.runtime.operator.UnionOperator;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardedOperatorTest {
    private static final RowType LONGS = RowType.of("a", SqlType.BIGINT);
    private static final RowType TEXTS = RowType.of("a", SqlType.VARCHAR);
    private static final DeltaBatch ROW = DeltaText.parse(LONGS, "+1 | 5");

    private static Operator guarded(RowType input, RowType output) {
        return new GuardedOperator("x", new UnionOperator(), List.of(input), output);
    }

    private static void assertBroken(String message, Runnable action) {
        assertEquals(
                message, assertThrows(IllegalStateException.class, action::run).getMessage());
    }

    @Test
    void letsThroughWhatIsRight() {
        Operator operator = guarded(LONGS, LONGS);
        int[] rows = {0};
        Output count = batch -> rows[0] += batch.rowCount();
        operator.onDelta(0, ROW, count);
        operator.onWatermark(5, count);
        operator.onWatermark(5, count);
        assertEquals(1, rows[0]);
    }

    @Test
    void noticesWrongKindsAndNumbersOfColumns() {
        assertBroken(
                "operator x received on port 0 column a VARCHAR as LONG",
                () -> guarded(TEXTS, LONGS).onDelta(0, ROW, batch -> {}));
        assertBroken(
                "operator x emitted column a VARCHAR as LONG",
                () -> guarded(LONGS, TEXTS).onDelta(0, ROW, batch -> {}));
        assertBroken(
                "operator x received on port 0 0 columns instead of 1",
                () -> guarded(LONGS, LONGS).onDelta(0, ROW.project(), batch -> {}));
    }

    @Test
    void noticesWeightsOfZero() {
        DeltaBatch weightless = ROW.withWeights(new int[] {0});
        assertBroken(
                "operator x received on port 0 row 0 with weight 0",
                () -> guarded(LONGS, LONGS).onDelta(0, weightless, batch -> {}));
    }

    @Test
    void noticesAWatermarkThatGoesBack() {
        Operator operator = guarded(LONGS, LONGS);
        operator.onWatermark(5, batch -> {});
        assertBroken("operator x received watermark 4 after 5", () -> operator.onWatermark(4, batch -> {}));
    }

    @Test
    void noticesRowsAfterTheEnd() {
        Operator operator = guarded(LONGS, LONGS);
        operator.onInputEnd(0);
        assertBroken(
                "operator x received rows on port 0, which has ended", () -> operator.onDelta(0, ROW, batch -> {}));
    }
}
