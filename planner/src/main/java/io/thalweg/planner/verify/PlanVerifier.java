package io.thalweg.planner.verify;

import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.plan.AggregateCall;
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
import io.thalweg.model.plan.MatchNode;
import io.thalweg.model.plan.MatchOutput;
import io.thalweg.model.plan.Navigation;
import io.thalweg.model.plan.NowFilterNode;
import io.thalweg.model.plan.OverNode;
import io.thalweg.model.plan.ParametersNode;
import io.thalweg.model.plan.PatternVariable;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.model.plan.PlanNode;
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
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Checks a finished plan against the contracts of its nodes. A violation is a fault of the planner, so it is told in terms
 * of nodes and never shown to a user as it stands.
 */
public final class PlanVerifier implements PlanNode.Visitor<List<String>> {
    private final PhysicalPlan plan;
    private final List<String> violations = new ArrayList<>();

    private PlanVerifier(PhysicalPlan plan) {
        this.plan = plan;
    }

    /** What is wrong with a plan, if anything is. */
    public static List<String> violations(PhysicalPlan plan) {
        PlanVerifier verifier = new PlanVerifier(plan);
        verifier.checkTop();
        verifier.visit(verifier.belowOrder(plan.root()));
        return List.copyOf(verifier.violations);
    }

    private void expect(boolean holds, String violation) {
        if (!holds) {
            violations.add(violation);
        }
    }

    private void checkTop() {
        plan.key()
                .ifPresent(key -> key.forEach(
                        column -> expect(inRange(column, plan.type()), "key column " + column + " does not exist")));
    }

    /** The part of the plan under the order of the answer, which may be followed by dropping columns. */
    private PlanNode belowOrder(PlanNode root) {
        PlanNode ordered = root instanceof CalcNode calc && calc.input() instanceof SortNode ? calc.input() : root;
        if (!(ordered instanceof SortNode sort)) {
            return root;
        }
        expect(plan.emitMode() == EmitMode.SNAPSHOT, "an order in a query that does not end");
        if (root instanceof CalcNode calc) {
            checkCalc(calc);
            expect(calc.condition().isEmpty(), "a condition above the order");
        }
        for (SortKey key : sort.keys()) {
            expect(inRange(key.column(), sort.type()), "sort column " + key.column() + " does not exist");
        }
        expect(sort.type().equals(sort.input().type()), "an order that changes the row type");
        expect(sort.offset() >= 0 && sort.limit().orElse(0) >= 0, "a negative row count");
        return sort.input();
    }

    private static boolean inRange(int column, RowType type) {
        return column >= 0 && column < type.size();
    }

    private void visit(PlanNode node) {
        for (SqlType type : node.type().types()) {
            expect(
                    !type.name().isInterval(),
                    "a column of an interval type in " + node.getClass().getSimpleName());
        }
        node.accept(this);
        node.inputs().forEach(this::visit);
    }

    private void checkExpression(ScalarExpression expression, RowType input) {
        expression.accept(new ExpressionVerifier(input, plan.parameterTypes(), violations));
    }

    @Override
    public List<String> visitScan(ScanNode node) {
        expect(
                node.kind() != SourceKind.SYSTEM_TABLE || plan.emitMode() == EmitMode.SNAPSHOT,
                "a system table in a query that does not end");
        return violations;
    }

    @Override
    public List<String> visitValues(ValuesNode node) {
        for (List<Literal> row : node.rows()) {
            expect(row.size() == node.type().size(), "a row of " + row.size() + " values");
            for (int i = 0; i < Math.min(row.size(), node.type().size()); i++) {
                expect(fits(row.get(i).type(), node.type().type(i)), "a value of another type in column " + i);
            }
        }
        return violations;
    }

    @Override
    public List<String> visitParameters(ParametersNode node) {
        expect(node.type().types().equals(plan.parameterTypes()), "parameters of other types than the plan's");
        return violations;
    }

    @Override
    public List<String> visitCalc(CalcNode node) {
        checkCalc(node);
        return violations;
    }

