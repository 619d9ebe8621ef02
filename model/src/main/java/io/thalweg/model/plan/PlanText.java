package io.thalweg.model.plan;

import io.thalweg.model.expression.ExpressionText;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Plans as EXPLAIN and test files show them: one line a node, inputs indented below it. */
public final class PlanText {
    private PlanText() {}

    /** The plan with its properties in the first line. */
    public static String format(PhysicalPlan plan) {
        StringBuilder text = properties(plan);
        append(plan.root(), 0, text);
        return text.toString();
    }

    /** The same with what the scans of logs spare themselves by the conditions above them. */
    public static String explain(PhysicalPlan plan) {
        StringBuilder text = properties(plan);
        appendExplained(plan.root(), 0, "", text);
        return text.toString();
    }

    private static StringBuilder properties(PhysicalPlan plan) {
        StringBuilder text = new StringBuilder();
        text.append(plan.emitMode()).append(plan.appendOnly() ? ", append-only" : ", changing");
        plan.key().ifPresent(key -> text.append(", key ").append(names(key, plan.type())));
        text.append(", columns ").append(plan.type()).append('\n');
        if (!plan.parameterTypes().isEmpty()) {
            text.append("parameters ").append(plan.parameterTypes()).append('\n');
        }
        return text;
    }

    private static void appendExplained(PlanNode node, int depth, String note, StringBuilder text) {
        text.append("  ".repeat(depth)).append(describe(node)).append(note).append('\n');
        String below = "";
        if (node instanceof CalcNode calc && !BlockConditions.parts(calc).isEmpty()) {
            below = BlockConditions.parts(calc).stream()
                    .map(part -> ExpressionText.format(part, calc.input().type()))
                    .collect(Collectors.joining(", ", ", skips blocks that cannot hold ", ""));
        }
        for (PlanNode input : node.inputs()) {
            appendExplained(input, depth + 1, below, text);
        }
    }

    /** One node with everything below it. */
    public static String format(PlanNode node) {
        StringBuilder text = new StringBuilder();
        append(node, 0, text);
        return text.toString();
    }

    /** One node without its inputs, on one line. */
    public static String describe(PlanNode node) {
        return node.accept(new Describer());
    }

    private static void append(PlanNode node, int depth, StringBuilder text) {
        text.append("  ".repeat(depth)).append(describe(node)).append('\n');
        for (PlanNode input : node.inputs()) {
            append(input, depth + 1, text);
        }
    }

