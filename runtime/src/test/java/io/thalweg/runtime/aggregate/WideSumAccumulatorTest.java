package io.thalweg.runtime.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.Decimal128Column;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.AggregateFunction;
import io.thalweg.model.type.Int128;
import io.thalweg.model.type.PhysicalKind;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.state.MemoryAccount;
import java.math.BigInteger;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WideSumAccumulatorTest {
    private static final SqlType WIDE = SqlType.decimal(38, 0);
    private static final BigInteger LARGEST = BigInteger.TEN.pow(38).subtract(BigInteger.ONE);

    private static BigInteger sum(List<BigInteger> values, List<Integer> weights) {
        RowType type = RowType.of("m", WIDE);
        AggregateCall call =
                new AggregateCall(AggregateFunction.SUM, OptionalInt.of(0), OptionalInt.empty(), false, WIDE);
        AggregateCalls calls = new AggregateCalls(List.of(call), type, false, MemoryAccount.unlimited("test"));
        calls.open(1);
        DeltaBatchBuilder builder = new DeltaBatchBuilder(type);
        int[] groups = new int[values.size()];
        for (int i = 0; i < groups.length; i++) {
            builder.column(0).appendDecimal128(Int128.of(values.get(i)));
            builder.endRow(weights.get(i));
            groups[i] = 1;
        }
        calls.fold(builder.build(), groups);
        ColumnBuilder[] out = {new ColumnBuilder(PhysicalKind.DECIMAL128)};
        calls.append(1, out);
        return ((Decimal128Column) out[0].build()).value(0).toBigInteger();
    }

    @Test
    void partialSumsMayLeaveTheRange() {
        assertEquals(LARGEST, sum(List.of(LARGEST, LARGEST, LARGEST.negate()), List.of(1, 1, 1)));
        assertEquals(
                LARGEST.negate(),
                sum(List.of(LARGEST, LARGEST.negate()), List.of(Integer.MAX_VALUE - 1, Integer.MAX_VALUE)));
    }

    @Test
    void aResultOutOfRangeIsAnError() {
        for (BigInteger value : List.of(LARGEST, LARGEST.negate())) {
            for (int weight : List.of(2, Integer.MAX_VALUE)) {
                ThalwegException error =
                        assertThrows(ThalwegException.class, () -> sum(List.of(value), List.of(weight)));
                assertEquals(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, error.code());
            }
        }
    }

    @Test
    void weightsMultiply() {
        Random random = new Random(5);
        for (int round = 0; round < 1_000; round++) {
            BigInteger value = new BigInteger(random.nextInt(90), random);
            BigInteger signed = random.nextBoolean() ? value : value.negate();
            int weight = random.nextInt();
            int used = weight == 0 ? 1 : weight;
            assertEquals(
                    signed.multiply(BigInteger.valueOf(used)), sum(List.of(signed), List.of(used)), "round " + round);
        }
    }
}