    private void checkCalc(CalcNode node) {
        RowType input = node.input().type();
        node.condition().ifPresent(c -> {
            checkExpression(c, input);
            expect(c.type().name() == TypeName.BOOLEAN, "a condition of type " + c.type());
        });
        for (int i = 0; i < node.projections().size(); i++) {
            ScalarExpression projection = node.projections().get(i);
            checkExpression(projection, input);
            SqlType declared = node.type().type(i);
            // The result of an INSERT is declared as it is stored; the NOT NULL is checked when it runs.
            expect(
                    projection.type().sameExceptNullability(declared),
                    "a projection of type " + projection.type() + " for a column of type " + declared);
        }
    }

    @Override
    public List<String> visitAggregate(AggregateNode node) {
        RowType input = node.input().type();
        for (int i = 0; i < node.groupColumns().size(); i++) {
            int group = node.groupColumns().get(i);
            expect(
                    inRange(group, input)
                            && input.type(group).equals(node.type().type(i)),
                    "group column " + i + " has another type than its input");
        }
        for (int i = 0; i < node.calls().size(); i++) {
            AggregateCall call = node.calls().get(i);
            call.arguments().forEach(c -> expect(inRange(c, input), "an argument that does not exist"));
            call.order().forEach(key -> expect(inRange(key.column(), input), "an order that does not exist"));
            call.filter()
                    .ifPresent(c -> expect(
                            inRange(c, input) && input.type(c).name() == TypeName.BOOLEAN,
                            "a FILTER that is not a BOOLEAN column"));
            expect(
                    call.type().equals(node.type().type(node.groupColumns().size() + i)),
                    "call " + i + " has another type than its column");
        }
        node.closeTime().ifPresent(close -> checkCloseTime(close, node.type()));
        return violations;
    }

    private void checkCloseTime(CloseTime close, RowType type) {
        expect(
                inRange(close.column(), type)
                        && type.type(close.column()).name().isTimestamp(),
                "a close time that is not a TIMESTAMP column");
    }

    @Override
    public List<String> visitJoin(JoinNode node) {
        RowType left = node.left().type();
        RowType right = node.right().type();
        checkJoined(node.kind(), left, right, node.keys(), node.type());
        node.residual().ifPresent(r -> {
            checkExpression(r, node.pairType());
            expect(r.type().name() == TypeName.BOOLEAN, "a residual condition of type " + r.type());
        });
        node.release().left().ifPresent(close -> checkCloseTime(close, left));
        node.release().right().ifPresent(close -> checkCloseTime(close, right));
        return violations;
    }

    private void checkJoined(JoinKind kind, RowType left, RowType right, JoinKeys keys, RowType type) {
        RowType result = JoinNode.resultType(kind, left, right);
        expect(type.size() == result.size(), "a join that loses columns");
        for (int i = 0; i < Math.min(result.size(), type.size()); i++) {
            expect(fits(result.type(i), type.type(i)), "a join that changes the type of column " + i);
        }
        for (int i = 0; i < keys.left().size(); i++) {
            int leftKey = keys.left().get(i);
            int rightKey = keys.right().get(i);
            expect(
                    inRange(leftKey, left)
                            && inRange(rightKey, right)
                            && left.type(leftKey).sameExceptNullability(right.type(rightKey)),
                    "join keys of different types");
        }
    }

    @Override
    public List<String> visitAsofJoin(AsofJoinNode node) {
        checkJoined(node.kind(), node.left().type(), node.right().type(), node.keys(), node.type());
        AsofMatch match = node.match();
        RowType left = node.left().type();
        RowType right = node.right().type();
        boolean exists = inRange(match.left(), left) && inRange(match.right(), right);
        expect(
                exists && left.type(match.left()).sameExceptNullability(right.type(match.right())),
                "an as-of join that matches values of different types");
        expect(
                node.settledMicros().isEmpty() || left.type(match.left()).name().isTimestamp(),
                "an as-of join that settles by a value that is no TIMESTAMP");
        return violations;
    }

