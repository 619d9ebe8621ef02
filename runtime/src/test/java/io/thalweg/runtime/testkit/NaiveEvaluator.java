package io.thalweg.runtime.testkit;

import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ParameterReference;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.nested.NestedValues;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.AggregateFunction;
import io.thalweg.model.plan.AggregateNode;
import io.thalweg.model.plan.AsofJoinNode;
import io.thalweg.model.plan.CalcNode;
import io.thalweg.model.plan.HoldUntilNode;
import io.thalweg.model.plan.JoinKeys;
import io.thalweg.model.plan.JoinKind;
import io.thalweg.model.plan.JoinNode;
import io.thalweg.model.plan.MatchNode;
import io.thalweg.model.plan.NowFilterNode;
import io.thalweg.model.plan.OverCall;
import io.thalweg.model.plan.OverNode;
import io.thalweg.model.plan.ParametersNode;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.RecursionNode;
import io.thalweg.model.plan.RecursionRowsNode;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SessionNode;
import io.thalweg.model.plan.SetOperationNode;
import io.thalweg.model.plan.SortNode;
import io.thalweg.model.plan.TopNNode;
import io.thalweg.model.plan.UnionNode;
import io.thalweg.model.plan.UnnestNode;
import io.thalweg.model.plan.ValuesNode;
import io.thalweg.model.plan.WindowNode;
import io.thalweg.model.type.PhysicalKind;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Evaluates a plan over whole relations, the way it is defined and as slowly as that is: nested loops, lists and
 * BigDecimal. Shares nothing with the runtime. Knows the handful of scalar functions that random plans use.
 */
public final class NaiveEvaluator implements PlanNode.Visitor<Map<List<Object>, Long>> {
    private final Map<ScanNode, Map<List<Object>, Long>> inputs;
    private final Map<Integer, Map<List<Object>, Long>> recursions = new HashMap<>();

    public NaiveEvaluator(Map<ScanNode, Map<List<Object>, Long>> inputs) {
        this.inputs = inputs;
    }

    @Override
    public Map<List<Object>, Long> visitScan(ScanNode node) {
        return inputs.getOrDefault(node, Map.of());
    }

    @Override
    public Map<List<Object>, Long> visitValues(ValuesNode node) {
        Map<List<Object>, Long> result = new HashMap<>();
        for (List<Literal> row : node.rows()) {
            List<Object> values = new ArrayList<>();
            row.forEach(literal -> values.add(literal.value()));
            Row.add(result, values, 1);
        }
        return result;
    }

    @Override
    public Map<List<Object>, Long> visitParameters(ParametersNode node) {
        throw new UnsupportedOperationException("parameters");
    }

    @Override
    public Map<List<Object>, Long> visitCalc(CalcNode node) {
        Map<List<Object>, Long> result = new HashMap<>();
        node.input().accept(this).forEach((row, weight) -> {
            if (isTrue(node.condition(), row)) {
                List<Object> values = new ArrayList<>();
                node.projections().forEach(projection -> values.add(evaluate(projection, row)));
                Row.add(result, values, weight);
            }
        });
        return result;
    }

    private static boolean isTrue(Optional<ScalarExpression> condition, List<Object> row) {
        return condition.isEmpty() || Integer.valueOf(1).equals(evaluate(condition.get(), row));
    }

    @Override
    public Map<List<Object>, Long> visitUnion(UnionNode node) {
        Map<List<Object>, Long> result = new HashMap<>();
        for (PlanNode input : node.inputs()) {
            input.accept(this).forEach((row, weight) -> Row.add(result, row, weight));
        }
        return result;
    }

    @Override
    public Map<List<Object>, Long> visitSetOperation(SetOperationNode node) {
        Map<List<Object>, Long> result = new HashMap<>();
        Map<List<Object>, Long> right = node.right().accept(this);
        node.left().accept(this).forEach((row, count) -> {
            long other = right.getOrDefault(row, 0L);
            long wanted = switch (node.operation()) {
                case INTERSECT -> other == 0 ? 0 : 1;
                case INTERSECT_ALL -> Math.min(count, other);
                case EXCEPT -> other == 0 ? 1 : 0;
                case EXCEPT_ALL -> count > other ? count - other : 0;
            };
            if (wanted > 0) {
                Row.add(result, row, wanted);
            }
        });
        return result;
    }

