package io.thalweg.runtime.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.AggregateFunction;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.MatchNode;
import io.thalweg.model.plan.MatchOutput;
import io.thalweg.model.plan.MatchPattern;
import io.thalweg.model.plan.MatchSkip;
import io.thalweg.model.plan.Navigation;
import io.thalweg.model.plan.PatternExpression;
import io.thalweg.model.plan.PatternVariable;
import io.thalweg.model.plan.PlanText;
import io.thalweg.model.plan.RowPattern;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SortKey;
import io.thalweg.model.plan.SourceKind;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.pipeline.Pipeline;
import io.thalweg.runtime.pipeline.PipelineConfig;
import io.thalweg.runtime.pipeline.StepInfo;
import io.thalweg.runtime.testkit.NaiveEvaluator;
import io.thalweg.runtime.testkit.OperatorHarness;
import io.thalweg.runtime.testkit.Plans;
import io.thalweg.runtime.testkit.Row;
import io.thalweg.runtime.testkit.TooManySteps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random row patterns over random insertions and deletions: after every step the matches are those that the naive evaluator finds
 * in all rows that are there. Longer with {@code -Dthalweg.matches=n}.
 */
class RandomMatchTest {
    private static final int PATTERNS = Integer.getInteger("thalweg.matches", 400);
    private static final int STEPS = 7;
    private static final int VARIABLES = 4;
    private static final long SECOND = 1_000_000;
    private static final SqlType NUMBER = SqlType.BIGINT;

