package io.thalweg.planner.lowering;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.type.RowType;
import io.thalweg.planner.type.TypeTranslator;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * GROUPING SETS, ROLLUP and CUBE: one aggregation for each set of columns over the same input, and all their rows together.
 * So every set has a table of keys of its own kind, the empty set has its one row over no rows, and a set whose windows
 * close gives up its state like any other aggregation. What a set does not group by is NULL in its rows.
 *
 * <p>GROUPING tells of its arguments whether the set leaves them out, as bits, the last argument being the lowest; that is
 * a constant of each set. GROUP_ID is 0: a set that is asked for more than once never gets here as such.
 */
final class GroupingSets {
    /** CUBE of seven columns. */
    private static final int MAX_SETS = 128;
    /** Sets within sets multiply what is below them. */
    private static final int MAX_NODES = 10_000;

    private final Aggregate aggregate;
    private final PlanNode input;
    private final List<Integer> groups;
    private final List<String> names;
    private final RowType declared;

    private GroupingSets(Aggregate aggregate, PlanNode input) {
        this.aggregate = aggregate;
        this.input = input;
        this.groups = aggregate.getGroupSet().asList();
        this.names = aggregate.getRowType().getFieldNames();
        this.declared = TypeTranslator.toModelRow(aggregate.getRowType());
    }

    static PlanNode lower(Aggregate aggregate, PlanNode input) {
        int sets = aggregate.getGroupSets().size();
        if (sets > MAX_SETS || (long) size(input) * sets > MAX_NODES) {
            throw new ThalwegException(
                            ErrorCode.STATEMENT_TOO_COMPLEX, "GROUP BY asks for " + sets + " sets of columns at once")
                    .withHint("At most " + MAX_SETS + " are possible, and fewer where the input is a large query.");
        }
        GroupingSets lowering = new GroupingSets(aggregate, input);
        List<PlanNode> parts =
                aggregate.getGroupSets().stream().map(lowering::rowsOf).toList();
        return parts.size() == 1 ? parts.get(0) : PlanBuilder.unionAll(parts, lowering.declared);
    }

    private static int size(PlanNode node) {
        return 1 + node.inputs().stream().mapToInt(GroupingSets::size).sum();
    }

    private PlanNode rowsOf(ImmutableBitSet set) {
        List<AggregateCall> folding = new ArrayList<>();
        List<String> foldedNames = new ArrayList<>();
        for (int group : set) {
            foldedNames.add(names.get(groups.indexOf(group)));
        }
        for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
            AggregateCall call = aggregate.getAggCallList().get(i);
            if (!isConstant(call)) {
                folding.add(call);
                foldedNames.add(names.get(groups.size() + i));
            }
        }
        PlanNode folded = AggregateLowering.simple(input, set.asList(), folding, foldedNames);
        return CalcComposer.project(folded, columns(set, folded.type()), names);
    }

    /** Whether a call tells of the set only, not of its rows. */
    static boolean isConstant(AggregateCall call) {
        SqlKind kind = call.getAggregation().getKind();
        return kind == SqlKind.GROUPING
                || kind == SqlKind.GROUP_ID
                || "GROUPING_ID".equals(call.getAggregation().getName());
    }

    /** The columns of the result over the rows of one set. */
    private List<ScalarExpression> columns(ImmutableBitSet set, RowType folded) {
        List<ScalarExpression> columns = new ArrayList<>();
        int next = 0;
        for (int group : groups) {
            columns.add(
                    set.get(group)
                            ? new ColumnReference(next, folded.type(next++))
                            : Literal.nullOf(declared.type(columns.size())));
        }
        for (AggregateCall call : aggregate.getAggCallList()) {
            columns.add(
                    isConstant(call)
                            ? new Literal(leftOut(call, set), declared.type(columns.size()))
                            : new ColumnReference(next, folded.type(next++)));
        }
        return columns;
    }

    private static long leftOut(AggregateCall call, ImmutableBitSet set) {
        long bits = 0;
        for (int argument : call.getArgList()) {
            bits = bits << 1 | (set.get(argument) ? 0 : 1);
        }
        return bits;
    }
}
