package io.thalweg.runtime.testkit;

import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.AggregateFunction;
import io.thalweg.model.plan.AggregateNode;
import io.thalweg.model.plan.AsofJoinNode;
import io.thalweg.model.plan.AsofMatch;
import io.thalweg.model.plan.CalcNode;
import io.thalweg.model.plan.CloseTime;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.HoldUntilNode;
import io.thalweg.model.plan.JoinKeys;
import io.thalweg.model.plan.JoinKind;
import io.thalweg.model.plan.JoinNode;
import io.thalweg.model.plan.OverCall;
import io.thalweg.model.plan.OverNode;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.RankRange;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SessionNode;
import io.thalweg.model.plan.SortKey;
import io.thalweg.model.plan.SortNode;
import io.thalweg.model.plan.SourceKind;
import io.thalweg.model.plan.TopNNode;
import io.thalweg.model.plan.UnionNode;
import io.thalweg.model.plan.UnnestNode;
import io.thalweg.model.plan.WindowNode;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Writes plans in few words, with the result types that the planner would give them. */
public final class Plans {
    private Plans() {}

    public static ScanNode table(String name, Object... namesAndTypes) {
        return scan(SourceKind.TABLE, name, false, namesAndTypes);
    }

    public static ScanNode stream(String name, Object... namesAndTypes) {
        return scan(SourceKind.STREAM, name, true, namesAndTypes);
    }

    private static ScanNode scan(SourceKind kind, String name, boolean hasWatermark, Object... namesAndTypes) {
        RowType type = RowType.of(namesAndTypes);
        List<Integer> columns = IntStream.range(0, type.size()).boxed().toList();
        return new ScanNode(kind, Math.abs(name.hashCode()) + 1L, name, columns, hasWatermark, type);
    }

    public static ColumnReference column(PlanNode input, int column) {
        return new ColumnReference(column, input.type().type(column));
    }

    public static FunctionCall call(ScalarFunction function, SqlType type, ScalarExpression... arguments) {
        return FunctionCall.of(function, type, arguments);
    }

    public static CalcNode calc(PlanNode input, Optional<ScalarExpression> condition, ScalarExpression... projections) {
        List<Field> fields = new ArrayList<>();
        for (ScalarExpression projection : projections) {
            fields.add(new Field("c" + fields.size(), projection.type()));
        }
        return new CalcNode(input, condition, List.of(projections), new RowType(fields));
    }

    public static AggregateCall countRows() {
        return new AggregateCall(
                AggregateFunction.COUNT_ROWS,
                OptionalInt.empty(),
                OptionalInt.empty(),
                false,
                SqlType.BIGINT.notNull());
    }

    /** A call over a column of the input, with the result type of the language. */
    public static AggregateCall over(PlanNode input, AggregateFunction function, int argument) {
        return new AggregateCall(
                function,
                OptionalInt.of(argument),
                OptionalInt.empty(),
                false,
                resultType(function, input.type().type(argument)));
    }

    /** A call over several columns of the input, or with constants. */
    public static AggregateCall over(
            PlanNode input, AggregateFunction function, List<Integer> arguments, Literal... constants) {
        SqlType type = resultType(function, input.type().type(arguments.get(0)));
        return new AggregateCall(function, arguments, OptionalInt.empty(), false, List.of(), List.of(constants), type);
    }

    public static AggregateCall distinct(AggregateCall call) {
        return new AggregateCall(
                call.function(), call.arguments(), call.filter(), true, call.order(), call.constants(), call.type());
    }

    public static AggregateCall filtered(AggregateCall call, int filter) {
        return new AggregateCall(
                call.function(),
                call.arguments(),
                OptionalInt.of(filter),
                call.distinct(),
                call.order(),
                call.constants(),
                call.type());
    }

    public static SqlType resultType(AggregateFunction function, SqlType argument) {
        return switch (function) {
            case COUNT_ROWS, COUNT -> SqlType.BIGINT.notNull();
            case SUM ->
                argument.name() == TypeName.DECIMAL
                        ? SqlType.decimal(38, argument.scale())
                        : argument.name().isFloating() ? SqlType.DOUBLE : SqlType.BIGINT;
            case AVERAGE ->
                argument.name() == TypeName.DECIMAL
                        ? SqlType.decimal(38, Math.max(6, argument.scale()))
                        : SqlType.DOUBLE;
            case ARRAY_AGGREGATE, MAP_AGGREGATE ->
                throw new IllegalArgumentException("the type of a collection is not that of its values");
            case MINIMUM, MAXIMUM, BIT_AND, BIT_OR, BIT_XOR, MODE, VALUE_AT_MINIMUM, VALUE_AT_MAXIMUM ->
                argument.withNullable(true);
            case PERCENTILE_DISCRETE -> argument.withNullable(true);
            case LIST_OF_TEXT -> SqlType.VARCHAR;
            case REGRESSION_COUNT -> SqlType.BIGINT.notNull();
            default -> SqlType.DOUBLE;
        };
    }

    public static AggregateNode aggregate(PlanNode input, List<Integer> groups, AggregateCall... calls) {
        return aggregate(input, groups, Optional.empty(), calls);
    }