    @Override
    public List<String> visitUnion(UnionNode node) {
        expectAlike(node);
        return violations;
    }

    @Override
    public List<String> visitSetOperation(SetOperationNode node) {
        expectAlike(node);
        return violations;
    }

    private void expectAlike(PlanNode node) {
        for (PlanNode input : node.inputs()) {
            expect(input.type().size() == node.type().size(), "inputs with rows of different lengths");
            for (int i = 0; i < Math.min(input.type().size(), node.type().size()); i++) {
                expect(fits(input.type().type(i), node.type().type(i)), "inputs of different types in column " + i);
            }
        }
    }

    @Override
    public List<String> visitRecursion(RecursionNode node) {
        expectAlike(node);
        expect(rowsOf(node.next(), node) > 0, "a recursion whose next rows do not follow from its rows");
        expect(rowsOf(node.start(), node) == 0, "a recursion that starts with its own rows");
        return violations;
    }

    @Override
    public List<String> visitRecursionRows(RecursionRowsNode node) {
        return violations;
    }

    /** How often rows of a recursion are read, all of them as they are. */
    private int rowsOf(PlanNode below, RecursionNode recursion) {
        int count = 0;
        if (below instanceof RecursionRowsNode rows && rows.number() == recursion.number()) {
            expect(rows.type().types().equals(recursion.type().types()), "rows of a recursion of other types");
            count++;
        }
        expect(
                !(below instanceof RecursionNode inner) || inner.number() != recursion.number(),
                "a recursion inside of one with its number");
        for (PlanNode input : below.inputs()) {
            count += rowsOf(input, recursion);
        }
        return count;
    }

    @Override
    public List<String> visitWindow(WindowNode node) {
        expectWindowColumns(node.input().type(), node.timeColumn(), node.type());
        return violations;
    }

    private void expectWindowColumns(RowType input, int timeColumn, RowType result) {
        int columns = input.size();
        expect(result.size() == columns + 2, "windows that lose columns");
        for (int i = 0; i < Math.min(columns, result.size()); i++) {
            expect(fits(input.type(i), result.type(i)), "windows that change the type of column " + i);
        }
        expect(
                inRange(timeColumn, input) && input.type(timeColumn).name().isTimestamp(),
                "windows over a column that is no TIMESTAMP");
    }

    @Override
    public List<String> visitSession(SessionNode node) {
        expectWindowColumns(node.input().type(), node.timeColumn(), node.type());
        node.keys().forEach(key -> expect(inRange(key, node.input().type()), "a session key that does not exist"));
        node.closeTime().ifPresent(close -> checkCloseTime(close, node.type()));
        return violations;
    }

    @Override
    public List<String> visitUnnest(UnnestNode node) {
        RowType input = node.input().type();
        boolean areCollections = node.columns().stream()
                .allMatch(c -> inRange(c, input)
                        && List.of(TypeName.ARRAY, TypeName.MAP)
                                .contains(input.type(c).name()));
        if (!areCollections) {
            violations.add("elements of what is no array or map");
            return violations;
        }
        List<SqlType> expected = new ArrayList<>(input.types());
        expected.addAll(UnnestNode.elementTypes(input, node.columns()));
        if (node.ordinality()) {
            expected.add(SqlType.INTEGER);
        }
        boolean right = expected.size() == node.type().size();
        for (int i = 0; right && i < expected.size(); i++) {
            right = expected.get(i).sameExceptNullability(node.type().type(i));
        }
        expect(right, "elements of other types than those of the collection");
        return violations;
    }

    @Override
    public List<String> visitNowFilter(NowFilterNode node) {
        expect(plan.emitMode() == EmitMode.CHANGES, "the clock in a query that is not CHANGES");
        expect(node.type().types().equals(node.input().type().types()), "a filter that changes types");
        node.from().ifPresent(bound -> checkCloseTime(bound, node.type()));
        node.until().ifPresent(bound -> checkCloseTime(bound, node.type()));
        return violations;
    }

    @Override
    public List<String> visitSort(SortNode node) {
        expect(false, "an order below the top");
        return violations;
    }

