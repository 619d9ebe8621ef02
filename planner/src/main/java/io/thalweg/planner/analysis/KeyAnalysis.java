package io.thalweg.planner.analysis;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.MaterializedViewDefinition;
import io.thalweg.model.catalog.TableDefinition;
import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.plan.AggregateNode;
import io.thalweg.model.plan.AsofJoinNode;
import io.thalweg.model.plan.CalcNode;
import io.thalweg.model.plan.HoldUntilNode;
import io.thalweg.model.plan.JoinNode;
import io.thalweg.model.plan.MatchNode;
import io.thalweg.model.plan.NowFilterNode;
import io.thalweg.model.plan.OverCall;
import io.thalweg.model.plan.OverCall.PlaceFunction;
import io.thalweg.model.plan.OverNode;
import io.thalweg.model.plan.ParametersNode;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.RankRange.RankFunction;
import io.thalweg.model.plan.RecursionNode;
import io.thalweg.model.plan.RecursionRowsNode;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SessionNode;
import io.thalweg.model.plan.SetOperationNode;
import io.thalweg.model.plan.SortNode;
import io.thalweg.model.plan.SourceKind;
import io.thalweg.model.plan.TopNNode;
import io.thalweg.model.plan.UnionNode;
import io.thalweg.model.plan.UnnestNode;
import io.thalweg.model.plan.ValuesNode;
import io.thalweg.model.plan.WindowNode;
import io.thalweg.model.type.TypeName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Finds columns of a plan's answer that no two rows share; an empty list if there is never more than one row. On the way up
 * it carries several such keys, since the columns of one may be dropped where those of another are kept: of a window, for
 * one, either bound will do.
 */
public final class KeyAnalysis implements PlanNode.Visitor<Set<List<Integer>>> {
    private static final int MAX_KEYS = 8;

    private final SourceCatalog sources;

    private KeyAnalysis(SourceCatalog sources) {
        this.sources = sources;
    }

    /** @param objects those that the plan reads */
    public static Optional<List<Integer>> keyOf(PlanNode plan, Collection<CatalogObject> objects) {
        return plan.accept(new KeyAnalysis(new SourceCatalog(objects))).stream().findFirst();
    }

    @Override
    public Set<List<Integer>> visitScan(ScanNode node) {
        if (node.kind() == SourceKind.STREAM || node.kind() == SourceKind.LATE_ROWS) {
            return positions(List.of(ScanNode.PARTITION_COLUMN, ScanNode.OFFSET_COLUMN), node.columns());
        }
        CatalogObject object = sources.find(node).orElse(null);
        if (object instanceof TableDefinition table) {
            return positions(table.primaryKey(), node.columns());
        }
        return object instanceof MaterializedViewDefinition view
                        && view.plan().key().isPresent()
                ? positions(view.plan().key().get(), node.columns())
                : Set.of();
    }

    /** Where the columns of a key are among others; nothing if one is not there. */
    private static Set<List<Integer>> positions(List<Integer> key, List<Integer> columns) {
        List<Integer> positions = key.stream().map(columns::indexOf).toList();
        return positions.contains(-1) ? Set.of() : Set.of(positions);
    }

    private static Set<List<Integer>> limited(Set<List<Integer>> keys) {
        Set<List<Integer>> some = new LinkedHashSet<>();
        keys.stream().limit(MAX_KEYS).forEach(some::add);
        return some;
    }

    @Override
    public Set<List<Integer>> visitValues(ValuesNode node) {
        return node.rows().size() <= 1 ? Set.of(List.of()) : Set.of();
    }

    @Override
    public Set<List<Integer>> visitParameters(ParametersNode node) {
        return Set.of();
    }

    @Override
    public Set<List<Integer>> visitCalc(CalcNode node) {
        List<Integer> origins =
                node.projections().stream().map(KeyAnalysis::origin).toList();
        Set<List<Integer>> keys = new LinkedHashSet<>();
        for (List<Integer> key : node.input().accept(this)) {
            keys.addAll(positions(key, origins));
        }
        return limited(keys);
    }

    /** The column that an expression tells the values of apart; -1 if there is none. */
    private static int origin(ScalarExpression expression) {
        if (expression instanceof ColumnReference column) {
            return column.column();
        }
        return isShift(expression) ? origin(((FunctionCall) expression).argument(0)) : -1;
    }

    private static boolean isShift(ScalarExpression expression) {
        return expression instanceof FunctionCall call
                && call.function() == ScalarFunction.ADD_INTERVAL
                && call.type().name().isTimestamp()
                && call.argument(0).type().sameExceptNullability(call.type())
                && call.argument(1) instanceof Literal interval
                && interval.type().name() == TypeName.INTERVAL_MICROS;
    }

    /** All group columns together; of those that are the same value but for a constant, any one. */
    @Override
    public Set<List<Integer>> visitAggregate(AggregateNode node) {
        List<Integer> groups =
                IntStream.range(0, node.groupColumns().size()).boxed().toList();
        Set<List<Integer>> keys = new LinkedHashSet<>();
        for (int group : groups) {
            List<Integer> same = groups.stream()
                    .filter(other -> other == group || alike(node, group, other))
                    .toList();
            if (same.size() > 1) {
                keys.add(groups.stream()
                        .filter(g -> g == group || !same.contains(g))
                        .toList());
            }
        }
        keys.add(groups);
        return limited(keys);
    }

    private static boolean alike(AggregateNode node, int first, int second) {
        if (!(node.input() instanceof CalcNode calc)) {
            return false;
        }
        ScalarExpression a =
                unshifted(calc.projections().get(node.groupColumns().get(first)));
        ScalarExpression b =
                unshifted(calc.projections().get(node.groupColumns().get(second)));
        return a.equals(b) && !(a instanceof Literal);
    }

