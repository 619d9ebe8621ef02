package io.thalweg.server.session;

import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.AggregateNode;
import io.thalweg.model.plan.AppendOnlyAnalysis;
import io.thalweg.model.plan.AsofJoinNode;
import io.thalweg.model.plan.CalcNode;
import io.thalweg.model.plan.CloseTime;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.HoldUntilNode;
import io.thalweg.model.plan.JoinNode;
import io.thalweg.model.plan.MatchNode;
import io.thalweg.model.plan.NowFilterNode;
import io.thalweg.model.plan.OverNode;
import io.thalweg.model.plan.ParametersNode;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.PlanText;
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
import io.thalweg.model.type.RowType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What EXPLAIN STATE shows: each operator that keeps rows from step to step, what it keeps, and what bounds that. An operator
 * that keeps rows of two inputs has a line for each. What a query says twice is kept once, and shown once.
 */
final class StateText implements PlanNode.Visitor<Boolean> {
    private static final String FOREVER = "nothing: they stay for ever";
    private static final int MAX_NAMES = 3;

    private final AppendOnlyAnalysis growing = new AppendOnlyAnalysis(EmitMode.CHANGES, view -> false);
    private final List<Line> lines = new ArrayList<>();
    private final Set<PlanNode> seen = new HashSet<>();

    private StateText() {}

    /** An operator, what it keeps, and what bounds that. */
    record Line(String operator, String keeps, String bound) {}

    /** The lines of a plan, from the result to the sources. */
    static List<Line> of(PhysicalPlan plan) {
        StateText text = new StateText();
        text.collect(plan.root());
        return text.lines;
    }

    private void collect(PlanNode node) {
        if (seen.add(node)) {
            node.accept(this);
            node.inputs().forEach(this::collect);
        }
    }

    private boolean keeps(PlanNode node, String keeps, String bound) {
        return lines.add(new Line(PlanText.describe(node), keeps, bound));
    }

    private static boolean keepsNothing() {
        return false;
    }

    /** What rows of an input are called: by the sources that they come from. */
    private static String rowsOf(PlanNode input, String side) {
        Set<String> names = new LinkedHashSet<>();
        collectSources(input, names);
        return names.isEmpty() || names.size() > MAX_NAMES
                ? "rows of the " + side + " input"
                : (input instanceof ScanNode ? "rows of " : "rows made of ") + String.join(" and ", names);
    }

    private static void collectSources(PlanNode node, Set<String> names) {
        if (node instanceof ScanNode scan) {
            names.add(scan.name());
        }
        node.inputs().forEach(input -> collectSources(input, names));
    }

    private static String until(CloseTime close, RowType type) {
        String column = type.name(close.column());
        // A row with an event time is done as soon as the watermark is later.
        boolean isPassed = close.offsetMicros() > 0 && (close.offsetMicros() - 1) % 1_000 == 0;
        long distance = isPassed ? close.offsetMicros() - 1 : close.offsetMicros();
        String time = distance == 0 ? column : column + (distance < 0 ? " - " : " + ") + duration(Math.abs(distance));
        return "the watermark: until it " + (isPassed ? "passes " : "reaches ") + time;
    }

    private static String duration(long micros) {
        if (micros % 3_600_000_000L == 0) {
            return micros / 3_600_000_000L + " h";
        } else if (micros % 60_000_000L == 0) {
            return micros / 60_000_000L + " min";
        } else if (micros % 1_000_000L == 0) {
            return micros / 1_000_000L + " s";
        }
        return micros % 1_000L == 0 ? micros / 1_000L + " ms" : micros + " us";
    }

    @Override
    public Boolean visitScan(ScanNode node) {
        return keepsNothing();
    }

    @Override
    public Boolean visitValues(ValuesNode node) {
        return keepsNothing();
    }

    @Override
    public Boolean visitParameters(ParametersNode node) {
        return keepsNothing();
    }

    @Override
    public Boolean visitCalc(CalcNode node) {
        return keepsNothing();
    }

    @Override
    public Boolean visitAggregate(AggregateNode node) {
        boolean grows = node.input().accept(growing);
        boolean keepsValues = node.calls().stream().anyMatch(call -> keepsValues(call, grows));
        String values = keepsValues ? ", with the different values of its arguments" : "";
        if (node.groupColumns().isEmpty()) {
            return keeps(
                    node, "one group" + values, keepsValues ? "nothing: values stay for ever" : "there is only one");
        }
        String bound = node.closeTime()
                .map(close -> until(close, node.type()))
                .orElse("nothing but the number of different groups");
        return keeps(node, "one entry a group" + values, bound);
    }

    /** Whether an aggregate function has to remember what it has seen, not only what it has made of it. */
    private static boolean keepsValues(AggregateCall call, boolean grows) {
        return switch (call.function()) {
            case COUNT_ROWS -> false;
            case MINIMUM, MAXIMUM, VALUE_AT_MINIMUM, VALUE_AT_MAXIMUM -> !grows;
            case MODE, PERCENTILE_DISCRETE, PERCENTILE_CONTINUOUS, LIST_OF_TEXT, ARRAY_AGGREGATE, MAP_AGGREGATE -> true;
            default -> call.distinct();
        };
    }

