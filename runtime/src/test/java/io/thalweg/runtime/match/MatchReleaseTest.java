package io.thalweg.runtime.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.delta.DeltaText;
import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.MatchNode;
import io.thalweg.model.plan.MatchOutput;
import io.thalweg.model.plan.MatchPattern;
import io.thalweg.model.plan.MatchSkip;
import io.thalweg.model.plan.Navigation;
import io.thalweg.model.plan.PatternExpression;
import io.thalweg.model.plan.PatternVariable;
import io.thalweg.model.plan.RowPattern;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SortKey;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.pipeline.Pipeline;
import io.thalweg.runtime.pipeline.PipelineConfig;
import io.thalweg.runtime.pipeline.StepInfo;
import io.thalweg.runtime.testkit.OperatorHarness;
import io.thalweg.runtime.testkit.Plans;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a row pattern keeps of a stream whose watermark goes on, and when its final matches come out. */
class MatchReleaseTest {
    private static final long SECOND = 1_000_000;
    private static final ScanNode STREAM =
            Plans.stream("s", "k", SqlType.BIGINT, "ts", SqlType.timestamp(6).notNull(), "v", SqlType.BIGINT);
    private static final PatternVariable ANY = new PatternVariable("a", Optional.empty());
    private static final RowPattern FIRST = new RowPattern.Variable(0, false);
    private static final RowPattern SECOND_ONE = new RowPattern.Variable(1, false);

    /** A variable whose rows have a greater value than the row before. */
    private static PatternVariable rising() {
        Navigation own =
                new Navigation.RowValue(List.of(), new Navigation.Place(false, 0, 0), 2, false, SqlType.BIGINT);
        Navigation before =
                new Navigation.RowValue(List.of(), new Navigation.Place(false, 0, -1), 2, false, SqlType.BIGINT);
        return new PatternVariable(
                "up",
                Optional.of(new PatternExpression(
                        List.of(own, before),
                        FunctionCall.of(
                                ScalarFunction.GREATER,
                                SqlType.BOOLEAN,
                                new ColumnReference(0, SqlType.BIGINT),
                                new ColumnReference(1, SqlType.BIGINT)))));
    }

    /** Shows the partition, the values of the first and the last row, and, if asked for, the number of the match. */
    private static MatchNode match(
            RowPattern rows, OptionalLong within, boolean numbered, PatternVariable... variables) {
        List<Navigation> read = new ArrayList<>(List.of(
                new Navigation.RowValue(List.of(), new Navigation.Place(true, 0, 0), 2, true, SqlType.BIGINT),
                new Navigation.RowValue(List.of(), new Navigation.Place(false, 0, 0), 2, true, SqlType.BIGINT)));
        if (numbered) {
            read.add(new Navigation.MatchNumber());
        }
        List<Field> fields = new ArrayList<>(List.of(STREAM.type().field(0)));
        List<ColumnReference> measures = new ArrayList<>();
        for (int i = 0; i < read.size(); i++) {
            fields.add(new Field("m" + i, SqlType.BIGINT));
            measures.add(new ColumnReference(i, SqlType.BIGINT));
        }
        return new MatchNode(
                STREAM,
                List.of(0),
                List.of(new SortKey(1, false, false)),
                new MatchPattern(
                        rows, List.of(variables), new MatchSkip(MatchSkip.Kind.PAST_LAST_ROW, List.of()), within),
                new MatchOutput(false, false, List.of(0), read, List.copyOf(measures)),
                OptionalLong.of(1),
                new RowType(fields));
    }

    private static RowPattern sequence(RowPattern... parts) {
        return new RowPattern.Sequence(List.of(parts));
    }

    private static RowPattern atLeastOnce(RowPattern part) {
        return new RowPattern.Repetition(part, 1, RowPattern.UNLIMITED, false);
    }

    /** The most rows kept of a row a second in each of two partitions, whose values go up from 0 to 9 and begin anew. */
    private static long mostKept(MatchNode node, int steps) {
        OperatorHarness.Collector collector = new OperatorHarness.Collector();
        Pipeline pipeline = Pipeline.build(Plans.plan(node, EmitMode.CHANGES), collector, PipelineConfig.of(1L << 30));
        long most = 0;
        for (int step = 1; step <= steps; step++) {
            DeltaBatchBuilder builder = new DeltaBatchBuilder(STREAM.type());
            for (long partition = 0; partition < 2; partition++) {
                builder.column(0).appendLong(partition);
                builder.column(1).appendLong(step * SECOND);
                builder.column(2).appendLong(step % 10);
                builder.endRow();
            }
            pipeline.push(0, builder.build());
            pipeline.endStep(new StepInfo(step, new long[] {step * SECOND - 5 * SECOND}));
            collector.take();
            most = Math.max(most, pipeline.stateSize().rows());
        }
        return most;
    }

    @Test
    void keepsTheRowsOfAttemptsThatAreOpen() {
        // Ten rows rise, the watermark is five behind, and rows go when it has passed the newest one it knew of.
        MatchNode rising = match(sequence(FIRST, atLeastOnce(SECOND_ONE)), OptionalLong.empty(), true, ANY, rising());
        long most = mostKept(rising, 4_000);
        assertTrue(most <= 2 * (10 + 2 * 6 + 1), () -> "kept " + most);
    }