    private final long seed = Long.getLong("thalweg.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @Test
    void everyStepHasTheMatchesOfTheRowsThatAreThere() {
        System.out.println("seed " + seed);
        int found = 0;
        int left = 0;
        for (int i = 0; i < PATTERNS; i++) {
            try {
                found += check(randomNode(Plans.table("t", "k", NUMBER, "o", SqlType.timestamp(6), "v", NUMBER)), i);
            } catch (TooManySteps hard) {
                left++;
            }
        }
        assertTrue(found > PATTERNS, found + " rows of matches");
        assertTrue(left < PATTERNS / 10, left + " patterns left out");
    }

    /** As if nothing was forgotten; and what comes out as final is among the matches at every step from then on. */
    @Test
    void matchesAsMuchWhenTheWatermarkLetsRowsGo() {
        System.out.println("seed " + seed);
        int bounded = 0;
        int foundFinal = 0;
        int wholly = 0;
        int left = 0;
        for (int i = 0; i < PATTERNS; i++) {
            MatchNode node = randomNode(Plans.stream("t", "k", NUMBER, "o", SqlType.timestamp(6), "v", NUMBER));
            if (node.order().get(0).descending()) {
                continue;
            }
            try {
                Settled settled = new Settled(node.settling(OptionalLong.of(1)), "seed " + seed + ", pattern " + i);
                settled.run();
                bounded += settled.changes.stateSize().rows() < settled.rowCount() / 2 ? 1 : 0;
                foundFinal += settled.finals.size();
                wholly += settled.wholly;
            } catch (TooManySteps hard) {
                left++;
            }
        }
        assertTrue(bounded > PATTERNS / 4, bounded + " patterns have forgotten half of their rows");
        assertTrue(foundFinal > PATTERNS, foundFinal + " rows of final matches");
        assertTrue(wholly > 0, "no pattern was final to its end");
        assertTrue(left < PATTERNS / 10, left + " patterns left out");
    }

    /** A pattern over a stream whose watermark lets rows go, shown with changes and when final. */
    private final class Settled {
        private final MatchNode node;
        private final String how;
        private final OperatorHarness.Collector collector = new OperatorHarness.Collector();
        private final OperatorHarness.Collector finalCollector = new OperatorHarness.Collector();
        private final OperatorHarness.Collector atOnceCollector = new OperatorHarness.Collector();
        private final Pipeline changes;
        private final Pipeline whenFinal;
        private final Pipeline atOnce;
        private final Map<List<Object>, Long> input = new HashMap<>();
        private final Map<List<Object>, Long> result = new HashMap<>();
        private final Map<List<Object>, Long> finals = new HashMap<>();
        private final Map<List<Object>, Long> allFinals = new HashMap<>();
        private int wholly;

        private Settled(MatchNode node, String how) {
            this.node = node;
            this.how = how + "\n" + PlanText.format(node);
            this.changes = pipeline(node, EmitMode.CHANGES, collector);
            this.whenFinal = pipeline(node.onlyFinal(), EmitMode.FINAL, finalCollector);
            this.atOnce = pipeline(node.onlyFinal(), EmitMode.FINAL, atOnceCollector);
        }

        private Pipeline pipeline(MatchNode plan, EmitMode mode, OperatorHarness.Collector into) {
            return Pipeline.build(
                    Plans.plan(plan, mode), into, PipelineConfig.of(1L << 30).withGuarded(true));
        }

        private long rowCount() {
            return input.values().stream().mapToLong(weight -> weight).sum();
        }

        private void run() {
            long watermark = 0;
            long newest = 0;
            ScanNode scan = changes.scans().get(0);
            for (int step = 1; step <= 3 * STEPS; step++) {
                DeltaBatchBuilder builder = new DeltaBatchBuilder(scan.type());
                for (int i = random.nextInt(12); i > 0; i--) {
                    long time = watermark + random.nextInt(9) * SECOND;
                    newest = Math.max(newest, time);
                    appendRow(builder, time);
                }
                DeltaBatch delta = builder.build();
                Row.addTo(input, delta);
                Map<List<Object>, Long> expected = node.accept(new NaiveEvaluator(Map.of(scan, input)));
                for (DeltaBatch piece : OperatorHarness.cut(delta, 1 + random.nextInt(9), random)) {
                    changes.push(0, piece);
                    whenFinal.push(0, piece);
                }
                atOnce.push(0, delta);
                watermark = Math.max(watermark, newest - 5 * SECOND);
                changes.endStep(new StepInfo(step, new long[] {watermark}));
                whenFinal.endStep(new StepInfo(step, new long[] {watermark}));
                collector.take().forEach(batch -> Row.addTo(result, batch));
                assertEquals(expected, result, how + ", step " + step + input);
                finalCollector.take().forEach(batch -> Row.addTo(finals, batch));
                finals.forEach((row, weight) -> assertTrue(
                        weight > 0 && weight <= expected.getOrDefault(row, 0L),
                        how + ", " + row + " is not final in " + expected + input));
            }
            atOnce.endStep(new StepInfo(1, new long[] {watermark}));
            atOnceCollector.take().forEach(batch -> Row.addTo(allFinals, batch));
            assertEquals(allFinals, finals, how);
            if (node.pattern().withinMicros().isPresent() && !looksAhead()) {
                wholly++;
                whenFinal.endStep(new StepInfo(3 * STEPS + 1, new long[] {watermark + 1_000 * SECOND}));
                finalCollector.take().forEach(batch -> Row.addTo(finals, batch));
                assertEquals(result, finals, how + ": all is final in the end");
            }
        }

        private boolean looksAhead() {
            Stream<Navigation> inConditions = node.pattern().variables().stream()
                    .flatMap(variable -> variable.condition().stream())
                    .flatMap(condition -> condition.navigations().stream());
            boolean reaches = Stream.concat(inConditions, node.output().navigations().stream())
                    .anyMatch(n -> n instanceof Navigation.RowValue value
                            && value.row().distance() > 0);
            return reaches || PlanText.format(node).contains("$");
        }
    }

    private int check(MatchNode node, int count) {
        OperatorHarness.Collector collector = new OperatorHarness.Collector();
        Pipeline pipeline = Pipeline.build(
                Plans.plan(node, EmitMode.CHANGES),
                collector,
                PipelineConfig.of(1L << 30).withGuarded(true));
        ScanNode scan = pipeline.scans().get(0);
        Map<List<Object>, Long> input = new HashMap<>();
        Map<List<Object>, Long> result = new HashMap<>();
        int found = 0;
        for (int step = 1; step <= STEPS; step++) {
            DeltaBatch delta = step == STEPS ? deletions(scan, input, 1) : changes(scan, input);
            Row.addTo(input, delta);
            // First, since a pattern that is too hard for the one may be so for the other.
            Map<List<Object>, Long> expected = node.accept(new NaiveEvaluator(Map.of(scan, input)));
            for (DeltaBatch piece : OperatorHarness.cut(delta, 1 + random.nextInt(9), random)) {
                pipeline.push(0, piece);
            }
            pipeline.endStep(new StepInfo(step, new long[] {Long.MIN_VALUE}));
            collector.take().forEach(batch -> Row.addTo(result, batch));
            assertEquals(
                    expected,
                    result,
                    "seed " + seed + ", pattern " + count + ", step " + step + "\n" + PlanText.format(node) + input);
            found += result.size();
        }
        assertEquals(0, pipeline.stateSize().rows());
        return found;
    }

    private DeltaBatch changes(ScanNode scan, Map<List<Object>, Long> present) {
        if (random.nextInt(4) == 0) {
            return deletions(scan, present, 0.3);
        }
        DeltaBatchBuilder builder = new DeltaBatchBuilder(scan.type());
        boolean late = random.nextInt(3) == 0;
        for (int i = random.nextInt(25); i >= 0; i--) {
            appendRow(builder, random.nextInt(40) + (late ? 0 : present.size()));
        }
        return builder.build();
    }

    private void appendRow(DeltaBatchBuilder builder, long time) {
        builder.column(0).appendLong(random.nextInt(2));
        builder.column(1).appendLong(time);
        if (random.nextInt(8) == 0) {
            builder.column(2).appendNull();
        } else {
            builder.column(2).appendLong(random.nextInt(6));
        }
        builder.endRow(1 + (random.nextInt(9) == 0 ? 1 : 0));
    }

    private DeltaBatch deletions(ScanNode scan, Map<List<Object>, Long> present, double share) {
        DeltaBatchBuilder builder = new DeltaBatchBuilder(scan.type());
        present.forEach((row, weight) -> {
            if (share == 1 || random.nextDouble() < share) {
                for (int i = 0; i < row.size(); i++) {
                    if (row.get(i) instanceof Long value) {
                        builder.column(i).appendLong(value);
                    } else {
                        builder.column(i).appendNull();
                    }
                }
                builder.endRow((int) -weight);
            }
        });
        return builder.build();
    }

    private MatchNode randomNode(ScanNode table) {
        List<PatternVariable> variables = new ArrayList<>();
        for (int i = 0; i < VARIABLES; i++) {
            Optional<PatternExpression> condition =
                    i > 0 || random.nextBoolean() ? Optional.of(condition()) : Optional.empty();
            variables.add(new PatternVariable("v" + i, condition));
        }
        RowPattern rows = pattern(3);
        if (random.nextInt(8) == 0) {
            rows = new RowPattern.Sequence(List.of(rows, new RowPattern.Anchor(random.nextBoolean())));
        }
        // A skip to a variable needs one that every match has behind its first row.
        MatchSkip skip = new MatchSkip(
                random.nextBoolean() ? MatchSkip.Kind.PAST_LAST_ROW : MatchSkip.Kind.TO_NEXT_ROW, List.of());
        if (random.nextInt(4) == 0) {
            rows = new RowPattern.Sequence(
                    List.of(new RowPattern.Variable(0, false), rows, new RowPattern.Variable(VARIABLES, false)));
            variables.add(new PatternVariable("last", Optional.of(condition())));
            skip = new MatchSkip(
                    random.nextBoolean() ? MatchSkip.Kind.TO_FIRST : MatchSkip.Kind.TO_LAST, List.of(VARIABLES));
        }
        OptionalLong within = random.nextInt(4) == 0
                ? OptionalLong.of((1 + random.nextInt(12)) * (table.kind() == SourceKind.STREAM ? SECOND : 1))
                : OptionalLong.empty();
        boolean allRows = random.nextBoolean();
        List<Integer> shown = allRows ? List.of(0, 1, 2) : List.of(0);
        List<Navigation> read = new ArrayList<>();
        List<ScalarExpression> measures = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            read.add(navigation(true));
            measures.add(new ColumnReference(i, NUMBER));
        }
        read.add(new Navigation.MatchNumber());
        measures.add(new ColumnReference(3, NUMBER));
        List<Field> fields = new ArrayList<>();
        shown.forEach(column -> fields.add(table.type().field(column)));
        measures.forEach(measure -> fields.add(new Field("m" + fields.size(), measure.type())));
        List<SortKey> order = List.of(new SortKey(1, within.isEmpty() && random.nextInt(4) == 0, false));
        return new MatchNode(
                table,
                random.nextInt(5) == 0 && allRows ? List.of() : List.of(0),
                order,
                new MatchPattern(rows, variables, skip, within),
                new MatchOutput(allRows, false, shown, read, measures),
                OptionalLong.empty(),
                new RowType(fields));
    }

