package io.thalweg.model.plan.json;

import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.AggregateFunction;
import io.thalweg.model.plan.AggregateNode;
import io.thalweg.model.plan.AsofJoinNode;
import io.thalweg.model.plan.AsofMatch;
import io.thalweg.model.plan.CalcNode;
import io.thalweg.model.plan.CloseTime;
import io.thalweg.model.plan.HoldUntilNode;
import io.thalweg.model.plan.JoinKeys;
import io.thalweg.model.plan.JoinKind;
import io.thalweg.model.plan.JoinNode;
import io.thalweg.model.plan.JoinRelease;
import io.thalweg.model.plan.MatchNode;
import io.thalweg.model.plan.NowFilterNode;
import io.thalweg.model.plan.OverNode;
import io.thalweg.model.plan.ParametersNode;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.RankRange;
import io.thalweg.model.plan.RecursionNode;
import io.thalweg.model.plan.RecursionRowsNode;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SessionNode;
import io.thalweg.model.plan.SetOperationNode;
import io.thalweg.model.plan.SortKey;
import io.thalweg.model.plan.SortNode;
import io.thalweg.model.plan.SourceKind;
import io.thalweg.model.plan.TopNNode;
import io.thalweg.model.plan.UnionNode;
import io.thalweg.model.plan.UnnestNode;
import io.thalweg.model.plan.ValuesNode;
import io.thalweg.model.plan.WindowNode;
import io.thalweg.model.type.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads what {@link NodeWriter} wrote. */
final class NodeReader {
    private NodeReader() {}

    static PlanNode read(JsonObject json) {
        RowType type = TypeJson.readRow(json.list("columns"));
        List<PlanNode> inputs = json.has("inputs")
                ? json.list("inputs").stream().map(i -> read(JsonObject.of(i))).toList()
                : List.of();
        String name = json.text("node");
        return switch (name) {
            case "scan" ->
                new ScanNode(
                        SourceKind.valueOf(json.text("kind")),
                        json.number("object"),
                        json.text("name"),
                        json.integers("read"),
                        json.flag("watermark"),
                        type);
            case "values" ->
                new ValuesNode(
                        json.list("rows").stream().map(NodeReader::literals).toList(), type);
            case "parameters" -> new ParametersNode(type);
            case "calc" -> new CalcNode(input(inputs, 0), expression(json, "condition"), expressions(json), type);
            case "aggregate" -> aggregate(json, input(inputs, 0), type);
            case "join" -> join(json, inputs, type);
            case "asofJoin" -> asofJoin(json, inputs, type);
            case "union" -> new UnionNode(inputs, type);
            case "setOperation" ->
                new SetOperationNode(
                        SetOperationNode.SetOperation.valueOf(json.text("operation")),
                        input(inputs, 0),
                        input(inputs, 1),
                        type);
            case "recursion" ->
                new RecursionNode(
                        Math.toIntExact(json.number("number")),
                        json.text("name"),
                        json.flag("all"),
                        input(inputs, 0),
                        input(inputs, 1),
                        type);
            case "recursionRows" ->
                new RecursionRowsNode(Math.toIntExact(json.number("number")), json.text("name"), type);
            case "window" -> window(json, input(inputs, 0), type);
            case "unnest" -> unnest(json, input(inputs, 0), type);
            case "session" -> session(json, input(inputs, 0), type);
            case "nowFilter" -> nowFilter(json, input(inputs, 0), type);
            case "sort" -> sort(json, input(inputs, 0), type);
            case "topN" -> topN(json, input(inputs, 0), type);
            case "over" -> over(json, input(inputs, 0), type);
            case "match" -> match(json, input(inputs, 0), type);
            case "hold" -> new HoldUntilNode(input(inputs, 0), close(json, "close"), type);
            default -> throw JsonObject.wrong("node \"" + name + "\" does not exist");
        };
    }

    private static PlanNode aggregate(JsonObject json, PlanNode input, RowType type) {
        return new AggregateNode(
                input,
                json.integers("groups"),
                json.list("calls").stream().map(c -> call(JsonObject.of(c))).toList(),
                optionalClose(json, "close"),
                type);
    }

    private static PlanNode join(JsonObject json, List<PlanNode> inputs, RowType type) {
        return new JoinNode(
                JoinKind.valueOf(json.text("kind")),
                input(inputs, 0),
                input(inputs, 1),
                new JoinKeys(json.integers("leftKeys"), json.integers("rightKeys")),
                expression(json, "residual"),
                new JoinRelease(optionalClose(json, "releaseLeft"), optionalClose(json, "releaseRight")),
                type);
    }

    private static PlanNode unnest(JsonObject json, PlanNode input, RowType type) {
        List<Integer> columns = json.has("collections")
                ? json.integers("collections")
                : List.of(Math.toIntExact(json.number("column")));
        return new UnnestNode(input, columns, json.flag("outer"), json.flag("ordinality"), type);
    }

    private static PlanNode session(JsonObject json, PlanNode input, RowType type) {
        return new SessionNode(
                input,
                json.integers("keys"),
                Math.toIntExact(json.number("time")),
                json.number("gap"),
                optionalClose(json, "close"),
                type);
    }