    private static ScalarExpression unshifted(ScalarExpression expression) {
        ScalarExpression inner = expression;
        while (isShift(inner)) {
            inner = ((FunctionCall) inner).argument(0);
        }
        return inner;
    }

    /**
     * A side that is joined on its whole key adds at most one row to each of the other. That tells nothing of rows that come
     * without the other side: they are told apart by their own key only if all rows are.
     */
    @Override
    public Set<List<Integer>> visitJoin(JoinNode node) {
        Set<List<Integer>> left = node.left().accept(this);
        if (!node.kind().emitsPairs()) {
            return left;
        }
        Set<List<Integer>> right = node.right().accept(this);
        int shift = node.left().type().size();
        Set<List<Integer>> keys = new LinkedHashSet<>();
        for (List<Integer> leftKey : left) {
            for (List<Integer> rightKey : right) {
                List<Integer> shifted = rightKey.stream().map(c -> c + shift).toList();
                boolean rightIsLookup = node.rightKeys().containsAll(rightKey);
                boolean leftIsLookup = node.leftKeys().containsAll(leftKey);
                boolean leftTells = rightIsLookup && !node.kind().keepsUnmatchedRight();
                boolean rightTells = leftIsLookup && !node.kind().keepsUnmatchedLeft();
                if (leftTells) {
                    keys.add(leftKey);
                }
                if (rightTells) {
                    keys.add(shifted);
                }
                if (!leftTells && !rightTells) {
                    List<Integer> both = new ArrayList<>(leftKey);
                    both.addAll(shifted);
                    keys.add(both);
                }
            }
        }
        return limited(keys);
    }

    /** A left row has one partner at most. */
    @Override
    public Set<List<Integer>> visitAsofJoin(AsofJoinNode node) {
        return node.left().accept(this);
    }

    @Override
    public Set<List<Integer>> visitUnion(UnionNode node) {
        return Set.of();
    }

    /** No row is there that is not in the left input, and without ALL none is there twice. */
    @Override
    public Set<List<Integer>> visitSetOperation(SetOperationNode node) {
        Set<List<Integer>> keys = new LinkedHashSet<>(node.left().accept(this));
        switch (node.operation()) {
            case INTERSECT, EXCEPT ->
                keys.add(IntStream.range(0, node.type().size()).boxed().toList());
            case INTERSECT_ALL, EXCEPT_ALL -> {}
        }
        return limited(keys);
    }

    @Override
    public Set<List<Integer>> visitRecursion(RecursionNode node) {
        return node.all()
                ? Set.of()
                : limited(Set.of(IntStream.range(0, node.type().size()).boxed().toList()));
    }

    @Override
    public Set<List<Integer>> visitRecursionRows(RecursionRowsNode node) {
        return Set.of();
    }

    /** A row that is repeated is told from its copies by the end of the window. */
    @Override
    public Set<List<Integer>> visitWindow(WindowNode node) {
        Set<List<Integer>> keys = new LinkedHashSet<>();
        int inputColumns = node.input().type().size();
        for (List<Integer> key : node.input().accept(this)) {
            for (int bound : node.kind() == WindowNode.Kind.HOP ? List.of(0, 1) : List.of(1)) {
                List<Integer> windowed = new ArrayList<>(key);
                windowed.add(inputColumns + bound);
                keys.add(windowed);
            }
        }
        return limited(keys);
    }

    /** The elements of a row are told apart by their positions only. */
    @Override
    public Set<List<Integer>> visitUnnest(UnnestNode node) {
        Set<List<Integer>> keys = new LinkedHashSet<>();
        if (node.ordinality()) {
            for (List<Integer> key : node.input().accept(this)) {
                List<Integer> placed = new ArrayList<>(key);
                placed.add(node.type().size() - 1);
                keys.add(placed);
            }
        }
        return limited(keys);
    }

    /** A row is in one session. */
    @Override
    public Set<List<Integer>> visitSession(SessionNode node) {
        return node.input().accept(this);
    }

    @Override
    public Set<List<Integer>> visitNowFilter(NowFilterNode node) {
        return node.input().accept(this);
    }

    @Override
    public Set<List<Integer>> visitSort(SortNode node) {
        return node.input().accept(this);
    }

    /** One row a partition, or one for each rank of it. */
    @Override
    public Set<List<Integer>> visitTopN(TopNNode node) {
        Set<List<Integer>> keys = new LinkedHashSet<>();
        boolean numbersRows = node.range().function() == RankFunction.ROW_NUMBER;
        if (numbersRows && node.range().first() == node.range().last()) {
            keys.add(node.partition());
        }
        keys.addAll(node.input().accept(this));
        if (numbersRows && node.hasRank()) {
            List<Integer> ranked = new ArrayList<>(node.partition());
            ranked.add(node.type().size() - 1);
            keys.add(ranked);
        }
        return limited(keys);
    }

    /** Matches may overlap, and nothing says that a measure tells them apart. */
    @Override
    public Set<List<Integer>> visitMatch(MatchNode node) {
        return Set.of();
    }

    @Override
    public Set<List<Integer>> visitOver(OverNode node) {
        Set<List<Integer>> keys = new LinkedHashSet<>(node.input().accept(this));
        for (int i = 0; i < node.calls().size(); i++) {
            if (node.calls().get(i) instanceof OverCall.Place place && place.function() == PlaceFunction.ROW_NUMBER) {
                List<Integer> numbered = new ArrayList<>(node.partition());
                numbered.add(node.input().type().size() + i);
                keys.add(numbered);
            }
        }
        return limited(keys);
    }

    @Override
    public Set<List<Integer>> visitHoldUntil(HoldUntilNode node) {
        return node.input().accept(this);
    }
}