    /** As the standard tells it: the rows of each round are asked for those of the next, until there are none. */
    @Override
    public Map<List<Object>, Long> visitRecursion(RecursionNode node) {
        Map<List<Object>, Long> result = new HashMap<>();
        Map<List<Object>, Long> round = node.start().accept(this);
        while (!round.isEmpty()) {
            Map<List<Object>, Long> added = new HashMap<>();
            round.forEach((row, weight) -> {
                if (node.all() || !result.containsKey(row)) {
                    Row.add(added, row, node.all() ? weight : 1);
                }
            });
            added.forEach((row, weight) -> Row.add(result, row, weight));
            recursions.put(node.number(), added);
            round = added.isEmpty() ? added : node.next().accept(this);
        }
        return result;
    }

    @Override
    public Map<List<Object>, Long> visitRecursionRows(RecursionRowsNode node) {
        return new HashMap<>(recursions.get(node.number()));
    }

    @Override
    public Map<List<Object>, Long> visitWindow(WindowNode node) {
        Map<List<Object>, Long> result = new HashMap<>();
        node.input().accept(this).forEach((row, weight) -> {
            if (row.get(node.timeColumn()) instanceof Long time) {
                windows(node, time).forEach(bounds -> Row.add(result, concat(row, bounds), weight));
            }
        });
        return result;
    }

    @Override
    public Map<List<Object>, Long> visitUnnest(UnnestNode node) {
        Map<List<Object>, Long> result = new HashMap<>();
        node.input().accept(this).forEach((row, weight) -> {
            List<List<?>> collections = node.columns().stream()
                    .<List<?>>map(c -> elements(node, row, c))
                    .toList();
            int longest = collections.stream().mapToInt(List::size).max().orElse(0);
            for (int i = 0; i < Math.max(longest, node.outer() ? 1 : 0); i++) {
                List<Object> added = new ArrayList<>();
                for (List<?> elements : collections) {
                    added.add(i < elements.size() ? elements.get(i) : null);
                }
                added.add(i < longest ? Integer.valueOf(i + 1) : null);
                Row.add(result, concat(row, added), weight);
            }
        });
        return result;
    }

    private static List<?> elements(UnnestNode node, List<Object> row, int column) {
        SqlType collection = node.input().type().type(column);
        return row.get(column) instanceof String bytes
                ? (List<?>) NestedValues.decode(collection, bytes.getBytes(StandardCharsets.ISO_8859_1), 0)
                : List.of();
    }

    /** Tries all windows that begin near the time. */
    private static List<List<Object>> windows(WindowNode node, long time) {
        long size = node.sizeMicros();
        long step = node.stepMicros();
        long reach = Math.abs(time) + Math.abs(node.offsetMicros()) + size;
        boolean hop = node.kind() == WindowNode.Kind.HOP;
        List<List<Object>> windows = new ArrayList<>();
        for (long n = -reach; n <= reach; n++) {
            long start = node.offsetMicros() + n * (hop ? step : size);
            for (long length = hop ? size : step; length <= size; length += step) {
                if (start <= time && time < start + length) {
                    windows.add(List.of(start, start + length));
                }
            }
        }
        return windows;
    }

    @Override
    public Map<List<Object>, Long> visitSession(SessionNode node) {
        Map<List<Object>, Long> input = node.input().accept(this);
        Map<List<Object>, Long> result = new HashMap<>();
        input.forEach((row, weight) -> {
            if (row.get(node.timeColumn()) instanceof Long time) {
                long start = reach(node, input.keySet(), row, time, -1);
                long end = reach(node, input.keySet(), row, time, 1) + node.gapMicros();
                Row.add(result, concat(row, List.of(start, end)), weight);
            }
        });
        return result;
    }

    /** The last time in one direction to which rows of the same key lead without a gap. */
    private static long reach(SessionNode node, Set<List<Object>> rows, List<Object> from, long time, int direction) {
        long reached = time;
        boolean moved = true;
        while (moved) {
            moved = false;
            for (List<Object> row : rows) {
                boolean sameKey = node.keys().stream().allMatch(k -> Objects.equals(row.get(k), from.get(k)));
                if (sameKey && row.get(node.timeColumn()) instanceof Long other) {
                    long distance = (other - reached) * direction;
                    if (distance > 0 && distance < node.gapMicros()) {
                        reached = other;
                        moved = true;
                    }
                }
            }
        }
        return reached;
    }

