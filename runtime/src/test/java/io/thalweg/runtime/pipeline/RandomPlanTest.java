package io.thalweg.runtime.pipeline;

import static io.thalweg.runtime.testkit.Plans.aggregate;
import static io.thalweg.runtime.testkit.Plans.calc;
import static io.thalweg.runtime.testkit.Plans.call;
import static io.thalweg.runtime.testkit.Plans.column;
import static io.thalweg.runtime.testkit.Plans.countRows;
import static io.thalweg.runtime.testkit.Plans.distinct;
import static io.thalweg.runtime.testkit.Plans.filtered;
import static io.thalweg.runtime.testkit.Plans.join;
import static io.thalweg.runtime.testkit.Plans.over;
import static io.thalweg.runtime.testkit.Plans.session;
import static io.thalweg.runtime.testkit.Plans.topN;
import static io.thalweg.runtime.testkit.Plans.union;
import static io.thalweg.runtime.testkit.Plans.unnest;
import static io.thalweg.runtime.testkit.Plans.window;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.nested.NestedValues;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.AggregateFunction;
import io.thalweg.model.plan.AsofMatch;
import io.thalweg.model.plan.CalcNode;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.JoinKeys;
import io.thalweg.model.plan.JoinKind;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.RankRange;
import io.thalweg.model.plan.RankRange.RankFunction;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SetOperationNode;
import io.thalweg.model.plan.SetOperationNode.SetOperation;
import io.thalweg.model.plan.SortKey;
import io.thalweg.model.plan.WindowNode;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.runtime.testkit.Dictionaries;
import io.thalweg.runtime.testkit.NaiveEvaluator;
import io.thalweg.runtime.testkit.OperatorHarness;
import io.thalweg.runtime.testkit.Plans;
import io.thalweg.runtime.testkit.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random plans over random insertions and deletions: after every step the sum of all output is what the naive evaluator makes
 * of the sum of all input.
 */
class RandomPlanTest {
    private static final List<AggregateFunction> VARIANCES = List.of(
            AggregateFunction.VARIANCE_OF_POPULATION,
            AggregateFunction.VARIANCE_OF_SAMPLE,
            AggregateFunction.DEVIATION_OF_POPULATION);
    private static final List<AggregateFunction> REGRESSIONS = List.of(
            AggregateFunction.COVARIANCE_OF_POPULATION,
            AggregateFunction.COVARIANCE_OF_SAMPLE,
            AggregateFunction.REGRESSION_COUNT,
            AggregateFunction.REGRESSION_SLOPE,
            AggregateFunction.REGRESSION_R2);
    private static final List<AggregateFunction> BITS =
            List.of(AggregateFunction.BIT_AND, AggregateFunction.BIT_OR, AggregateFunction.BIT_XOR);

