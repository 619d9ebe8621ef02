package io.thalweg.model.plan.json;

import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.AggregateNode;
import io.thalweg.model.plan.AsofJoinNode;
import io.thalweg.model.plan.CalcNode;
import io.thalweg.model.plan.CloseTime;
import io.thalweg.model.plan.HoldUntilNode;
import io.thalweg.model.plan.JoinNode;
import io.thalweg.model.plan.MatchNode;
import io.thalweg.model.plan.NowFilterNode;
import io.thalweg.model.plan.OverNode;
import io.thalweg.model.plan.ParametersNode;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.RecursionNode;
import io.thalweg.model.plan.RecursionRowsNode;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SessionNode;
import io.thalweg.model.plan.SetOperationNode;
import io.thalweg.model.plan.SortKey;
import io.thalweg.model.plan.SortNode;
import io.thalweg.model.plan.TopNNode;
import io.thalweg.model.plan.UnionNode;
import io.thalweg.model.plan.UnnestNode;
import io.thalweg.model.plan.ValuesNode;
import io.thalweg.model.plan.WindowNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes plan nodes as JSON objects. */
final class NodeWriter implements PlanNode.Visitor<Map<String, Object>> {
    private NodeWriter() {}

    static Map<String, Object> write(PlanNode node) {
        return node.accept(new NodeWriter());
    }

