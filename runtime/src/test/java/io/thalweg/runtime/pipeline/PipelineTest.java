package io.thalweg.runtime.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.delta.DeltaText;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.plan.AggregateFunction;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.ParametersNode;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.ValuesNode;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.testkit.OperatorHarness;
import io.thalweg.runtime.testkit.Plans;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipelineTest {
    private static final ScanNode NUMBERS = Plans.stream("numbers", "k", SqlType.BIGINT, "v", SqlType.BIGINT);
    private static final StepInfo FIRST = new StepInfo(1, new long[] {0});

    private final OperatorHarness.Collector collector = new OperatorHarness.Collector();

    private Pipeline pipeline(PlanNode root, EmitMode mode, PipelineConfig config) {
        return Pipeline.build(Plans.plan(root, mode), collector, config.withGuarded(true));
    }

    @Test
    void valuesComeOutInTheFirstStepOnly() {
        RowType type = RowType.of("a", SqlType.INTEGER, "b", SqlType.VARCHAR);
        ValuesNode values = new ValuesNode(
                List.of(
                        List.of(Literal.of(1), Literal.of("x")),
                        List.of(Literal.of(2), Literal.nullOf(SqlType.VARCHAR))),
                type);
        Pipeline pipeline = pipeline(values, EmitMode.CHANGES, PipelineConfig.of(0));
        pipeline.endStep(new StepInfo(1, new long[0]));
        pipeline.endStep(new StepInfo(2, new long[0]));
        assertEquals("+1 | 1 | x\n+1 | 2 | NULL", DeltaText.formatSummed(type, collector.take()));
    }

    @Test
    void valuesOfNoColumnsAreRows() {
        ValuesNode one = new ValuesNode(List.of(List.of()), RowType.of());
        PlanNode counted = Plans.aggregate(one, List.of(), Plans.countRows());
        Pipeline pipeline = pipeline(counted, EmitMode.SNAPSHOT, PipelineConfig.of(1 << 20));
        pipeline.endStep(new StepInfo(1, new long[0]));
        assertEquals("+1 | 1", DeltaText.formatSummed(counted.type(), collector.take()));
    }

    @Test
    void parametersEnterWhereThePlanReadsThem() {
        RowType type = RowType.of("p", SqlType.BIGINT);
        Pipeline pipeline = pipeline(new ParametersNode(type), EmitMode.SNAPSHOT, PipelineConfig.of(0));
        pipeline.pushParameters(DeltaText.parse(type, "+1 | 5\n+1 | 6"));
        pipeline.endStep(new StepInfo(1, new long[0]));
        assertEquals("+1 | 5\n+1 | 6", DeltaText.formatSummed(type, collector.take()));
    }

    @Test
    void equalNodesAreComputedOnce() {
        PlanNode sum = Plans.aggregate(NUMBERS, List.of(0), Plans.over(NUMBERS, AggregateFunction.SUM, 1));
        PlanNode same = Plans.aggregate(NUMBERS, List.of(0), Plans.over(NUMBERS, AggregateFunction.SUM, 1));
        PlanNode joined = Plans.join(sum, same, List.of(1), List.of(1));
        Pipeline pipeline = pipeline(joined, EmitMode.CHANGES, PipelineConfig.of(1 << 20));
        assertEquals(1, pipeline.scans().size());
        pipeline.push(0, DeltaText.parse(NUMBERS.type(), "+1 | 1 | 5\n+1 | 1 | 6"));
        pipeline.endStep(FIRST);
        assertEquals("+1 | 1 | 11 | 1 | 11", DeltaText.formatSummed(joined.type(), collector.take()));
        assertEquals(
                List.of("Aggregate(k)", "Join(a1 = a1)"),
                pipeline.stateSize().operators().stream()
                        .map(StateSize.OperatorState::operator)
                        .toList());
        assertEquals(3, pipeline.stateSize().rows());
    }

    @Test
    void stateBeyondTheLimitFailsWithTheOperatorsName() {
        PlanNode sum = Plans.aggregate(NUMBERS, List.of(0), Plans.countRows());
        Pipeline pipeline = pipeline(sum, EmitMode.CHANGES, PipelineConfig.of(1 << 18));
        ThalwegException error = assertThrows(ThalwegException.class, () -> {
            for (long i = 0; i < 100; i++) {
                pipeline.push(0, numbers(i * 1_000, 1_000));
            }
        });
        assertEquals(ErrorCode.OUT_OF_MEMORY, error.code());
        assertEquals(
                "the state of Aggregate(k) does not fit into the memory of the query, which is limited to 262144 bytes",
                error.message());
        assertTrue(error.hint().isPresent());
    }

    @Test
    void longJoinsCanBeCanceled() {
        PlanNode cross = Plans.join(NUMBERS, NUMBERS, List.of(), List.of());
        int[] calls = {0};
        PipelineConfig config = PipelineConfig.of(1L << 30).withCancellationCheck(() -> {
            if (++calls[0] > 20) {
                throw new ThalwegException(ErrorCode.QUERY_CANCELED, "the query was canceled");
            }
        });
        Pipeline pipeline = pipeline(cross, EmitMode.SNAPSHOT, config);
        ThalwegException error = assertThrows(ThalwegException.class, () -> pipeline.push(0, numbers(0, 60_000)));
        assertEquals(ErrorCode.QUERY_CANCELED, error.code());
    }

    @Test
    void sumBeyondBigintFailsOnlyIfItIsStillSoAtTheEndOfTheStep() {
        PlanNode sum = Plans.aggregate(NUMBERS, List.of(0), Plans.over(NUMBERS, AggregateFunction.SUM, 1));
        Pipeline pipeline = pipeline(sum, EmitMode.CHANGES, PipelineConfig.of(1 << 20));
        pipeline.push(0, DeltaText.parse(NUMBERS.type(), "+2 | 1 | 9223372036854775807"));
        pipeline.push(0, DeltaText.parse(NUMBERS.type(), "+1 | 1 | -9223372036854775808"));
        pipeline.endStep(FIRST);
        assertEquals("+1 | 1 | 9223372036854775806", DeltaText.formatSummed(sum.type(), collector.take()));
        pipeline.push(0, DeltaText.parse(NUMBERS.type(), "+1 | 1 | 2"));
        ThalwegException error =
                assertThrows(ThalwegException.class, () -> pipeline.endStep(new StepInfo(2, new long[] {0})));
        assertEquals(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, error.code());
        assertEquals("the result of SUM is out of range for BIGINT", error.message());
    }

    @Test
    void aJoinKeepsNoRowsForASideThatHasEnded() {
        ScanNode names = Plans.stream("names", "k", SqlType.BIGINT, "n", SqlType.VARCHAR);
        PlanNode joined = Plans.join(NUMBERS, names, List.of(0), List.of(0));
        Pipeline pipeline = pipeline(joined, EmitMode.SNAPSHOT, PipelineConfig.of(1 << 20));
        pipeline.push(1, DeltaText.parse(names.type(), "+1 | 1 | one"));
        pipeline.endScan(1);
        pipeline.push(0, DeltaText.parse(NUMBERS.type(), "+1 | 1 | 5\n+1 | 2 | 6"));
        pipeline.endStep(new StepInfo(1, new long[] {0, 0}));
        assertEquals("+1 | 1 | 5 | 1 | one", DeltaText.formatSummed(joined.type(), collector.take()));
        assertEquals(1, pipeline.stateSize().rows());
    }

    @Test
    void oldAndNewRowOfAGroupAreNeighboursInManyBatches() {
        PlanNode sum = Plans.aggregate(NUMBERS, List.of(0), Plans.over(NUMBERS, AggregateFunction.SUM, 1));
        Pipeline pipeline = pipeline(sum, EmitMode.CHANGES, PipelineConfig.of(1L << 30));
        for (int step = 1; step <= 2; step++) {
            pipeline.push(0, numbers(0, 10_000));
            collector.take();
            pipeline.endStep(new StepInfo(step, new long[] {0}));
        }
        int pairs = 0;
        for (DeltaBatch batch : collector.take()) {
            assertTrue(batch.rowCount() <= DeltaBatch.TARGET_ROWS);
            for (int row = 0; row < batch.rowCount(); row += 2) {
                assertEquals(-1, batch.weight(row));
                assertEquals(1, batch.weight(row + 1));
                assertEquals(batch.longColumn(0).value(row), batch.longColumn(0).value(row + 1));
                pairs++;
            }
        }
        assertEquals(9_999, pairs, "all groups but the one whose sum stays 0");
    }

    private static DeltaBatch numbers(long from, int count) {
        DeltaBatchBuilder builder = new DeltaBatchBuilder(NUMBERS.type());
        for (long i = from; i < from + count; i++) {
            builder.column(0).appendLong(i);
            builder.column(1).appendLong(i);
            builder.endRow();
        }
        return builder.build();
    }
}
