package io.thalweg.planner.rewrite;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelShuttleImpl;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Joins tables in an order in which each is joined on an equality with those before it, where the written order would make
 * all pairs of rows first. Joins without such a pair stay as written. The columns keep their order.
 */
final class JoinOrder extends RelShuttleImpl {
    private JoinOrder() {}

    static RelNode reorder(RelNode query) {
        return query.accept(new JoinOrder());
    }

    @Override
    public RelNode visit(LogicalJoin join) {
        Written written = new Written();
        written.add(join, 0);
        if (written.factors.size() < 3 || !written.hasCrossProduct) {
            return super.visit(join);
        }
        List<RelNode> inputs = new ArrayList<>();
        for (Factor factor : written.factors) {
            inputs.add(factor.rel().accept(this));
        }
        List<List<Integer>> components = components(written);
        if (components.size() == inputs.size()) {
            return super.visit(join);
        }
        Rebuilt rebuilt = new Rebuilt(join, written, inputs);
        return rebuilt.inWrittenOrder(components);
    }

    /** The tables, as many as can be joined on equalities in one list, in the order in which they are to be joined. */
    private static List<List<Integer>> components(Written written) {
        Set<Integer> left = new LinkedHashSet<>();
        for (int i = 0; i < written.factors.size(); i++) {
            left.add(i);
        }
        List<List<Integer>> components = new ArrayList<>();
        while (!left.isEmpty()) {
            List<Integer> component = new ArrayList<>();
            int next = left.iterator().next();
            while (next >= 0) {
                left.remove(next);
                component.add(next);
                next = connected(written, component, left);
            }
            components.add(component);
        }
        return components;
    }

    /** The first table that an equality connects with a component; -1 if there is none. */
    private static int connected(Written written, List<Integer> component, Set<Integer> candidates) {
        ImmutableBitSet columns = written.columns(component);
        for (int candidate : candidates) {
            ImmutableBitSet own = written.columns(List.of(candidate));
            if (written.conjuncts.stream().anyMatch(c -> isKey(c, columns, own))) {
                return candidate;
            }
        }
        return -1;
    }

    /** Whether a condition is an equality between two sides. */
    private static boolean isKey(RexNode condition, ImmutableBitSet left, ImmutableBitSet right) {
        if (!(condition instanceof RexCall equality) || equality.getKind() != SqlKind.EQUALS) {
            return false;
        }
        ImmutableBitSet first =
                RelOptUtil.InputFinder.bits(equality.getOperands().get(0));
        ImmutableBitSet second =
                RelOptUtil.InputFinder.bits(equality.getOperands().get(1));
        boolean read = !first.isEmpty() && !second.isEmpty();
        return read
                && ((left.contains(first) && right.contains(second))
                        || (left.contains(second) && right.contains(first)));
    }

    /**
     * A table of a tree of joins.
     *
     * @param start its first column among those of the tree
     */
    private record Factor(RelNode rel, int start) {
        ImmutableBitSet columns() {
            return ImmutableBitSet.range(start, start + rel.getRowType().getFieldCount());
        }
    }

    /** A tree of inner joins, taken apart: its tables, and its conditions over the columns of all of them. */
    private static final class Written {
        private final List<Factor> factors = new ArrayList<>();
        private final List<RexNode> conjuncts = new ArrayList<>();
        private boolean hasCrossProduct;

        void add(RelNode rel, int start) {
            if (!(rel instanceof LogicalJoin join) || join.getJoinType() != JoinRelType.INNER) {
                factors.add(new Factor(rel, start));
                return;
            }
            int leftSize = join.getLeft().getRowType().getFieldCount();
            int size = join.getRowType().getFieldCount();
            add(join.getLeft(), start);
            add(join.getRight(), start + leftSize);
            ImmutableBitSet left = ImmutableBitSet.range(start, start + leftSize);
            ImmutableBitSet right = ImmutableBitSet.range(start + leftSize, start + size);
            List<RexNode> own = RelOptUtil.conjunctions(RexUtil.shift(join.getCondition(), start));
            hasCrossProduct |= own.stream().noneMatch(c -> isKey(c, left, right));
            conjuncts.addAll(own);
        }

        ImmutableBitSet columns(List<Integer> component) {
            return ImmutableBitSet.union(
                    component.stream().map(i -> factors.get(i).columns()).toList());
        }
    }

    /** The joins in their new order; conditions are put where all their columns are there first. */
    private static final class Rebuilt {
        private final LogicalJoin join;
        private final Written written;
        private final List<RelNode> inputs;
        private final List<RexNode> waiting;
        private final RexBuilder expressions;

        Rebuilt(LogicalJoin join, Written written, List<RelNode> inputs) {
            this.join = join;
            this.written = written;
            this.inputs = inputs;
            this.waiting = new ArrayList<>(written.conjuncts);
            this.expressions = join.getCluster().getRexBuilder();
        }

        RelNode inWrittenOrder(List<List<Integer>> components) {
            List<Part> parts = new ArrayList<>();
            for (List<Integer> component : components) {
                parts.add(
                        component.stream().map(this::part).reduce(this::joined).orElseThrow());
            }
            Part all = parts.stream().reduce(this::joined).orElseThrow();
            List<RexNode> columns = new ArrayList<>();
            for (int i = 0; i < all.columns().size(); i++) {
                columns.add(RexInputRef.of(all.columns().indexOf(i), all.rel().getRowType()));
            }
            return LogicalProject.create(
                    all.rel(), List.of(), columns, join.getRowType().getFieldNames(), Set.of());
        }

        private Part part(int factor) {
            return new Part(
                    inputs.get(factor), written.factors.get(factor).columns().asList());
        }

        private Part joined(Part left, Part right) {
            List<Integer> columns = new ArrayList<>(left.columns());
            columns.addAll(right.columns());
            ImmutableBitSet present = ImmutableBitSet.of(columns);
            List<RexNode> own = waiting.stream()
                    .filter(c -> present.contains(RelOptUtil.InputFinder.bits(c)))
                    .toList();
            waiting.removeAll(own);
            RexNode condition = RexUtil.composeConjunction(expressions, own).accept(new Renumbering(columns));
            RelNode rel =
                    LogicalJoin.create(left.rel(), right.rel(), List.of(), condition, Set.of(), JoinRelType.INNER);
            return new Part(rel, columns);
        }
    }

    /** Puts columns of a new join in the place of those of the written tree. */
    private static final class Renumbering extends RexShuttle {
        private final List<Integer> columns;

        Renumbering(List<Integer> columns) {
            this.columns = columns;
        }

        @Override
        public RexNode visitInputRef(RexInputRef column) {
            return new RexInputRef(columns.indexOf(column.getIndex()), column.getType());
        }
    }

    /** @param columns which column of the written tree each column is */
    private record Part(RelNode rel, List<Integer> columns) {}
}