    private static Map<String, Object> start(String name, PlanNode node) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("node", name);
        json.put("columns", TypeJson.writeRow(node.type()));
        if (!node.inputs().isEmpty()) {
            json.put("inputs", node.inputs().stream().map(NodeWriter::write).toList());
        }
        return json;
    }

    @Override
    public Map<String, Object> visitScan(ScanNode node) {
        Map<String, Object> json = start("scan", node);
        json.put("kind", node.kind().name());
        json.put("object", node.objectId());
        json.put("name", node.name());
        json.put("read", node.columns());
        json.put("watermark", node.hasWatermark());
        return json;
    }

    @Override
    public Map<String, Object> visitValues(ValuesNode node) {
        Map<String, Object> json = start("values", node);
        json.put(
                "rows",
                node.rows().stream()
                        .map(row -> row.stream().map(ExpressionJson::write).toList())
                        .toList());
        return json;
    }

    @Override
    public Map<String, Object> visitParameters(ParametersNode node) {
        return start("parameters", node);
    }

    @Override
    public Map<String, Object> visitCalc(CalcNode node) {
        Map<String, Object> json = start("calc", node);
        node.condition().ifPresent(condition -> json.put("condition", ExpressionJson.write(condition)));
        json.put(
                "project",
                node.projections().stream().map(ExpressionJson::write).toList());
        return json;
    }

    @Override
    public Map<String, Object> visitAggregate(AggregateNode node) {
        Map<String, Object> json = start("aggregate", node);
        json.put("groups", node.groupColumns());
        json.put("calls", node.calls().stream().map(NodeWriter::call).toList());
        node.closeTime().ifPresent(close -> json.put("close", close(close)));
        return json;
    }

    static Map<String, Object> call(AggregateCall call) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("function", call.function().name());
        call.argument().ifPresent(column -> json.put("argument", (long) column));
        if (call.arguments().size() > 1) {
            json.put(
                    "furtherArguments",
                    call.arguments().subList(1, call.arguments().size()));
        }
        if (!call.order().isEmpty()) {
            json.put("order", call.order().stream().map(NodeWriter::sortKey).toList());
        }
        if (!call.constants().isEmpty()) {
            json.put(
                    "constants",
                    call.constants().stream().map(ExpressionJson::write).toList());
        }
        call.filter().ifPresent(column -> json.put("filter", (long) column));
        json.put("distinct", call.distinct());
        json.put("type", TypeJson.write(call.type()));
        return json;
    }

    private static Map<String, Object> close(CloseTime close) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("column", (long) close.column());
        json.put("offset", close.offsetMicros());
        return json;
    }

    @Override
    public Map<String, Object> visitJoin(JoinNode node) {
        Map<String, Object> json = start("join", node);
        json.put("kind", node.kind().name());
        json.put("leftKeys", node.leftKeys());
        json.put("rightKeys", node.rightKeys());
        node.residual().ifPresent(residual -> json.put("residual", ExpressionJson.write(residual)));
        node.release().left().ifPresent(close -> json.put("releaseLeft", close(close)));
        node.release().right().ifPresent(close -> json.put("releaseRight", close(close)));
        return json;
    }

    @Override
    public Map<String, Object> visitAsofJoin(AsofJoinNode node) {
        Map<String, Object> json = start("asofJoin", node);
        json.put("leftKeys", node.keys().left());
        json.put("rightKeys", node.keys().right());
        json.put("left", (long) node.match().left());
        json.put("right", (long) node.match().right());
        json.put("nearest", node.match().nearest().name());
        json.put("keepsUnmatched", node.keepsUnmatched());
        node.settledMicros().ifPresent(micros -> json.put("settled", micros));
        return json;
    }

    @Override
    public Map<String, Object> visitUnion(UnionNode node) {
        return start("union", node);
    }

    @Override
    public Map<String, Object> visitSetOperation(SetOperationNode node) {
        Map<String, Object> json = start("setOperation", node);
        json.put("operation", node.operation().name());
        return json;
    }

    @Override
    public Map<String, Object> visitRecursion(RecursionNode node) {
        Map<String, Object> json = start("recursion", node);
        json.put("number", (long) node.number());
        json.put("name", node.name());
        json.put("all", node.all());
        return json;
    }

    @Override
    public Map<String, Object> visitRecursionRows(RecursionRowsNode node) {
        Map<String, Object> json = start("recursionRows", node);
        json.put("number", (long) node.number());
        json.put("name", node.name());
        return json;
    }

    @Override
    public Map<String, Object> visitWindow(WindowNode node) {
        Map<String, Object> json = start("window", node);
        json.put("kind", node.kind().name());
        json.put("time", (long) node.timeColumn());
        json.put("step", node.stepMicros());
        json.put("size", node.sizeMicros());
        json.put("offset", node.offsetMicros());
        return json;
    }

    @Override
    public Map<String, Object> visitUnnest(UnnestNode node) {
        Map<String, Object> json = start("unnest", node);
        json.put("column", (long) node.columns().get(0));
        if (node.columns().size() > 1) {
            json.put("collections", node.columns());
        }
        json.put("outer", node.outer());
        json.put("ordinality", node.ordinality());
        return json;
    }

    @Override
    public Map<String, Object> visitSession(SessionNode node) {
        Map<String, Object> json = start("session", node);
        json.put("keys", node.keys());
        json.put("time", (long) node.timeColumn());
        json.put("gap", node.gapMicros());
        node.closeTime().ifPresent(close -> json.put("close", close(close)));
        return json;
    }

    @Override
    public Map<String, Object> visitNowFilter(NowFilterNode node) {
        Map<String, Object> json = start("nowFilter", node);
        node.from().ifPresent(bound -> json.put("from", close(bound)));
        node.until().ifPresent(bound -> json.put("until", close(bound)));
        json.put("timeZone", node.timeZone());
        return json;
    }

    @Override
    public Map<String, Object> visitSort(SortNode node) {
        Map<String, Object> json = start("sort", node);
        json.put("keys", node.keys().stream().map(NodeWriter::sortKey).toList());
        json.put("offset", node.offset());
        node.limit().ifPresent(limit -> json.put("limit", limit));
        return json;
    }

    private static List<Object> sortKey(SortKey key) {
        return List.of((long) key.column(), key.descending(), key.nullsFirst());
    }

    @Override
    public Map<String, Object> visitTopN(TopNNode node) {
        Map<String, Object> json = start("topN", node);
        json.put("partition", node.partition());
        json.put("keys", node.keys().stream().map(NodeWriter::sortKey).toList());
        json.put("rank", node.range().function().name());
        json.put("first", node.range().first());
        json.put("last", node.range().last());
        json.put("hasRank", node.hasRank());
        node.closeTime().ifPresent(close -> json.put("close", close(close)));
        return json;
    }

    @Override
    public Map<String, Object> visitOver(OverNode node) {
        Map<String, Object> json = start("over", node);
        json.put("partition", node.partition());
        json.put("keys", node.keys().stream().map(NodeWriter::sortKey).toList());
        json.put("calls", node.calls().stream().map(OverJson::write).toList());
        node.closeTime().ifPresent(close -> json.put("close", close(close)));
        node.settledMicros().ifPresent(micros -> json.put("settled", micros));
        return json;
    }

    @Override
    public Map<String, Object> visitMatch(MatchNode node) {
        Map<String, Object> json = start("match", node);
        json.put("partition", node.partition());
        json.put("keys", node.order().stream().map(NodeWriter::sortKey).toList());
        json.put("pattern", MatchJson.write(node.pattern()));
        json.put("output", MatchJson.write(node.output()));
        node.settledMicros().ifPresent(micros -> json.put("settled", micros));
        return json;
    }

    @Override
    public Map<String, Object> visitHoldUntil(HoldUntilNode node) {
        Map<String, Object> json = start("hold", node);
        json.put("close", close(node.closeTime()));
        return json;
    }
}