    @Override
    public Map<List<Object>, Long> visitNowFilter(NowFilterNode node) {
        throw new UnsupportedOperationException("the current time");
    }

    @Override
    public Map<List<Object>, Long> visitJoin(JoinNode node) {
        Map<List<Object>, Long> result = new HashMap<>();
        Map<List<Object>, Long> left = node.left().accept(this);
        Map<List<Object>, Long> right = node.right().accept(this);
        left.forEach((leftRow, leftWeight) -> {
            boolean partner = false;
            for (Map.Entry<List<Object>, Long> rightRow : right.entrySet()) {
                if (match(node, leftRow, rightRow.getKey())) {
                    partner = true;
                    if (node.kind().emitsPairs()) {
                        Row.add(result, concat(leftRow, rightRow.getKey()), leftWeight * rightRow.getValue());
                    }
                }
            }
            if (node.kind() == JoinKind.MARK) {
                Row.add(result, concat(leftRow, List.of(partner ? 1 : 0)), leftWeight);
            } else if (partner ? node.kind() == JoinKind.SEMI : node.kind() == JoinKind.ANTI) {
                Row.add(result, leftRow, leftWeight);
            } else if (!partner && node.kind().emitsPairs() && node.kind().keepsUnmatchedLeft()) {
                Row.add(result, concat(leftRow, nulls(node.right())), leftWeight);
            }
        });
        if (node.kind().keepsUnmatchedRight()) {
            right.forEach((rightRow, weight) -> {
                if (left.keySet().stream().noneMatch(leftRow -> match(node, leftRow, rightRow))) {
                    Row.add(result, concat(nulls(node.left()), rightRow), weight);
                }
            });
        }
        return result;
    }

    private static boolean match(JoinNode node, List<Object> left, List<Object> right) {
        return equalKeys(node.keys(), left, right) && isTrue(node.residual(), concat(left, right));
    }