    @Override
    public List<String> visitTopN(TopNNode node) {
        RowType input = node.input().type();
        for (int i = 0; i < input.size(); i++) {
            expect(node.type().type(i).equals(input.type(i)), "a Top-N that changes the type of column " + i);
        }
        if (node.hasRank()) {
            expect(
                    node.type().type(input.size()).equals(SqlType.BIGINT.notNull()),
                    "a rank that is not a BIGINT without NULL");
        }
        checkPartition(node.partition(), node.keys(), input);
        node.closeTime().ifPresent(close -> checkPartitionClose(close, node.partition(), node.type()));
        return violations;
    }

    @Override
    public List<String> visitOver(OverNode node) {
        RowType input = node.input().type();
        for (int i = 0; i < input.size(); i++) {
            expect(node.type().type(i).equals(input.type(i)), "window functions change the type of column " + i);
        }
        for (int i = 0; i < node.calls().size(); i++) {
            expect(
                    node.calls().get(i).type().equals(node.type().type(input.size() + i)),
                    "window function " + i + " has another type than its column");
        }
        checkPartition(node.partition(), node.keys(), input);
        node.closeTime().ifPresent(close -> checkPartitionClose(close, node.partition(), node.type()));
        checkSettling(node.settledMicros(), node.keys(), input);
        return violations;
    }

    private void checkSettling(OptionalLong settledMicros, List<SortKey> keys, RowType input) {
        boolean byTime = !keys.isEmpty()
                && !keys.get(0).descending()
                && inRange(keys.get(0).column(), input)
                && input.type(keys.get(0).column()).name().isTimestamp();
        expect(settledMicros.isEmpty() || byTime, "rows settle that are not ordered by a TIMESTAMP");
    }

    private void checkPartition(List<Integer> partition, List<SortKey> keys, RowType input) {
        partition.forEach(c -> expect(inRange(c, input), "partition column " + c + " does not exist"));
        keys.forEach(k -> expect(inRange(k.column(), input), "sort column " + k.column() + " does not exist"));
    }

    private void checkPartitionClose(CloseTime close, List<Integer> partition, RowType type) {
        checkCloseTime(close, type);
        expect(partition.contains(close.column()), "a close time that is not of the partition");
    }

    @Override
    public List<String> visitMatch(MatchNode node) {
        RowType input = node.input().type();
        node.partition().forEach(c -> expect(inRange(c, input), "partition column " + c + " does not exist"));
        node.order().forEach(k -> expect(inRange(k.column(), input), "sort column " + k.column() + " does not exist"));
        for (PatternVariable variable : node.pattern().variables()) {
            variable.condition().ifPresent(condition -> {
                checkExpression(condition.expression(), Navigation.rowOf(condition.navigations()));
                expect(
                        condition.expression().type().name() == TypeName.BOOLEAN,
                        "a pattern variable whose condition is no BOOLEAN");
            });
        }
        MatchOutput output = node.output();
        for (int i = 0; i < output.columns().size(); i++) {
            int column = output.columns().get(i);
            expect(
                    inRange(column, input)
                            && input.type(column).equals(node.type().type(i)),
                    "a match that changes the type of column " + i);
        }
        RowType read = Navigation.rowOf(output.navigations());
        output.measures().forEach(measure -> checkExpression(measure, read));
        checkSettling(node.settledMicros(), node.order(), input);
        expect(
                !output.onlyFinal() || node.settledMicros().isPresent(),
                "a match that waits to be final, which it never is");
        return violations;
    }

    @Override
    public List<String> visitHoldUntil(HoldUntilNode node) {
        expect(plan.emitMode() == EmitMode.FINAL, "rows are held back in a query that is not FINAL");
        expect(node.type().equals(node.input().type()), "holding rows back changes their type");
        checkCloseTime(node.closeTime(), node.type());
        return violations;
    }

    private static boolean fits(SqlType value, SqlType column) {
        return value.sameExceptNullability(column) && (column.nullable() || !value.nullable());
    }
}