    private static final Object[] COLUMNS = {
        "k", SqlType.BIGINT,
        "v", SqlType.BIGINT.notNull(),
        "i", SqlType.INTEGER,
        "d", SqlType.DOUBLE,
        "s", SqlType.VARCHAR,
        "m", SqlType.decimal(25, 2),
        "b", SqlType.BOOLEAN,
        "a", SqlType.array(SqlType.BIGINT)
    };
    private static final double[] DOUBLES = {0.1, -0.0, 0.0, 3.25, -1e-300, 1e300, Double.NaN, 1e16, -7.7};
    private static final int PLANS_PER_SEED = 60;
    private static final int STEPS = 6;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyStepIsWhatTheInputMakesIt(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < PLANS_PER_SEED; i++) {
            boolean appendOnly = random.nextInt(3) == 0;
            List<ScanNode> tables = appendOnly
                    ? List.of(Plans.stream("a", COLUMNS), Plans.stream("b", COLUMNS))
                    : List.of(Plans.table("a", COLUMNS), Plans.table("b", COLUMNS));
            PlanNode plan = relation(random, tables, 1 + random.nextInt(3));
            check(plan, random, appendOnly, "seed " + seed + ", plan " + i);
            checkSnapshot(plan, random, "snapshot, seed " + seed + ", plan " + i);
        }
    }

    private static void check(PlanNode plan, Random random, boolean appendOnly, String how) {
        OperatorHarness.Collector collector = new OperatorHarness.Collector();
        Pipeline pipeline = Pipeline.build(
                Plans.plan(plan, EmitMode.CHANGES),
                collector,
                PipelineConfig.of(1L << 30).withGuarded(true));
        Map<ScanNode, Map<List<Object>, Long>> inputs = new HashMap<>();
        List<List<DeltaBatch>> present = new ArrayList<>();
        for (ScanNode scan : pipeline.scans()) {
            inputs.put(scan, new HashMap<>());
            present.add(new ArrayList<>());
        }
        Map<List<Object>, Long> result = new HashMap<>();
        for (int step = 1; step <= STEPS; step++) {
            boolean deleteAll = !appendOnly && step == STEPS;
            for (int scan = 0; scan < pipeline.scans().size(); scan++) {
                ScanNode node = pipeline.scans().get(scan);
                DeltaBatch delta = deleteAll
                        ? deletions(
                                node.type(),
                                present.get(scan),
                                present.get(scan).size(),
                                random)
                        : changes(node.type(), present.get(scan), appendOnly, random);
                Row.addTo(inputs.get(node), delta);
                for (DeltaBatch piece : OperatorHarness.cut(delta, 1 + random.nextInt(20), random)) {
                    pipeline.push(scan, random.nextBoolean() ? Dictionaries.encode(piece) : piece);
                }
            }
            long[] watermarks = new long[pipeline.scans().size()];
            Arrays.fill(watermarks, Long.MIN_VALUE);
            pipeline.endStep(new StepInfo(step, watermarks));
            collector.take().forEach(batch -> Row.addTo(result, batch));
            assertEquals(
                    text(plan.accept(new NaiveEvaluator(inputs))), text(result), how + ", step " + step + "\n" + plan);
        }
        if (!appendOnly) {
            assertEquals(0, pipeline.stateSize().rows(), how + " leaves state\n" + plan);
        }
    }

    /** One step, each scan ended after its rows. */
    private static void checkSnapshot(PlanNode plan, Random random, String how) {
        OperatorHarness.Collector collector = new OperatorHarness.Collector();
        Pipeline pipeline = Pipeline.build(
                Plans.plan(plan, EmitMode.SNAPSHOT),
                collector,
                PipelineConfig.of(1L << 30).withGuarded(true));
        Map<ScanNode, Map<List<Object>, Long>> inputs = new HashMap<>();
        for (int scan = 0; scan < pipeline.scans().size(); scan++) {
            ScanNode node = pipeline.scans().get(scan);
            DeltaBatch rows = changes(node.type(), new ArrayList<>(), true, random);
            inputs.put(node, Row.sum(List.of(rows)));
            for (DeltaBatch piece : OperatorHarness.cut(rows, 1 + random.nextInt(20), random)) {
                pipeline.push(scan, piece);
            }
            if (random.nextBoolean()) {
                pipeline.endScan(scan);
            }
        }
        pipeline.endStep(new StepInfo(1, new long[pipeline.scans().size()]));
        assertEquals(text(plan.accept(new NaiveEvaluator(inputs))), text(Row.sum(collector.take())), how + "\n" + plan);
    }

    private static String text(Map<List<Object>, Long> relation) {
        return relation.entrySet().stream()
                .map(entry -> entry.getValue() + " x " + entry.getKey())
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    // Input.

    private static DeltaBatch changes(RowType type, List<DeltaBatch> present, boolean appendOnly, Random random) {
        DeltaBatchBuilder builder = new DeltaBatchBuilder(type);
        if (!appendOnly) {
            DeltaBatch deleted = deletions(type, present, random.nextInt(present.size() + 1), random);
            for (int row = 0; row < deleted.rowCount(); row++) {
                builder.appendRow(deleted, row, -1);
            }
        }
        int inserts = random.nextInt(12);
        for (int i = 0; i < inserts; i++) {
            DeltaBatch row = row(type, random);
            int copies = random.nextInt(5) == 0 ? 2 : 1;
            builder.appendRow(row, 0, copies);
            boolean deletedAgain = !appendOnly && random.nextInt(6) == 0;
            if (deletedAgain) {
                builder.appendRow(row, 0, -copies);
            }
            for (int copy = 0; copy < copies && !deletedAgain; copy++) {
                present.add(row);
            }
        }
        return builder.build();
    }

    private static DeltaBatch deletions(RowType type, List<DeltaBatch> present, int count, Random random) {
        DeltaBatchBuilder builder = new DeltaBatchBuilder(type);
        for (int i = 0; i < count; i++) {
            builder.appendRow(present.remove(random.nextInt(present.size())), 0, -1);
        }
        return builder.build();
    }

    private static DeltaBatch row(RowType type, Random random) {
        DeltaBatchBuilder builder = new DeltaBatchBuilder(type);
        for (int i = 0; i < type.size(); i++) {
            if (type.type(i).nullable() && random.nextInt(5) == 0) {
                builder.column(i).appendNull();
                continue;
            }
            switch (type.type(i).name()) {
                case BIGINT -> builder.column(i).appendLong(random.nextInt(6));
                case INTEGER -> builder.column(i).appendInt(random.nextInt(2000) - 1000);
                case DOUBLE -> builder.column(i).appendDouble(DOUBLES[random.nextInt(DOUBLES.length)]);
                case VARCHAR -> builder.column(i).appendText("text".substring(random.nextInt(5)));
                case DECIMAL -> builder.column(i).appendDecimal128(random.nextInt(3) - 1, random.nextLong());
                case ARRAY -> {
                    byte[] array = NestedValues.encode(type.type(i), randomArray(random));
                    builder.column(i).appendBytes(array, 0, array.length);
                }
                default -> builder.column(i).appendBoolean(random.nextBoolean());
            }
        }
        builder.endRow();
        return builder.build();
    }

    private static List<Long> randomArray(Random random) {
        List<Long> elements = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            elements.add(random.nextInt(4) == 0 ? null : Long.valueOf(random.nextInt(3)));
        }
        return elements;
    }

    // Plans.

    private static PlanNode relation(Random random, List<ScanNode> tables, int depth) {
        if (depth == 0) {
            return tables.get(random.nextInt(tables.size()));
        }
        PlanNode input = relation(random, tables, depth - 1);
        return switch (random.nextInt(13)) {
            case 0 -> randomCalc(random, input);
            case 1, 2 -> randomAggregate(random, input);
            case 3 -> randomJoin(random, input, relation(random, tables, random.nextInt(depth)));
            case 11 -> randomAsofJoin(random, input, relation(random, tables, random.nextInt(depth)));
            case 4 ->
                new SetOperationNode(
                        SetOperation.values()[random.nextInt(SetOperation.values().length)],
                        input,
                        alike(random, tables, input),
                        input.type());
            case 5 -> random.nextBoolean() ? randomWindow(random, input) : randomSession(random, input);
            case 6, 7 -> randomTopN(random, input);
            case 8, 9 -> new RandomOver(random, input, () -> randomCall(random, input)).plan();
            case 10 -> randomUnnest(random, input);
            default -> union(input, input.type().equals(tables.get(1).type()) ? tables.get(1) : input);
        };
    }

    /** Another relation of the same type, which has some rows in common. */
    private static PlanNode alike(Random random, List<ScanNode> tables, PlanNode input) {
        if (input.type().equals(tables.get(1).type()) && random.nextBoolean()) {
            return tables.get(1);
        }
        ScalarExpression[] columns = new ScalarExpression[input.type().size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = column(input, i);
        }
        List<Integer> longs = ofType(input, TypeName.BIGINT);
        Optional<ScalarExpression> condition = longs.isEmpty()
                ? Optional.empty()
                : Optional.of(call(ScalarFunction.LESS, SqlType.BOOLEAN, column(input, longs.get(0)), Literal.of(3L)));
        return new CalcNode(input, condition, List.of(columns), input.type());
    }

    private static PlanNode randomCalc(Random random, PlanNode input) {
        Optional<ScalarExpression> condition = Optional.empty();
        List<Integer> longs = ofType(input, TypeName.BIGINT);
        ScalarExpression[] projections = new ScalarExpression[input.type().size()];
        for (int i = 0; i < projections.length; i++) {
            projections[i] = column(input, random.nextInt(10) == 0 ? random.nextInt(projections.length) : i);
        }
        if (!longs.isEmpty()) {
            ScalarExpression number = column(input, longs.get(random.nextInt(longs.size())));
            condition = Optional.of(
                    call(ScalarFunction.LESS, SqlType.BOOLEAN, number, Literal.of((long) random.nextInt(6))));
            projections[0] = call(
                    ScalarFunction.MODULO,
                    SqlType.BIGINT,
                    call(ScalarFunction.ADD, SqlType.BIGINT, number, Literal.of(3L)),
                    Literal.of(4L));
        }
        return calc(input, random.nextBoolean() ? condition : Optional.empty(), projections);
    }

    private static PlanNode randomAggregate(Random random, PlanNode input) {
        List<Integer> groups = new ArrayList<>();
        int groupCount = 1 + random.nextInt(3);
        for (int i = 0; i < groupCount; i++) {
            int group = random.nextInt(input.type().size());
            if (!groups.contains(group)) {
                groups.add(group);
            }
        }
        List<Integer> booleans = ofType(input, TypeName.BOOLEAN);
        AggregateCall[] calls = new AggregateCall[random.nextInt(5)];
        for (int i = 0; i < calls.length; i++) {
            calls[i] = randomCall(random, input);
            if (!booleans.isEmpty() && random.nextInt(3) == 0) {
                calls[i] = filtered(calls[i], booleans.get(random.nextInt(booleans.size())));
            }
        }
        return aggregate(input, groups, calls);
    }

    private static PlanNode randomTopN(Random random, PlanNode input) {
        int columns = input.type().size();
        List<Integer> partition = random.nextInt(4) == 0 ? List.of() : List.of(random.nextInt(columns));
        SortKey[] keys = new SortKey[random.nextInt(3)];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = new SortKey(random.nextInt(columns), random.nextBoolean(), random.nextBoolean());
        }
        RankFunction function = RankFunction.values()[random.nextInt(RankFunction.values().length)];
        long first = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 1;
        RankRange range = new RankRange(function, first, first + random.nextInt(4));
        return topN(input, partition, range, random.nextBoolean(), keys);
    }

    private static AggregateCall randomCall(Random random, PlanNode input) {
        int argument = random.nextInt(input.type().size());
        boolean isNumeric = input.type().type(argument).name().isNumeric();
        if (random.nextInt(3) == 0) {
            return randomStatistic(random, input, argument);
        }
        AggregateCall chosen = switch (random.nextInt(6)) {
            case 0 -> countRows();
            case 1 -> over(input, AggregateFunction.COUNT, argument);
            case 2 -> over(input, AggregateFunction.MINIMUM, argument);
            case 3 -> over(input, AggregateFunction.MAXIMUM, argument);
            case 4 -> over(input, isNumeric ? AggregateFunction.SUM : AggregateFunction.MINIMUM, argument);
            default -> over(input, isNumeric ? AggregateFunction.AVERAGE : AggregateFunction.COUNT, argument);
        };
        return chosen.argument().isPresent() && random.nextInt(4) == 0 ? distinct(chosen) : chosen;
    }

    private static PlanNode randomUnnest(Random random, PlanNode input) {
        List<Integer> arrays = ofType(input, TypeName.ARRAY);
        return arrays.isEmpty() ? input : unnest(input, arrays.get(0), random.nextBoolean());
    }

    private static PlanNode randomWindow(Random random, PlanNode input) {
        List<Integer> longs = ofType(input, TypeName.BIGINT);
        if (longs.isEmpty()) {
            return input;
        }
        int time = longs.get(random.nextInt(longs.size()));
        long step = 1L + random.nextInt(3);
        long offset = random.nextInt(5) - 2L;
        return random.nextBoolean()
                ? window(input, WindowNode.Kind.HOP, time, step, 1 + random.nextInt(5), offset)
                : window(input, WindowNode.Kind.CUMULATE, time, step, step * (1 + random.nextInt(3)), offset);
    }

    private static AggregateCall randomStatistic(Random random, PlanNode input, int argument) {
        List<Integer> doubles = ofType(input, TypeName.DOUBLE);
        List<Integer> longs = ofType(input, TypeName.BIGINT);
        List<Integer> texts = ofType(input, TypeName.VARCHAR);
        int choice = random.nextInt(8);
        if (choice < 3 && !doubles.isEmpty()) {
            int x = doubles.get(random.nextInt(doubles.size()));
            int y = doubles.get(random.nextInt(doubles.size()));
            return switch (choice) {
                case 0 -> over(input, VARIANCES.get(random.nextInt(VARIANCES.size())), x);
                case 1 -> over(input, REGRESSIONS.get(random.nextInt(REGRESSIONS.size())), List.of(y, x));
                default -> over(input, AggregateFunction.PERCENTILE_CONTINUOUS, List.of(x), literal(random));
            };
        }
        if (choice == 3 && !longs.isEmpty()) {
            return over(input, BITS.get(random.nextInt(BITS.size())), longs.get(random.nextInt(longs.size())));
        }
        if (choice == 4 && !texts.isEmpty()) {
            int text = texts.get(random.nextInt(texts.size()));
            return over(input, AggregateFunction.LIST_OF_TEXT, List.of(text), Literal.of("; "));
        }
        int key = random.nextInt(input.type().size());
        return switch (choice) {
            case 5 -> over(input, AggregateFunction.VALUE_AT_MINIMUM, List.of(argument, key));
            case 6 -> over(input, AggregateFunction.VALUE_AT_MAXIMUM, List.of(argument, key));
            case 7 -> over(input, AggregateFunction.PERCENTILE_DISCRETE, List.of(argument), literal(random));
            default -> over(input, AggregateFunction.MODE, argument);
        };
    }

    private static Literal literal(Random random) {
        return new Literal(random.nextInt(5) / 4.0, SqlType.DOUBLE.notNull());
    }

    private static PlanNode randomSession(Random random, PlanNode input) {
        List<Integer> longs = ofType(input, TypeName.BIGINT);
        if (longs.isEmpty()) {
            return input;
        }
        int time = longs.get(random.nextInt(longs.size()));
        List<Integer> keys = IntStream.range(0, random.nextInt(3))
                .mapToObj(i -> random.nextInt(input.type().size()))
                .distinct()
                .toList();
        return session(input, keys, time, 1 + random.nextInt(3), Optional.empty());
    }

    private static PlanNode randomJoin(Random random, PlanNode left, PlanNode right) {
        List<Integer> leftKeys = new ArrayList<>();
        List<Integer> rightKeys = new ArrayList<>();
        for (TypeName name : List.of(TypeName.BIGINT, TypeName.VARCHAR, TypeName.DOUBLE)) {
            List<Integer> leftColumns = ofType(left, name);
            List<Integer> rightColumns = ofType(right, name);
            if (!leftColumns.isEmpty() && !rightColumns.isEmpty() && (leftKeys.isEmpty() || random.nextInt(3) == 0)) {
                leftKeys.add(leftColumns.get(random.nextInt(leftColumns.size())));
                rightKeys.add(rightColumns.get(random.nextInt(rightColumns.size())));
            }
        }
        if (leftKeys.isEmpty()) {
            return left;
        }
        JoinKind kind = random.nextInt(3) == 0 ? JoinKind.INNER : randomKind(random);
        Optional<ScalarExpression> residual = Optional.empty();
        List<Integer> longs = ofType(left, TypeName.BIGINT);
        List<Integer> others = ofType(right, TypeName.BIGINT);
        if (!longs.isEmpty() && random.nextInt(3) == 0) {
            residual =
                    Optional.of(call(ScalarFunction.LESS, SqlType.BOOLEAN, column(left, longs.get(0)), Literal.of(4L)));
        } else if (!longs.isEmpty() && !others.isEmpty() && random.nextInt(2) == 0) {
            int other = others.get(random.nextInt(others.size()));
            ScalarExpression bound =
                    new ColumnReference(left.type().size() + other, right.type().type(other));
            residual = Optional.of(call(ScalarFunction.LESS, SqlType.BOOLEAN, column(left, longs.get(0)), bound));
        }
        return join(kind, left, right, leftKeys, rightKeys, residual);
    }

    private static PlanNode randomAsofJoin(Random random, PlanNode left, PlanNode right) {
        TypeName name = random.nextBoolean() ? TypeName.BIGINT : TypeName.INTEGER;
        List<Integer> values = ofType(left, name);
        List<Integer> others = ofType(right, name);
        List<Integer> keys = ofType(left, TypeName.VARCHAR);
        List<Integer> otherKeys = ofType(right, TypeName.VARCHAR);
        if (values.isEmpty() || others.isEmpty()) {
            return left;
        }
        boolean isKeyed = !keys.isEmpty() && !otherKeys.isEmpty() && random.nextInt(4) != 0;
        AsofMatch match = new AsofMatch(
                values.get(random.nextInt(values.size())),
                others.get(random.nextInt(others.size())),
                AsofMatch.Nearest.values()[random.nextInt(4)]);
        JoinKeys equal = isKeyed
                ? new JoinKeys(keys.subList(0, 1), otherKeys.subList(0, 1))
                : new JoinKeys(List.of(), List.of());
        return Plans.asofJoin(left, right, equal, match, random.nextBoolean());
    }

    private static JoinKind randomKind(Random random) {
        JoinKind kind = JoinKind.values()[random.nextInt(JoinKind.values().length)];
        // Random rows have more than one partner, which is an error there.
        return kind == JoinKind.SINGLE ? JoinKind.MARK : kind;
    }

    private static List<Integer> ofType(PlanNode node, TypeName name) {
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < node.type().size(); i++) {
            if (node.type().type(i).name() == name) {
                columns.add(i);
            }
        }
        return columns;
    }
}
