package io.thalweg.runtime.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.delta.DoubleColumn;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.AggregateFunction;
import io.thalweg.model.type.PhysicalKind;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.state.MemoryAccount;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoubleSumAccumulatorTest {
    private static final RowType TYPE = RowType.of("d", SqlType.DOUBLE);
    private static final List<AggregateCall> CALLS =
            List.of(call(AggregateFunction.SUM), call(AggregateFunction.AVERAGE));

    private final AggregateCalls calls = new AggregateCalls(CALLS, TYPE, false, MemoryAccount.unlimited("test"));

    private static AggregateCall call(AggregateFunction function) {
        return new AggregateCall(function, OptionalInt.of(0), OptionalInt.empty(), false, SqlType.DOUBLE);
    }

    private double[] fold(double[] values, int[] weights) {
        calls.open(1);
        DeltaBatchBuilder builder = new DeltaBatchBuilder(TYPE);
        int[] groups = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            builder.column(0).appendDouble(values[i]);
            builder.endRow(weights[i]);
            groups[i] = 1;
        }
        DeltaBatch batch = builder.build();
        calls.fold(batch, groups);
        ColumnBuilder[] out = {new ColumnBuilder(PhysicalKind.DOUBLE), new ColumnBuilder(PhysicalKind.DOUBLE)};
        calls.append(1, out);
        calls.release(1);
        return new double[] {((DoubleColumn) out[0].build()).value(0), ((DoubleColumn) out[1].build()).value(0)};
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void isTheExactSumRoundedOnce(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            int spread = 1 << random.nextInt(12);
            int count = 1 + random.nextInt(40);
            double[] values = new double[count];
            int[] weights = new int[count];
            BigDecimal sum = BigDecimal.ZERO;
            long rows = 0;
            for (int i = 0; i < count; i++) {
                int exponent = Math.max(-1074, Math.min(960, random.nextInt(2 * spread) - spread));
                values[i] = Math.scalb(random.nextDouble() * 2 - 1, exponent);
                weights[i] = random.nextInt(4) == 0 ? 1 + random.nextInt(Integer.MAX_VALUE) : 1;
                sum = sum.add(new BigDecimal(values[i]).multiply(BigDecimal.valueOf(weights[i])));
                rows += weights[i];
            }
            double[] result = fold(values, weights);
            String how = "seed " + seed + ", round " + round;
            assertEquals(sum.doubleValue() + 0.0, result[0], how);
            BigDecimal average = sum.divide(BigDecimal.valueOf(rows), new MathContext(1_200));
            assertEquals(average.doubleValue() + 0.0, result[1], how);
        }
    }

    @Test
    void extremesOfTheRange() {
        assertEquals(Double.MIN_VALUE, fold(new double[] {Double.MIN_VALUE}, new int[] {1})[0]);
        assertEquals(Double.MAX_VALUE, fold(new double[] {Double.MAX_VALUE}, new int[] {1})[0]);
        assertEquals(
                Double.MIN_VALUE,
                fold(new double[] {Double.MAX_VALUE, Double.MIN_VALUE, -Double.MAX_VALUE}, new int[] {1, 1, 1})[0]);
        assertEquals(0.0, fold(new double[] {1e308, -1e308}, new int[] {2_000_000_000, 2_000_000_000})[0]);
        assertEquals(0.0, fold(new double[] {-0.0}, new int[] {1})[0]);
    }

    @Test
    void halvesGoToEven() {
        double half = Math.ulp(1.0) / 2;
        assertEquals(1.0, fold(new double[] {1.0, half}, new int[] {1, 1})[0]);
        assertEquals(Math.nextUp(1.0), fold(new double[] {1.0, half, 1e-300}, new int[] {1, 1, 1})[0]);
        assertEquals(1.0 + 4 * half, fold(new double[] {1.0, 3 * half}, new int[] {1, 1})[0]);
    }

    @Test
    void aSumBeyondAllDoublesIsAnError() {
        ThalwegException error =
                assertThrows(ThalwegException.class, () -> fold(new double[] {Double.MAX_VALUE}, new int[] {2}));
        assertEquals(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, error.code());
    }
}
