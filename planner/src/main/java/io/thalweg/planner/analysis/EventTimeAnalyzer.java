package io.thalweg.planner.analysis;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.plan.AggregateNode;
import io.thalweg.model.plan.AsofJoinNode;
import io.thalweg.model.plan.AsofMatch;
import io.thalweg.model.plan.CalcNode;
import io.thalweg.model.plan.CloseTime;
import io.thalweg.model.plan.HoldUntilNode;
import io.thalweg.model.plan.JoinKind;
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
import io.thalweg.model.plan.SortNode;
import io.thalweg.model.plan.TopNNode;
import io.thalweg.model.plan.UnionNode;
import io.thalweg.model.plan.UnnestNode;
import io.thalweg.model.plan.ValuesNode;
import io.thalweg.model.plan.WindowNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Follows event time from the streams with a watermark up to the answer. It tells every aggregate when a group of it is
 * final, and, for EMIT FINAL, what the rows of the answer wait for.
 */
public final class EventTimeAnalyzer {
    private final SourceCatalog sources;

    /** @param objects those that the plans read */
    public EventTimeAnalyzer(Collection<CatalogObject> objects) {
        this.sources = new SourceCatalog(objects);
    }

    /** Whether an object makes a watermark. */
    public static boolean hasWatermark(CatalogObject object) {
        return object instanceof StreamDefinition stream && stream.watermark().isPresent();
    }

    /** The plan with the close times of its aggregates filled in. */
    public PlanNode annotate(PlanNode plan) {
        return plan.accept(new Annotator()).node();
    }