    public static AggregateNode aggregate(
            PlanNode input, List<Integer> groups, Optional<CloseTime> closeTime, AggregateCall... calls) {
        List<Field> fields = new ArrayList<>();
        groups.forEach(group -> fields.add(input.type().field(group)));
        for (AggregateCall call : calls) {
            fields.add(new Field("a" + fields.size(), call.type()));
        }
        return new AggregateNode(input, groups, List.of(calls), closeTime, new RowType(fields));
    }

    public static JoinNode join(PlanNode left, PlanNode right, List<Integer> leftKeys, List<Integer> rightKeys) {
        return join(left, right, leftKeys, rightKeys, Optional.empty());
    }

    public static JoinNode join(
            PlanNode left,
            PlanNode right,
            List<Integer> leftKeys,
            List<Integer> rightKeys,
            Optional<ScalarExpression> residual) {
        return join(JoinKind.INNER, left, right, leftKeys, rightKeys, residual);
    }

    public static JoinNode join(
            JoinKind kind,
            PlanNode left,
            PlanNode right,
            List<Integer> leftKeys,
            List<Integer> rightKeys,
            Optional<ScalarExpression> residual) {
        RowType type = JoinNode.resultType(kind, left.type(), right.type());
        return new JoinNode(kind, left, right, leftKeys, rightKeys, residual, type);
    }

    public static AsofJoinNode asofJoin(
            PlanNode left, PlanNode right, JoinKeys keys, AsofMatch match, boolean keepsUnmatched) {
        JoinKind kind = keepsUnmatched ? JoinKind.LEFT : JoinKind.INNER;
        RowType type = JoinNode.resultType(kind, left.type(), right.type());
        return new AsofJoinNode(left, right, keys, match, keepsUnmatched, OptionalLong.empty(), type);
    }

    public static UnionNode union(PlanNode... inputs) {
        return new UnionNode(List.of(inputs), inputs[0].type());
    }

    /** The windows of a column of longs. */
    public static WindowNode window(
            PlanNode input, WindowNode.Kind kind, int timeColumn, long step, long size, long offset) {
        List<Field> fields = new ArrayList<>(input.type().fields());
        SqlType bound = input.type().type(timeColumn).notNull();
        fields.add(new Field("window_start", bound));
        fields.add(new Field("window_end", bound));
        return new WindowNode(input, kind, timeColumn, step, size, offset, new RowType(fields));
    }

    /** The elements of a column, as {@code e0} and so on, and their positions. */
    public static UnnestNode unnest(PlanNode input, int column, boolean outer) {
        return unnest(input, List.of(column), outer);
    }

    /** The elements of several collections together. */
    public static UnnestNode unnest(PlanNode input, List<Integer> columns, boolean outer) {
        List<Field> fields = new ArrayList<>(input.type().fields());
        for (SqlType type : UnnestNode.elementTypes(input.type(), columns)) {
            fields.add(new Field("e" + (fields.size() - input.type().size()), type));
        }
        fields.add(new Field("position", SqlType.INTEGER.withNullable(outer)));
        return new UnnestNode(input, columns, outer, true, new RowType(fields));
    }

    /** The sessions of a column of longs. */
    public static SessionNode session(
            PlanNode input, List<Integer> keys, int timeColumn, long gap, Optional<CloseTime> closeTime) {
        RowType type = window(input, WindowNode.Kind.HOP, timeColumn, 1, 1, 0).type();
        return new SessionNode(input, keys, timeColumn, gap, closeTime, type);
    }

    public static HoldUntilNode holdUntil(PlanNode input, int column, long offsetMicros) {
        return new HoldUntilNode(input, new CloseTime(column, offsetMicros), input.type());
    }

    public static TopNNode topN(
            PlanNode input, List<Integer> partition, RankRange range, boolean hasRank, SortKey... keys) {
        return topN(input, partition, range, hasRank, Optional.empty(), keys);
    }

    public static TopNNode topN(
            PlanNode input,
            List<Integer> partition,
            RankRange range,
            boolean hasRank,
            Optional<CloseTime> closeTime,
            SortKey... keys) {
        List<Field> fields = new ArrayList<>(input.type().fields());
        if (hasRank) {
            fields.add(new Field("rank", SqlType.BIGINT.notNull()));
        }
        return new TopNNode(input, partition, List.of(keys), range, hasRank, closeTime, new RowType(fields));
    }

    public static OverNode over(
            PlanNode input,
            List<Integer> partition,
            List<SortKey> keys,
            Optional<CloseTime> closeTime,
            OverCall... calls) {
        List<Field> fields = new ArrayList<>(input.type().fields());
        for (OverCall call : calls) {
            fields.add(new Field("o" + fields.size(), call.type()));
        }
        return new OverNode(
                input, partition, keys, List.of(calls), closeTime, OptionalLong.empty(), new RowType(fields));
    }

    public static SortNode sort(PlanNode input, long offset, OptionalLong limit, SortKey... keys) {
        return new SortNode(input, List.of(keys), offset, limit, input.type());
    }

    public static PhysicalPlan plan(PlanNode root, EmitMode mode) {
        return new PhysicalPlan(root, mode, false, Optional.empty(), List.of());
    }
}