    private static String names(List<Integer> columns, RowType type) {
        return columns.stream().map(type::name).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String closing(CloseTime close, RowType type) {
        String name = type.name(close.column());
        return close.offsetMicros() == 0 ? name : name + " + " + close.offsetMicros() + " us";
    }

    private static String order(List<SortKey> keys, RowType type) {
        return keys.stream()
                .map(k -> type.name(k.column())
                        + (k.descending() ? " desc" : "")
                        + (k.nullsFirst() ? " nulls first" : " nulls last"))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    /** An aggregate call. */
    static String call(AggregateCall call, RowType input) {
        List<String> arguments = new ArrayList<>();
        call.arguments().forEach(column -> arguments.add(input.name(column)));
        call.constants().forEach(constant -> arguments.add(ExpressionText.format(constant)));
        return call.function() + "(" + (call.distinct() ? "DISTINCT " : "")
                + (arguments.isEmpty() ? "*" : String.join(", ", arguments)) + ")"
                + (call.order().isEmpty() ? "" : " in order " + order(call.order(), input))
                + (call.filter().isPresent()
                        ? " where " + input.name(call.filter().getAsInt())
                        : "");
    }

    private static final class Describer implements PlanNode.Visitor<String> {
        @Override
        public String visitScan(ScanNode node) {
            return "Scan " + node.kind() + " " + node.name() + " columns " + columns(node)
                    + (node.hasWatermark() ? " watermark" : "");
        }

        private static String columns(ScanNode node) {
            return IntStream.range(0, node.columns().size())
                    .mapToObj(i -> node.type().name(i) + "#" + node.columns().get(i))
                    .collect(Collectors.joining(", ", "(", ")"));
        }

        @Override
        public String visitValues(ValuesNode node) {
            return "Values "
                    + node.rows().stream()
                            .map(row -> row.stream()
                                    .map(ExpressionText::format)
                                    .collect(Collectors.joining(", ", "(", ")")))
                            .collect(Collectors.joining(", "));
        }

        @Override
        public String visitParameters(ParametersNode node) {
            return "Parameters " + node.type();
        }

        @Override
        public String visitCalc(CalcNode node) {
            RowType input = node.input().type();
            List<String> projections = new ArrayList<>();
            for (int i = 0; i < node.projections().size(); i++) {
                projections.add(
                        projection(node.projections().get(i), input, node.type().name(i)));
            }
            return "Calc " + String.join(", ", projections)
                    + node.condition()
                            .map(c -> " where " + ExpressionText.format(c, input))
                            .orElse("");
        }

        private static String projection(ScalarExpression expression, RowType input, String name) {
            String text = ExpressionText.format(expression, input);
            return text.equals(name) ? name : text + " as " + name;
        }

        @Override
        public String visitAggregate(AggregateNode node) {
            RowType input = node.input().type();
            return "Aggregate by " + names(node.groupColumns(), input) + " "
                    + node.calls().stream().map(c -> call(c, input)).collect(Collectors.joining(", "))
                    + node.closeTime()
                            .map(c -> " closes at " + closing(c, node.type()))
                            .orElse("");
        }

        @Override
        public String visitJoin(JoinNode node) {
            return join(node.kind()) + " on "
                    + keys(node.keys(), node.left().type(), node.right().type())
                    + node.residual()
                            .map(r -> " where "
                                    + ExpressionText.format(
                                            r, node.kind().emitsPairs() ? node.type() : node.pairType()))
                            .orElse("")
                    + releasing("left", node.release().left(), node.left().type())
                    + releasing("right", node.release().right(), node.right().type());
        }

        private static String keys(JoinKeys keys, RowType left, RowType right) {
            return IntStream.range(0, keys.left().size())
                    .mapToObj(i -> left.name(keys.left().get(i)) + " = "
                            + right.name(keys.right().get(i)))
                    .collect(Collectors.joining(", ", "(", ")"));
        }

        @Override
        public String visitAsofJoin(AsofJoinNode node) {
            RowType left = node.left().type();
            RowType right = node.right().type();
            AsofMatch match = node.match();
            return (node.keepsUnmatched() ? "Left as-of join on " : "As-of join on ") + keys(node.keys(), left, right)
                    + " nearest " + right.name(match.right()) + " "
                    + match.nearest().text() + " "
                    + left.name(match.left())
                    + settled(node.settledMicros());
        }

        private static String releasing(String side, Optional<CloseTime> close, RowType type) {
            return close.map(c -> ", releases " + side + " at " + closing(c, type))
                    .orElse("");
        }

        private static String join(JoinKind kind) {
            String name = kind.name();
            return kind == JoinKind.INNER
                    ? "Join"
                    : name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT) + " join";
        }

        @Override
        public String visitUnion(UnionNode node) {
            return "Union";
        }

        @Override
        public String visitSetOperation(SetOperationNode node) {
            return node.operation().title();
        }

        @Override
        public String visitRecursion(RecursionNode node) {
            return "Recursion " + node.name() + (node.all() ? ", all rows" : "");
        }

        @Override
        public String visitRecursionRows(RecursionRowsNode node) {
            return "Rows of " + node.name();
        }

        @Override
        public String visitWindow(WindowNode node) {
            return node.kind().title() + " over " + node.input().type().name(node.timeColumn()) + " by "
                    + node.stepMicros() + " us, size " + node.sizeMicros() + " us"
                    + (node.offsetMicros() == 0 ? "" : ", offset " + node.offsetMicros() + " us");
        }

        @Override
        public String visitUnnest(UnnestNode node) {
            RowType input = node.input().type();
            String elements = node.type().fields().stream()
                    .skip(input.size())
                    .map(Field::name)
                    .collect(Collectors.joining(", "));
            String collections = node.columns().stream().map(input::name).collect(Collectors.joining(", "));
            return "Unnest " + collections + " as " + elements + (node.outer() ? ", or NULL" : "");
        }

        @Override
        public String visitSession(SessionNode node) {
            RowType input = node.input().type();
            return "Session over " + input.name(node.timeColumn())
                    + (node.keys().isEmpty() ? "" : " by " + names(node.keys(), input))
                    + " gap " + node.gapMicros() + " us"
                    + node.closeTime()
                            .map(close -> " closes at " + closing(close, node.type()))
                            .orElse("");
        }

        @Override
        public String visitNowFilter(NowFilterNode node) {
            return "Now filter"
                    + node.from()
                            .map(bound -> " from " + closing(bound, node.type()))
                            .orElse("")
                    + node.until()
                            .map(bound -> " until " + closing(bound, node.type()))
                            .orElse("")
                    + (node.timeZone().equals("Z") ? "" : " in " + node.timeZone());
        }

        @Override
        public String visitSort(SortNode node) {
            return "Sort by " + order(node.keys(), node.type())
                    + (node.offset() == 0 ? "" : " offset " + node.offset())
                    + (node.limit().isPresent() ? " limit " + node.limit().getAsLong() : "");
        }

        @Override
        public String visitTopN(TopNNode node) {
            RankRange range = node.range();
            return "Top " + range.function().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + range.first()
                    + (range.last() == Long.MAX_VALUE ? " and more" : " to " + range.last())
                    + (node.hasRank() ? " as " + node.type().name(node.type().size() - 1) : "")
                    + (node.partition().isEmpty() ? "" : " in each " + names(node.partition(), node.type()))
                    + " by " + order(node.keys(), node.type())
                    + node.closeTime()
                            .map(c -> " closes at " + closing(c, node.type()))
                            .orElse("");
        }

        @Override
        public String visitOver(OverNode node) {
            RowType input = node.input().type();
            return "Over "
                    + node.calls().stream().map(c -> OverText.call(c, input)).collect(Collectors.joining(", "))
                    + (node.partition().isEmpty() ? "" : " in each " + names(node.partition(), input))
                    + " by " + order(node.keys(), input)
                    + node.closeTime()
                            .map(c -> " closes at " + closing(c, node.type()))
                            .orElse("")
                    + settled(node.settledMicros());
        }

        private static String settled(OptionalLong micros) {
            return micros.isPresent() ? ", settled after " + micros.getAsLong() + " us" : "";
        }

        @Override
        public String visitMatch(MatchNode node) {
            return "Match"
                    + (node.partition().isEmpty()
                            ? ""
                            : " in each " + names(node.partition(), node.input().type()))
                    + " by " + order(node.order(), node.input().type()) + " " + MatchText.format(node)
                    + (node.output().onlyFinal() ? " when final" : "")
                    + settled(node.settledMicros());
        }

        @Override
        public String visitHoldUntil(HoldUntilNode node) {
            return "HoldUntil " + closing(node.closeTime(), node.type());
        }
    }
}
