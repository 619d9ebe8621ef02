package io.thalweg.server.session;

import io.thalweg.model.plan.AggregateNode;
import io.thalweg.model.plan.AppendOnlyAnalysis;
import io.thalweg.model.plan.AsofJoinNode;
import io.thalweg.model.plan.CalcNode;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.HoldUntilNode;
import io.thalweg.model.plan.JoinNode;
import io.thalweg.model.plan.OverNode;
import io.thalweg.model.plan.ParametersNode;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.model.plan.NowFilterNode;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.PlanText;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SessionNode;
import io.thalweg.model.plan.SetOperationNode;
import io.thalweg.model.plan.SortNode;
import io.thalweg.model.plan.TopNNode;
import io.thalweg.model.plan.UnionNode;
import io.thalweg.model.plan.UnnestNode;
import io.thalweg.model.plan.ValuesNode;
import io.thalweg.model.plan.WindowNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What EXPLAIN STATE shows: each operator that keeps rows from step to step, and what bounds them. */
final class StateText {
    private StateText() {}

    /** An operator, what it keeps, and what bounds that. */
    record Line(String operator, String keeps, String bound) {}

    /** One line for each operator with state, from the result to the sources. */
    static List<Line> of(PhysicalPlan plan) {
        List<Line> lines = new ArrayList<>();
        collect(plan.root(), lines);
        return lines;
    }

    private static void collect(PlanNode node, List<Line> lines) {
        node.accept(new Describer()).ifPresent(lines::add);
        node.inputs().forEach(input -> collect(input, lines));
    }

    private static Optional<Line> line(PlanNode node, String keeps, String bound) {
        return Optional.of(new Line(PlanText.describe(node), keeps, bound));
    }

    private static final class Describer implements PlanNode.Visitor<Optional<Line>> {
        @Override
        public Optional<Line> visitScan(ScanNode node) {
            return Optional.empty();
        }

        @Override
        public Optional<Line> visitValues(ValuesNode node) {
            return Optional.empty();
        }

        @Override
        public Optional<Line> visitParameters(ParametersNode node) {
            return Optional.empty();
        }

        @Override
        public Optional<Line> visitCalc(CalcNode node) {
            return Optional.empty();
        }

        @Override
        public Optional<Line> visitAggregate(AggregateNode node) {
            if (node.groupColumns().isEmpty()) {
                return line(node, "one group", "there is only one");
            }
            return node.closeTime().isPresent()
                    ? line(node, "one entry a group", "the watermark: a group goes when its window is closed")
                    : line(node, "one entry a group", "nothing but the number of different groups");
        }

        @Override
        public Optional<Line> visitJoin(JoinNode node) {
            return line(node, "all rows of both inputs", "nothing but the number of rows");
        }

        @Override
        public Optional<Line> visitAsofJoin(AsofJoinNode node) {
            return line(node, "all rows of both inputs", "nothing but the number of rows");
        }

        @Override
        public Optional<Line> visitUnion(UnionNode node) {
            return Optional.empty();
        }

        @Override
        public Optional<Line> visitSetOperation(SetOperationNode node) {
            return line(node, "different rows of both inputs", "nothing but the number of different rows");
        }

        @Override
        public Optional<Line> visitWindow(WindowNode node) {
            return Optional.empty();
        }

        @Override
        public Optional<Line> visitUnnest(UnnestNode node) {
            return Optional.empty();
        }

        @Override
        public Optional<Line> visitSession(SessionNode node) {
            return node.closeTime().isPresent()
                    ? line(
                            node,
                            "rows of sessions that are open",
                            "the watermark: a row goes when its session is closed")
                    : line(node, "all rows of the input", "nothing but the number of rows");
        }

        @Override
        public Optional<Line> visitNowFilter(NowFilterNode node) {
            String keeps = node.until().isPresent() ? "rows that have yet to come or to go" : "rows that have yet to come";
            return line(node, keeps, "the clock: a row goes when its time has come");
        }

        @Override
        public Optional<Line> visitSort(SortNode node) {
            return node.limit().isPresent()
                    ? line(node, "the first rows of the order", "the limit")
                    : line(node, "all rows of the result", "the snapshot, which ends");
        }

        @Override
        public Optional<Line> visitTopN(TopNNode node) {
            boolean grows = node.input().accept(new AppendOnlyAnalysis(EmitMode.CHANGES, view -> false));
            String keeps = grows ? "the wanted rows of each partition" : "all rows of its input";
            if (node.partition().isEmpty()) {
                return line(node, keeps, grows ? "the limit" : "nothing but the number of rows");
            }
            return node.closeTime().isPresent()
                    ? line(node, keeps, "the watermark: a partition goes when its window is closed")
                    : line(node, keeps, "nothing but the number of " + (grows ? "partitions" : "rows"));
        }

        @Override
        public Optional<Line> visitOver(OverNode node) {
            return node.closeTime().isPresent()
                    ? line(node, "all rows of its input", "the watermark: a partition goes when its window is closed")
                    : line(node, "all rows of its input", "nothing but the number of rows");
        }

        @Override
        public Optional<Line> visitHoldUntil(HoldUntilNode node) {
            return line(node, "rows of windows that are open", "the watermark: a row goes when its window is closed");
        }
    }
}