    private PatternExpression condition() {
        Navigation own = new Navigation.RowValue(List.of(), new Navigation.Place(false, 0, 0), 2, false, NUMBER);
        Navigation other = random.nextBoolean()
                ? new Navigation.RowValue(
                        List.of(), new Navigation.Place(false, 0, random.nextInt(5) - 2), 2, false, NUMBER)
                : navigation(false);
        ScalarExpression left = new ColumnReference(0, NUMBER);
        ScalarExpression right =
                random.nextInt(3) == 0 ? Literal.of((long) random.nextInt(6)) : new ColumnReference(1, NUMBER);
        boolean swapped = random.nextBoolean();
        ScalarExpression less =
                FunctionCall.of(ScalarFunction.LESS, SqlType.BOOLEAN, swapped ? right : left, swapped ? left : right);
        return new PatternExpression(List.of(own, other), less);
    }

    private Navigation navigation(boolean measure) {
        List<Integer> of = random.nextInt(3) == 0
                ? List.of()
                : random.nextInt(3) == 0 ? List.of(0, 2) : List.of(random.nextInt(VARIABLES));
        boolean whole = measure && random.nextBoolean();
        if (random.nextInt(4) == 0) {
            boolean rows = random.nextBoolean();
            AggregateFunction function = rows
                    ? AggregateFunction.COUNT_ROWS
                    : random.nextBoolean() ? AggregateFunction.SUM : AggregateFunction.COUNT;
            OptionalInt argument = rows ? OptionalInt.empty() : OptionalInt.of(2);
            return new Navigation.Aggregate(
                    of, new AggregateCall(function, argument, OptionalInt.empty(), false, NUMBER), whole);
        }
        Navigation.Place place = new Navigation.Place(random.nextBoolean(), random.nextInt(3), random.nextInt(5) - 2);
        return new Navigation.RowValue(of, place, 2, whole, NUMBER);
    }

    private RowPattern pattern(int depth) {
        int choice = depth == 0 ? 0 : random.nextInt(6);
        return switch (choice) {
            case 1, 2 -> {
                List<RowPattern> parts = new ArrayList<>();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    parts.add(pattern(depth - 1));
                }
                yield random.nextInt(3) == 0 ? new RowPattern.Alternation(parts) : new RowPattern.Sequence(parts);
            }
            case 3, 4 -> {
                int least = random.nextInt(3);
                int most = random.nextBoolean() ? RowPattern.UNLIMITED : least + random.nextInt(3);
                yield new RowPattern.Repetition(pattern(depth - 1), least, most, random.nextBoolean());
            }
            default -> new RowPattern.Variable(random.nextInt(VARIABLES), random.nextInt(8) == 0);
        };
    }
}