    @Override
    public Boolean visitJoin(JoinNode node) {
        keepsSide(node, node.left(), "left", node.release().left());
        return keepsSide(node, node.right(), "right", node.release().right());
    }

    private boolean keepsSide(PlanNode join, PlanNode input, String side, Optional<CloseTime> release) {
        String bound = release.map(close -> until(close, input.type())).orElse(FOREVER);
        return keeps(join, rowsOf(input, side), bound);
    }

    @Override
    public Boolean visitAsofJoin(AsofJoinNode node) {
        String left = rowsOf(node.left(), "left");
        String right = rowsOf(node.right(), "right");
        if (node.settledMicros().isEmpty()) {
            keeps(node, left, FOREVER);
            return keeps(node, right, FOREVER);
        }
        long offset = node.settledMicros().getAsLong();
        String passed =
                until(new CloseTime(node.match().right(), offset), node.right().type());
        if (node.match().nearest().looksBack()) {
            keeps(
                    node,
                    left,
                    until(
                            new CloseTime(node.match().left(), offset),
                            node.left().type()));
            return keeps(node, right, passed + " of the next row with the same key; the last one stays");
        }
        keeps(node, left, passed + " of the row that follows");
        return keeps(node, right, passed);
    }

    @Override
    public Boolean visitUnion(UnionNode node) {
        return keepsNothing();
    }

    @Override
    public Boolean visitSetOperation(SetOperationNode node) {
        return keeps(node, "different rows of both inputs", "nothing but the number of different rows");
    }

    @Override
    public Boolean visitRecursion(RecursionNode node) {
        return keeps(node, "different rows of " + node.name(), "nothing but the number of different rows");
    }

    @Override
    public Boolean visitRecursionRows(RecursionRowsNode node) {
        return keepsNothing();
    }

    @Override
    public Boolean visitWindow(WindowNode node) {
        return keepsNothing();
    }

    @Override
    public Boolean visitUnnest(UnnestNode node) {
        return keepsNothing();
    }

    @Override
    public Boolean visitSession(SessionNode node) {
        return node.closeTime().isPresent()
                ? keeps(node, "rows of sessions that are open", "the watermark: a row goes when its session is closed")
                : keeps(node, "all rows of the input", "nothing but the number of rows");
    }

    @Override
    public Boolean visitNowFilter(NowFilterNode node) {
        String kept = node.until().isPresent() ? "rows that have yet to come or to go" : "rows that have yet to come";
        return keeps(node, kept, "the clock: a row goes when its time has come");
    }

    @Override
    public Boolean visitSort(SortNode node) {
        return node.limit().isPresent()
                ? keeps(node, "the first rows of the order", "the limit")
                : keeps(node, "all rows of the result", "the snapshot, which ends");
    }

    @Override
    public Boolean visitTopN(TopNNode node) {
        boolean grows = node.input().accept(growing);
        String kept = grows ? "the wanted rows of each partition" : "all rows of its input";
        if (node.partition().isEmpty()) {
            return keeps(node, kept, grows ? "the limit" : "nothing but the number of rows");
        }
        String bound = node.closeTime()
                .map(close -> until(close, node.input().type()))
                .orElse("nothing but the number of " + (grows ? "partitions" : "rows"));
        return keeps(node, kept, bound);
    }

    @Override
    public Boolean visitOver(OverNode node) {
        OverBounds bounds = new OverBounds(node, call -> keepsValues(call, false));
        if (!bounds.isBounded()) {
            String bound =
                    node.closeTime().map(close -> until(close, node.type())).orElse("nothing but the number of rows");
            return keeps(node, bounds.text(), bound);
        }
        long settled = node.settledMicros().orElse(0);
        CloseTime passed = new CloseTime(node.keys().get(0).column(), settled + bounds.micros());
        String rows = bounds.rows() == 0
                ? ""
                : ", and for " + bounds.rows() + " more row" + (bounds.rows() == 1 ? "" : "s") + " of each partition";
        return keeps(node, bounds.text(), until(passed, node.type()) + rows);
    }

    @Override
    public Boolean visitMatch(MatchNode node) {
        if (node.settledMicros().isEmpty()) {
            return keeps(node, "all rows of its input, and the matches", "nothing but the number of rows");
        }
        long settled = node.settledMicros().getAsLong();
        RowType input = node.input().type();
        int time = node.order().get(0).column();
        String bound = node.openMicros().isPresent()
                ? until(new CloseTime(time, settled + node.openMicros().getAsLong() - 1), input)
                : until(new CloseTime(time, settled), input) + " of the last row that an attempt looks at";
        return keeps(node, "rows of attempts that are not final, and their matches", bound);
    }

    @Override
    public Boolean visitHoldUntil(HoldUntilNode node) {
        return keeps(node, "rows that are not final", until(node.closeTime(), node.type()));
    }
}