    private static boolean equalKeys(JoinKeys keys, List<Object> left, List<Object> right) {
        for (int i = 0; i < keys.left().size(); i++) {
            Object key = left.get(keys.left().get(i));
            if (key == null || !key.equals(right.get(keys.right().get(i)))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Map<List<Object>, Long> visitAsofJoin(AsofJoinNode node) {
        Map<List<Object>, Long> result = new HashMap<>();
        Map<List<Object>, Long> right = node.right().accept(this);
        Comparator<List<Object>> byValue = (a, b) ->
                compare(a.get(node.match().right()), b.get(node.match().right()));
        Comparator<List<Object>> order = byValue.thenComparing(NaiveEvaluator::compareRows);
        node.left().accept(this).forEach((leftRow, weight) -> {
            Stream<List<Object>> near = right.keySet().stream().filter(row -> isNear(node, leftRow, row));
            Optional<List<Object>> nearest = node.match().nearest().looksBack() ? near.max(order) : near.min(order);
            if (nearest.isPresent()) {
                Row.add(result, concat(leftRow, nearest.get()), weight);
            } else if (node.keepsUnmatched()) {
                Row.add(result, concat(leftRow, nulls(node.right())), weight);
            }
        });
        return result;
    }

    private static boolean isNear(AsofJoinNode node, List<Object> left, List<Object> right) {
        Object leftValue = left.get(node.match().left());
        Object rightValue = right.get(node.match().right());
        if (leftValue == null || rightValue == null || !equalKeys(node.keys(), left, right)) {
            return false;
        }
        int order = compare(rightValue, leftValue);
        return switch (node.match().nearest()) {
            case AT_OR_BEFORE -> order <= 0;
            case BEFORE -> order < 0;
            case AT_OR_AFTER -> order >= 0;
            case AFTER -> order > 0;
        };
    }

    private static int compareRows(List<Object> left, List<Object> right) {
        for (int i = 0; i < left.size(); i++) {
            boolean anyNull = left.get(i) == null || right.get(i) == null;
            int order = anyNull
                    ? Boolean.compare(left.get(i) == null, right.get(i) == null)
                    : compare(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static List<Object> concat(List<Object> left, List<Object> right) {
        List<Object> row = new ArrayList<>(left);
        row.addAll(right);
        return row;
    }

    private static List<Object> nulls(PlanNode node) {
        return Collections.nCopies(node.type().size(), null);
    }

    @Override
    public Map<List<Object>, Long> visitAggregate(AggregateNode node) {
        Map<List<Object>, List<List<Object>>> groups = new HashMap<>();
        if (node.groupColumns().isEmpty()) {
            groups.put(List.of(), new ArrayList<>());
        }
        node.input().accept(this).forEach((row, weight) -> {
            List<Object> key = new ArrayList<>();
            node.groupColumns().forEach(column -> key.add(row.get(column)));
            List<List<Object>> rows = groups.computeIfAbsent(key, k -> new ArrayList<>());
            for (long i = 0; i < weight; i++) {
                rows.add(row);
            }
        });
        Map<List<Object>, Long> result = new HashMap<>();
        groups.forEach((key, rows) -> {
            if (rows.isEmpty() && !node.groupColumns().isEmpty()) {
                return;
            }
            List<Object> row = new ArrayList<>(key);
            for (AggregateCall call : node.calls()) {
                row.add(fold(call, node.input().type().types(), rows));
            }
            Row.add(result, row, 1);
        });
        return result;
    }

    /** An aggregate of some rows. */
    static Object fold(AggregateCall call, List<SqlType> types, List<List<Object>> rows) {
        List<List<Object>> passing = rows.stream()
                .filter(row -> call.filter().isEmpty()
                        || Integer.valueOf(1).equals(row.get(call.filter().getAsInt())))
                .toList();
        if (call.arguments().size() > 1) {
            return NaiveAggregates.ofPairs(
                    call.function(),
                    passing,
                    call.arguments().get(0),
                    call.arguments().get(1));
        }
        List<Object> values = new ArrayList<>();
        for (List<Object> row : passing) {
            Object value =
                    call.argument().isEmpty() ? row : row.get(call.argument().getAsInt());
            if (value != null) {
                values.add(value);
            }
        }
        if (call.distinct()) {
            values = new ArrayList<>(new LinkedHashSet<>(values));
        }
        if (call.function() == AggregateFunction.COUNT || call.function() == AggregateFunction.COUNT_ROWS) {
            return (long) values.size();
        }
        if (values.isEmpty()) {
            return null;
        }
        SqlType argument = types.get(call.argument().getAsInt());
        return switch (call.function()) {
            case SUM -> sum(call.type(), argument, values, 1);
            case AVERAGE -> sum(call.type(), argument, values, values.size());
            default -> NaiveAggregates.fold(call, values);
        };
    }

    private static Object sum(SqlType type, SqlType argument, List<Object> values, int divisor) {
        if (type.name() == TypeName.DOUBLE && values.stream().anyMatch(NaiveEvaluator::isSpecial)) {
            // Any order gives the same of these.
            return values.stream()
                    .mapToDouble(v -> (Double) v)
                    .filter(v -> isSpecial(v))
                    .sum();
        }
        BigDecimal sum = BigDecimal.ZERO;
        for (Object value : values) {
            sum = sum.add(number(value, argument));
        }
        if (type.name() == TypeName.DOUBLE) {
            // 400 digits hold the quotient of a long sum closely enough to round right, but for contrived halves.
            return sum.divide(BigDecimal.valueOf(divisor), new MathContext(400)).doubleValue() + 0.0;
        }
        BigInteger unscaled = sum.divide(BigDecimal.valueOf(divisor), type.scale(), RoundingMode.HALF_UP)
                .unscaledValue();
        return type.kind() == PhysicalKind.DECIMAL128 ? unscaled : (Object) unscaled.longValueExact();
    }

    private static boolean isSpecial(Object value) {
        return value instanceof Double number && !Double.isFinite(number);
    }

    private static BigDecimal number(Object value, SqlType type) {
        if (value instanceof Double number) {
            return new BigDecimal(number);
        }
        BigInteger unscaled =
                value instanceof BigInteger wide ? wide : BigInteger.valueOf(((Number) value).longValue());
        return new BigDecimal(unscaled, type.scale());
    }

    private static int compare(Object left, Object right) {
        return NaiveAggregates.compare(left, right);
    }

    private static Object evaluate(ScalarExpression expression, List<Object> row) {
        return expression.accept(new ScalarExpression.Visitor<Object>() {
            @Override
            public Object visitColumn(ColumnReference column) {
                return row.get(column.column());
            }

            @Override
            public Object visitLiteral(Literal literal) {
                return literal.value();
            }

            @Override
            public Object visitParameter(ParameterReference parameter) {
                throw new UnsupportedOperationException("parameter");
            }

            @Override
            public Object visitCall(FunctionCall call) {
                Object left = evaluate(call.argument(0), row);
                Object right = call.arguments().size() > 1 ? evaluate(call.argument(1), row) : null;
                return apply(call, left, right);
            }
        });
    }

    private static Object apply(FunctionCall call, Object left, Object right) {
        return switch (call.function()) {
            case IS_NULL -> left == null ? 1 : 0;
            case ADD -> left == null || right == null ? null : (Long) left + (Long) right;
            case MODULO -> left == null || right == null ? null : (Long) left % (Long) right;
            case ADD_INTERVAL -> left == null || right == null ? null : (Long) left + (Long) right;
            case AND -> left == null || right == null ? and(left, right) : Math.min((Integer) left, (Integer) right);
            case LESS_OR_EQUAL -> left == null || right == null ? null : compare(left, right) <= 0 ? 1 : 0;
            case LESS -> left == null || right == null ? null : compare(left, right) < 0 ? 1 : 0;
            case EQUAL -> left == null || right == null ? null : compare(left, right) == 0 ? 1 : 0;
            default -> throw new UnsupportedOperationException(call.function().name());
        };
    }

    /** FALSE if one is, else unknown. */
    private static Object and(Object left, Object right) {
        return Integer.valueOf(0).equals(left) || Integer.valueOf(0).equals(right) ? 0 : null;
    }

    @Override
    public Map<List<Object>, Long> visitSort(SortNode node) {
        throw new UnsupportedOperationException("sort");
    }

    @Override
    public Map<List<Object>, Long> visitTopN(TopNNode node) {
        Map<List<Object>, Long> result = new HashMap<>();
        for (List<List<Object>> rows :
                NaiveOrder.partitions(node.input().accept(this), node.partition(), node.keys())) {
            List<Long> ranks = NaiveOrder.ranks(node.range().function(), rows, node.keys());
            for (int i = 0; i < rows.size(); i++) {
                if (ranks.get(i) >= node.range().first()
                        && ranks.get(i) <= node.range().last()) {
                    List<Object> row = new ArrayList<>(rows.get(i));
                    if (node.hasRank()) {
                        row.add(ranks.get(i));
                    }
                    Row.add(result, row, 1);
                }
            }
        }
        return result;
    }

    @Override
    public Map<List<Object>, Long> visitOver(OverNode node) {
        Map<List<Object>, Long> result = new HashMap<>();
        for (List<List<Object>> rows :
                NaiveOrder.partitions(node.input().accept(this), node.partition(), node.keys())) {
            NaiveOver over = new NaiveOver(node, rows);
            for (int place = 0; place < rows.size(); place++) {
                List<Object> row = new ArrayList<>(rows.get(place));
                for (OverCall call : node.calls()) {
                    row.add(over.result(call, place));
                }
                Row.add(result, row, 1);
            }
        }
        return result;
    }

    @Override
    public Map<List<Object>, Long> visitMatch(MatchNode node) {
        Map<List<Object>, Long> result = new HashMap<>();
        for (List<List<Object>> rows :
                NaiveOrder.partitions(node.input().accept(this), node.partition(), node.order())) {
            new NaiveMatch(node, rows, NaiveEvaluator::evaluate)
                    .result()
                    .forEach((row, weight) -> Row.add(result, row, weight));
        }
        return result;
    }

    @Override
    public Map<List<Object>, Long> visitHoldUntil(HoldUntilNode node) {
        throw new UnsupportedOperationException("hold until");
    }
}
