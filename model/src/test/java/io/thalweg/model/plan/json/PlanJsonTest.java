package io.thalweg.model.plan.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ParameterReference;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.AggregateFunction;
import io.thalweg.model.plan.AggregateNode;
import io.thalweg.model.plan.CalcNode;
import io.thalweg.model.plan.CloseTime;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.HoldUntilNode;
import io.thalweg.model.plan.JoinKind;
import io.thalweg.model.plan.JoinNode;
import io.thalweg.model.plan.ParametersNode;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.PlanText;
import io.thalweg.model.plan.RankRange;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SortKey;
import io.thalweg.model.plan.SortNode;
import io.thalweg.model.plan.SourceKind;
import io.thalweg.model.plan.TopNNode;
import io.thalweg.model.plan.UnionNode;
import io.thalweg.model.plan.ValuesNode;
import io.thalweg.model.type.Int128;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlanJsonTest {
    private static AggregateCall valueAtMaximum() {
        return new AggregateCall(
                AggregateFunction.VALUE_AT_MAXIMUM,
                List.of(0, 1),
                OptionalInt.empty(),
                true,
                List.of(new SortKey(1, true, false)),
                List.of(Literal.of(", ")),
                SqlType.VARCHAR);
    }

    private static final RowType KEY_AND_TIME =
            RowType.of("k", SqlType.varchar(10).notNull(), "ts", SqlType.timestamp(3));

    @Test
    void returnsEveryKindOfNode() {
        PlanNode scan = new ScanNode(SourceKind.STREAM, 7, "s", List.of(2, 0), true, KEY_AND_TIME);
        ScalarExpression time = new ColumnReference(1, SqlType.timestamp(3));
        ScalarExpression late = FunctionCall.of(
                ScalarFunction.LESS, SqlType.BOOLEAN, time, new ParameterReference(0, SqlType.timestamp(3)));
        PlanNode calc = new CalcNode(
                scan,
                Optional.of(late),
                List.of(new ColumnReference(0, SqlType.varchar(10).notNull()), time),
                KEY_AND_TIME);
        PlanNode union = new UnionNode(List.of(calc, new ParametersNode(KEY_AND_TIME), values()), KEY_AND_TIME);
        PlanNode aggregate = new AggregateNode(
                union,
                List.of(0, 1),
                List.of(
                        new AggregateCall(
                                AggregateFunction.COUNT_ROWS,
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                false,
                                SqlType.BIGINT.notNull()),
                        valueAtMaximum(),
                        new AggregateCall(
                                AggregateFunction.MAXIMUM,
                                OptionalInt.of(1),
                                OptionalInt.of(0),
                                true,
                                SqlType.timestamp(3))),
                Optional.of(new CloseTime(1, 10_000_000)),
                RowType.of(
                        "k",
                        SqlType.VARCHAR,
                        "ts",
                        SqlType.timestamp(3),
                        "n",
                        SqlType.BIGINT,
                        "v",
                        SqlType.VARCHAR,
                        "m",
                        SqlType.timestamp(3)));
        PlanNode join = new JoinNode(
                JoinKind.INNER,
                aggregate,
                scan,
                List.of(0),
                List.of(0),
                Optional.of(Literal.of(true)),
                RowType.of("a", SqlType.VARCHAR, "b", SqlType.DATE));
        PlanNode held = new HoldUntilNode(join, new CloseTime(1, 0), join.type());
        PlanNode top = new TopNNode(
                held,
                List.of(0),
                List.of(new SortKey(1, false, true)),
                new RankRange(RankRange.RankFunction.DENSE_RANK, 2, 5),
                true,
                Optional.of(new CloseTime(1, 7)),
                RowType.of("a", SqlType.VARCHAR, "b", SqlType.DATE, "n", SqlType.BIGINT.notNull()));
        PlanNode sorted = new SortNode(top, List.of(new SortKey(0, true, false)), 5, OptionalLong.of(10), top.type());
        PhysicalPlan plan = new PhysicalPlan(
                sorted, EmitMode.SNAPSHOT, false, Optional.of(List.of(0, 1)), List.of(SqlType.timestamp(3)));

        assertEquals(plan, PlanJson.read(PlanJson.write(plan)));
        assertEquals(PlanText.format(plan), PlanText.format(PlanJson.read(PlanJson.write(plan))));
    }

    private static PlanNode values() {
        return new ValuesNode(
                List.of(
                        List.of(
                                Literal.of("quote \" backslash \\ line\nK\u00f6ln \uD83D\uDE80"),
                                Literal.nullOf(SqlType.timestamp(3))),
                        List.of(
                                new Literal(Int128.of(BigInteger.TEN.pow(37)), SqlType.decimal(38, 0)),
                                new Literal(new byte[] {0, -1}, SqlType.VARBINARY)),
                        List.of(new Literal(Double.NaN, SqlType.DOUBLE), new Literal(-0.0, SqlType.DOUBLE)),
                        List.of(new Literal(-5, SqlType.DATE), Literal.of(Long.MIN_VALUE))),
                KEY_AND_TIME);
    }

    @Test
    void refusesAnotherVersion() {
        ThalwegException error = assertThrows(ThalwegException.class, () -> PlanJson.read("{\"version\": 99}"));
        assertEquals("stored plan has format version 99, this release reads 1", error.message());
    }

    @Test
    void refusesDamageWithAClearError() {
        PhysicalPlan plan = new PhysicalPlan(values(), EmitMode.CHANGES, true, Optional.empty(), List.of());
        String json = PlanJson.write(plan);
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            StringBuilder damaged = new StringBuilder(json);
            for (int i = random.nextInt(3); i >= 0; i--) {
                damaged.setCharAt(random.nextInt(damaged.length()), "{}[]\",:0az\\".charAt(random.nextInt(11)));
            }
            damaged.setLength(damaged.length() - random.nextInt(3));
            try {
                PlanJson.read(damaged.toString());
            } catch (ThalwegException e) {
                assertEquals(ErrorCode.DATA_CORRUPTED, e.code(), "seed " + seed);
            }
        }
    }
}