    private static PlanNode nowFilter(JsonObject json, PlanNode input, RowType type) {
        return new NowFilterNode(
                input, optionalClose(json, "from"), optionalClose(json, "until"), json.text("timeZone"), type);
    }

    private static PlanNode over(JsonObject json, PlanNode input, RowType type) {
        return new OverNode(
                input,
                json.integers("partition"),
                json.list("keys").stream().map(NodeReader::sortKey).toList(),
                json.list("calls").stream()
                        .map(c -> OverJson.read(JsonObject.of(c)))
                        .toList(),
                optionalClose(json, "close"),
                settled(json),
                type);
    }

    private static OptionalLong settled(JsonObject json) {
        return json.has("settled") ? OptionalLong.of(json.number("settled")) : OptionalLong.empty();
    }

    private static PlanNode match(JsonObject json, PlanNode input, RowType type) {
        return new MatchNode(
                input,
                json.integers("partition"),
                json.list("keys").stream().map(NodeReader::sortKey).toList(),
                MatchJson.readPattern(json.object("pattern")),
                MatchJson.readOutput(json.object("output")),
                settled(json),
                type);
    }

    private static PlanNode input(List<PlanNode> inputs, int index) {
        if (index >= inputs.size()) {
            throw JsonObject.wrong("input " + index + " is missing");
        }
        return inputs.get(index);
    }

    private static Optional<ScalarExpression> expression(JsonObject json, String key) {
        return json.has(key) ? Optional.of(ExpressionJson.read(json.member(key))) : Optional.empty();
    }

    private static List<ScalarExpression> expressions(JsonObject json) {
        return json.list("project").stream().map(ExpressionJson::read).toList();
    }

    private static List<Literal> literals(Object row) {
        if (!(row instanceof List<?> cells)) {
            throw JsonObject.wrong("a row is not an array");
        }
        return cells.stream().map(NodeReader::literal).toList();
    }

    private static Literal literal(Object cell) {
        if (ExpressionJson.read(cell) instanceof Literal literal) {
            return literal;
        }
        throw JsonObject.wrong("a value is not a literal");
    }

    static AggregateCall call(JsonObject json) {
        List<Integer> arguments = new ArrayList<>();
        column(json, "argument").ifPresent(arguments::add);
        if (json.has("furtherArguments")) {
            arguments.addAll(json.integers("furtherArguments"));
        }
        return new AggregateCall(
                AggregateFunction.valueOf(json.text("function")),
                arguments,
                column(json, "filter"),
                json.flag("distinct"),
                json.has("order")
                        ? json.list("order").stream().map(NodeReader::sortKey).toList()
                        : List.of(),
                json.has("constants") ? literals(json.list("constants")) : List.of(),
                TypeJson.read(json.text("type")));
    }

    private static OptionalInt column(JsonObject json, String key) {
        return json.has(key) ? OptionalInt.of((int) json.number(key)) : OptionalInt.empty();
    }

    private static Optional<CloseTime> optionalClose(JsonObject json, String key) {
        return json.has(key) ? Optional.of(close(json, key)) : Optional.empty();
    }

    private static CloseTime close(JsonObject json, String key) {
        JsonObject close = json.object(key);
        return new CloseTime((int) close.number("column"), close.number("offset"));
    }

    private static PlanNode window(JsonObject json, PlanNode input, RowType type) {
        return new WindowNode(
                input,
                WindowNode.Kind.valueOf(json.text("kind")),
                Math.toIntExact(json.number("time")),
                json.number("step"),
                json.number("size"),
                json.number("offset"),
                type);
    }

    private static PlanNode asofJoin(JsonObject json, List<PlanNode> inputs, RowType type) {
        return new AsofJoinNode(
                input(inputs, 0),
                input(inputs, 1),
                new JoinKeys(json.integers("leftKeys"), json.integers("rightKeys")),
                new AsofMatch(
                        (int) json.number("left"),
                        (int) json.number("right"),
                        AsofMatch.Nearest.valueOf(json.text("nearest"))),
                json.flag("keepsUnmatched"),
                settled(json),
                type);
    }

    private static PlanNode sort(JsonObject json, PlanNode input, RowType type) {
        List<SortKey> keys = json.list("keys").stream().map(NodeReader::sortKey).toList();
        OptionalLong limit = json.has("limit") ? OptionalLong.of(json.number("limit")) : OptionalLong.empty();
        return new SortNode(input, keys, json.number("offset"), limit, type);
    }

    private static PlanNode topN(JsonObject json, PlanNode input, RowType type) {
        RankRange range = new RankRange(
                RankRange.RankFunction.valueOf(json.text("rank")), json.number("first"), json.number("last"));
        return new TopNNode(
                input,
                json.integers("partition"),
                json.list("keys").stream().map(NodeReader::sortKey).toList(),
                range,
                json.flag("hasRank"),
                optionalClose(json, "close"),
                type);
    }

    private static SortKey sortKey(Object value) {
        if (value instanceof List<?> key
                && key.size() == 3
                && key.get(0) instanceof Long column
                && key.get(1) instanceof Boolean descending
                && key.get(2) instanceof Boolean nullsFirst) {
            return new SortKey(Math.toIntExact(column), descending, nullsFirst);
        }
        throw JsonObject.wrong("a sort key is not column, descending, nulls first");
    }
}