    /** A hundred rows can be divided between two variables in 2^100 ways, each of which fails. */
    @Test
    void triesWhatFailsOnce() {
        PatternVariable never = new PatternVariable(
                "never",
                Optional.of(new PatternExpression(
                        List.of(new Navigation.RowValue(
                                List.of(0), new Navigation.Place(true, 0, 0), 2, false, SqlType.BIGINT)),
                        FunctionCall.of(
                                ScalarFunction.LESS,
                                SqlType.BOOLEAN,
                                new ColumnReference(0, SqlType.BIGINT),
                                Literal.of(0L)))));
        PatternVariable counted = new PatternVariable(
                "counted",
                Optional.of(new PatternExpression(
                        List.of(new Navigation.Aggregate(List.of(), Plans.countRows(), false)),
                        FunctionCall.of(
                                ScalarFunction.LESS,
                                SqlType.BOOLEAN,
                                new ColumnReference(0, SqlType.BIGINT),
                                Literal.of(4L)))));
        RowPattern either = new RowPattern.Repetition(
                new RowPattern.Alternation(
                        List.of(new RowPattern.Variable(2, false), new RowPattern.Variable(3, false))),
                0,
                RowPattern.UNLIMITED,
                false);
        MatchNode hard = match(
                sequence(FIRST, atLeastOnce(new RowPattern.Variable(4, false)), either, SECOND_ONE),
                OptionalLong.empty(),
                false,
                ANY,
                never,
                new PatternVariable("x", Optional.empty()),
                new PatternVariable("y", Optional.empty()),
                counted);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertEquals(2 * 100, mostKept(hard, 100)));
    }

    @Test
    void keepsAllOfAMatchThatNeverEnds() {
        MatchNode endless = match(atLeastOnce(FIRST), OptionalLong.empty(), false, ANY);
        assertEquals(2 * 300, mostKept(endless, 300));
    }

    @Test
    void keepsAMatchThatNeverEndsWithinItsTime() {
        MatchNode within = match(atLeastOnce(FIRST), OptionalLong.of(20 * SECOND), false, ANY);
        long most = mostKept(within, 2_000);
        assertTrue(most <= 2 * 2 * 26, () -> "kept " + most);
    }

    @Test
    void putsOutMatchesWhenTheyAreFinal() {
        MatchNode rising = match(sequence(FIRST, atLeastOnce(SECOND_ONE)), OptionalLong.empty(), true, ANY, rising());
        OperatorHarness.of(rising.onlyFinal())
                .mode(EmitMode.FINAL)
                .given("""
                        +1 | 1 | 1970-01-01 00:00:01 | 3
                        +1 | 1 | 1970-01-01 00:00:03 | 5
                        +1 | 1 | 1970-01-01 00:00:04 | 1
                        """)
                .watermark(4 * SECOND)
                .given("+1 | 1 | 1970-01-01 00:00:05 | 2")
                .watermark(4 * SECOND + 1)
                .expect("+1 | 1 | 3 | 5 | 1")
                .given("+1 | 1 | 1970-01-01 00:00:06 | 0")
                .watermark(20 * SECOND)
                .expect("+1 | 1 | 1 | 2 | 2")
                .stepsMatter()
                .run();
    }

    @Test
    void forgetsPartitionsThatAreSilent() {
        MatchNode within = match(
                sequence(FIRST, SECOND_ONE),
                OptionalLong.of(10 * SECOND),
                false,
                ANY,
                new PatternVariable("b", Optional.empty()));
        OperatorHarness.of(within)
                .given("""
                        +1 | 1 | 1970-01-01 00:00:01 | 3
                        +1 | 2 | 1970-01-01 00:00:03 | 5
                        +1 | 2 | 1970-01-01 00:00:04 | 6
                        """)
                .watermark(4 * SECOND)
                .expect("+1 | 2 | 5 | 6")
                .given("")
                .watermark(30 * SECOND)
                .leavesNoState()
                .run();
    }

    @Test
    void goesOnWithTheNumbersOfMatches() {
        MatchNode pairs = match(
                sequence(FIRST, SECOND_ONE),
                OptionalLong.empty(),
                true,
                ANY,
                new PatternVariable("b", Optional.empty()));
        OperatorHarness.Collector collector = new OperatorHarness.Collector();
        Pipeline pipeline = Pipeline.build(Plans.plan(pairs, EmitMode.CHANGES), collector, PipelineConfig.of(1 << 20));
        for (int step = 1; step <= 100; step++) {
            pipeline.push(
                    0,
                    DeltaText.parse(
                            STREAM.type(), "+2 | 1 | 1970-01-01 00:%02d:%02d | 7".formatted(step / 60, step % 60)));
            pipeline.endStep(new StepInfo(step, new long[] {step * SECOND + 1}));
            List<DeltaBatch> changes = collector.take();
            assertEquals(
                    "+1 | 1 | 7 | 7 | " + step,
                    DeltaText.formatSummed(pairs.type(), changes).strip());
            assertTrue(pipeline.stateSize().rows() <= 2);
        }
    }
}