    /**
     * The plan with its rows held until they are final, as near to the top as a column still tells when that is; empty if
     * none does.
     *
     * @param plan annotated
     */
    public Optional<PlanNode> hold(PlanNode plan) {
        TimedNode timed = plan.accept(new Annotator());
        Optional<CloseTime> close = closeTime(timed);
        if (close.isPresent()) {
            return Optional.of(new HoldUntilNode(timed.node(), close.get(), plan.type()));
        }
        if (timed.node() instanceof MatchNode match && match.settledMicros().isPresent()) {
            return Optional.of(match.onlyFinal());
        }
        if (plan instanceof CalcNode calc) {
            return hold(calc.input())
                    .map(input -> new CalcNode(input, calc.condition(), calc.projections(), calc.type()));
        }
        if (plan instanceof JoinNode join && join.kind() == JoinKind.FULL) {
            return holdFull(join);
        }
        if (plan instanceof UnionNode union) {
            List<PlanNode> held = union.inputs().stream()
                    .map(this::hold)
                    .flatMap(Optional::stream)
                    .toList();
            return held.size() == union.inputs().size()
                    ? Optional.of(new UnionNode(held, union.type()))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    private Optional<PlanNode> holdFull(JoinNode join) {
        Annotator annotator = new Annotator();
        JoinTimes times = new JoinTimes(
                join,
                join.left().accept(annotator).times(),
                join.right().accept(annotator).times());
        return times.leftFinal()
                .flatMap(left -> times.rightFinal().flatMap(right -> FullJoinHold.hold(join, left, right)));
    }

    private static Optional<CloseTime> closeTime(TimedNode timed) {
        // What only the windowed side of a join has brought may come again; what waits least is the end of a window.
        return closeTime(
                timed.times(),
                time -> time.isBound() && time.isTotal(),
                Comparator.<ColumnTime, Boolean>comparing(time -> !time.isComplete())
                        .thenComparing(ColumnTime::offsetMicros));
    }

    /** The close time that the best of the columns tells. */
    private static Optional<CloseTime> closeTime(
            List<Optional<ColumnTime>> times, Predicate<ColumnTime> usable, Comparator<ColumnTime> best) {
        return IntStream.range(0, times.size())
                .boxed()
                .filter(i -> times.get(i).filter(usable).isPresent())
                .min(Comparator.comparing(i -> times.get(i).orElseThrow(), best))
                .map(i -> new CloseTime(i, times.get(i).orElseThrow().offsetMicros()));
    }

    /** A node with what its columns tell. */
    private record TimedNode(PlanNode node, List<Optional<ColumnTime>> times) {}

    private final class Annotator implements PlanNode.Visitor<TimedNode> {
        private TimedNode of(PlanNode node) {
            return node.accept(this);
        }

        private static TimedNode timeless(PlanNode node) {
            return new TimedNode(node, Collections.nCopies(node.type().size(), Optional.empty()));
        }

        @Override
        public TimedNode visitScan(ScanNode node) {
            int time = node.hasWatermark()
                    ? sources.find(node)
                            .map(o -> o instanceof StreamDefinition stream
                                    ? stream.watermark().orElseThrow().column()
                                    : Integer.MIN_VALUE)
                            .orElse(Integer.MIN_VALUE)
                    : Integer.MIN_VALUE;
            List<Optional<ColumnTime>> times = node.columns().stream()
                    .map(c -> c == time ? Optional.of(ColumnTime.eventTime()) : Optional.<ColumnTime>empty())
                    .toList();
            return new TimedNode(node, times);
        }

        @Override
        public TimedNode visitValues(ValuesNode node) {
            return timeless(node);
        }

        @Override
        public TimedNode visitParameters(ParametersNode node) {
            return timeless(node);
        }

        @Override
        public TimedNode visitCalc(CalcNode node) {
            TimedNode input = of(node.input());
            ExpressionTime expressions = new ExpressionTime(input.times());
            List<Optional<ColumnTime>> times =
                    node.projections().stream().map(p -> p.accept(expressions)).toList();
            return new TimedNode(new CalcNode(input.node(), node.condition(), node.projections(), node.type()), times);
        }

        @Override
        public TimedNode visitAggregate(AggregateNode node) {
            TimedNode input = of(node.input());
            List<Optional<ColumnTime>> times = new ArrayList<>();
            node.groupColumns().forEach(group -> times.add(input.times().get(group)));
            // A group with NULL in the column stays; of several columns the one that waits least: the end of a window.
            Optional<CloseTime> close = closeTime(
                    times,
                    ColumnTime::isComplete,
                    Comparator.<ColumnTime, Boolean>comparing(time -> !time.isTotal())
                            .thenComparing(ColumnTime::offsetMicros));
            node.calls().forEach(call -> times.add(Optional.empty()));
            PlanNode annotated = new AggregateNode(input.node(), node.groupColumns(), node.calls(), close, node.type());
            return new TimedNode(annotated, times);
        }

        @Override
        public TimedNode visitJoin(JoinNode node) {
            TimedNode left = of(node.left());
            TimedNode right = of(node.right());
            JoinTimes times = new JoinTimes(node, left.times(), right.times());
            return new TimedNode(node.over(left.node(), right.node()).releasing(times.release()), times.result());
        }

        /** Looking back, a row has its partner for good when both inputs have passed its time; looking ahead, nobody knows. */
        @Override
        public TimedNode visitAsofJoin(AsofJoinNode node) {
            TimedNode left = of(node.left());
            TimedNode right = of(node.right());
            AsofMatch match = node.match();
            Optional<ColumnTime> rightTime = right.times().get(match.right()).filter(ColumnTime::isComplete);
            Optional<ColumnTime> time = left.times()
                    .get(match.left())
                    .filter(ColumnTime::isComplete)
                    .flatMap(l -> rightTime.map(r -> l.joinedUntil(r.offsetMicros())));
            List<Optional<ColumnTime>> times =
                    new ArrayList<>(Collections.nCopies(node.type().size(), Optional.empty()));
            if (match.nearest().looksBack()) {
                times.set(match.left(), time);
            }
            OptionalLong settled = time.isPresent() ? OptionalLong.of(time.get().offsetMicros()) : OptionalLong.empty();
            return new TimedNode(node.over(left.node(), right.node()).settling(settled), times);
        }

        @Override
        public TimedNode visitUnion(UnionNode node) {
            List<TimedNode> inputs = node.inputs().stream().map(this::of).toList();
            List<Optional<ColumnTime>> times = IntStream.range(0, node.type().size())
                    .mapToObj(i -> inputs.stream()
                            .map(input -> input.times().get(i))
                            .reduce((a, b) -> a.flatMap(x -> b.map(x::and)))
                            .orElse(Optional.empty()))
                    .toList();
            List<PlanNode> nodes = inputs.stream().map(TimedNode::node).toList();
            return new TimedNode(new UnionNode(nodes, node.type()), times);
        }

        /** A row of INTERSECT is there for good when it has been in both inputs; of EXCEPT, when neither brings it any more. */
        @Override
        public TimedNode visitSetOperation(SetOperationNode node) {
            TimedNode left = of(node.left());
            TimedNode right = of(node.right());
            List<Optional<ColumnTime>> times = IntStream.range(0, node.type().size())
                    .mapToObj(i -> left.times()
                            .get(i)
                            .flatMap(l -> right.times().get(i).map(l::and)))
                    .toList();
            return new TimedNode(new SetOperationNode(node.operation(), left.node(), right.node(), node.type()), times);
        }

        /** Rows of any time may follow from a row, and be asked for what follows from them: nothing inside is ever closed. */
        @Override
        public TimedNode visitRecursion(RecursionNode node) {
            PlanNode start = of(node.start()).node();
            return timeless(node.over(start, node.next()));
        }

        @Override
        public TimedNode visitRecursionRows(RecursionRowsNode node) {
            return timeless(node);
        }

        @Override
        public TimedNode visitWindow(WindowNode node) {
            TimedNode input = of(node.input());
            Optional<ColumnTime> time = input.times().get(node.timeColumn());
            List<Optional<ColumnTime>> times = new ArrayList<>(input.times());
            times.add(time.map(t -> t.windowStart(node.sizeMicros())));
            times.add(time.map(ColumnTime::windowEnd));
            PlanNode annotated = new WindowNode(
                    input.node(),
                    node.kind(),
                    node.timeColumn(),
                    node.stepMicros(),
                    node.sizeMicros(),
                    node.offsetMicros(),
                    node.type());
            return new TimedNode(annotated, times);
        }

        /** A row that comes may join any session that has not ended before it; the start of one tells nothing of its end. */
        @Override
        public TimedNode visitSession(SessionNode node) {
            TimedNode input = of(node.input());
            Optional<ColumnTime> end = input.times()
                    .get(node.timeColumn())
                    .filter(ColumnTime::isComplete)
                    .map(ColumnTime::windowEnd);
            int endColumn = node.type().size() - 1;
            List<Optional<ColumnTime>> times = new ArrayList<>(Collections.nCopies(endColumn, Optional.empty()));
            times.add(end);
            PlanNode annotated = new SessionNode(
                    input.node(),
                    node.keys(),
                    node.timeColumn(),
                    node.gapMicros(),
                    end.map(time -> new CloseTime(endColumn, time.offsetMicros())),
                    node.type());
            return new TimedNode(annotated, times);
        }

        /** Rows come and go by the clock, whatever the watermark says. */
        @Override
        public TimedNode visitNowFilter(NowFilterNode node) {
            PlanNode input = of(node.input()).node();
            return timeless(new NowFilterNode(input, node.from(), node.until(), node.timeZone(), node.type()));
        }

        @Override
        public TimedNode visitUnnest(UnnestNode node) {
            TimedNode input = of(node.input());
            List<Optional<ColumnTime>> times = new ArrayList<>(input.times());
            times.addAll(Collections.nCopies(node.type().size() - times.size(), Optional.empty()));
            PlanNode annotated =
                    new UnnestNode(input.node(), node.columns(), node.outer(), node.ordinality(), node.type());
            return new TimedNode(annotated, times);
        }

        @Override
        public TimedNode visitSort(SortNode node) {
            TimedNode input = of(node.input());
            PlanNode annotated = new SortNode(input.node(), node.keys(), node.offset(), node.limit(), node.type());
            return new TimedNode(annotated, input.times());
        }

        /** Rows that come later push others out, but not out of a partition that is closed. */
        @Override
        public TimedNode visitTopN(TopNNode node) {
            TimedNode input = of(node.input());
            PartitionTimes partition = PartitionTimes.of(
                    node.partition(), input.times(), node.type().size());
            PlanNode annotated = new TopNNode(
                    input.node(),
                    node.partition(),
                    node.keys(),
                    node.range(),
                    node.hasRank(),
                    partition.close(),
                    node.type());
            return new TimedNode(annotated, partition.times());
        }

        /** What is said of a row may change with its partition; if no function looks far ahead, with the rows near it only. */
        @Override
        public TimedNode visitOver(OverNode node) {
            TimedNode input = of(node.input());
            PartitionTimes partition = PartitionTimes.of(
                    node.partition(), input.times(), node.type().size());
            OrderTime order = OrderTime.of(node.keys(), input.times());
            order.of(node.calls()).ifPresent(time -> partition.times().set(order.column(), Optional.of(time)));
            return new TimedNode(
                    node.over(input.node()).closing(partition.close(), order.settledMicros()), partition.times());
        }

        /** When a match is final depends on rows that come behind it. */
        @Override
        public TimedNode visitMatch(MatchNode node) {
            TimedNode input = of(node.input());
            OrderTime order = OrderTime.of(node.order(), input.times());
            return timeless(node.over(input.node()).settling(order.settledMicros()));
        }

        @Override
        public TimedNode visitHoldUntil(HoldUntilNode node) {
            TimedNode input = of(node.input());
            return new TimedNode(new HoldUntilNode(input.node(), node.closeTime(), node.type()), input.times());
        }
    }
}
