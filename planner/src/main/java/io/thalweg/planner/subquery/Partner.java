package io.thalweg.planner.subquery;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * The rows of a query as the side of an outer join that may be missing: what the query returns of them is NULL then. Whatever
 * can be computed before the join is a column; what reads the outer row is computed behind it, if a constant column says that
 * the row is there.
 */
final class Partner {
    private static final int MARKER = 0;

    private final Unnested query;
    private final OuterRow outer;
    private final RexBuilder expressions;
    /** For each output that is a column, which one; -1 for the others. */
    private final List<Integer> positions = new ArrayList<>();

    /** The columns that the other outputs read; they follow the outputs that are columns. */
    private final ImmutableBitSet read;

    private final int firstRead;
    private final Unnested narrow;

    /** @param query with all its rows in the relation */
    Partner(Unnested query, OuterRow outer) {
        this.query = query;
        this.outer = outer;
        this.expressions = outer.rel().getCluster().getRexBuilder();
        List<RexNode> columns = new ArrayList<>();
        ImmutableBitSet.Builder reading = ImmutableBitSet.builder();
        if (query.outputs().stream().anyMatch(outer::isReadBy)) {
            columns.add(expressions.makeLiteral(true));
        }
        for (RexNode output : query.outputs()) {
            if (outer.isReadBy(output)) {
                positions.add(-1);
                reading.addAll(RelOptUtil.InputFinder.bits(output));
            } else {
                positions.add(columns.size());
                columns.add(output);
            }
        }
        this.read = reading.build();
        this.firstRead = columns.size();
        for (int column : read) {
            columns.add(RexInputRef.of(column, query.rel().getRowType()));
        }
        this.narrow = query.withOutputs(columns).materialized();
    }

    /** The rows to be joined, and the conditions. */
    Unnested rows() {
        return narrow;
    }

    /**
     * The outputs over the rows of the join.
     *
     * @param joined has the rows of the outer relation first
     * @param shift where the columns of {@link #rows()} begin
     */
    List<RexNode> outputs(RelNode joined, int shift) {
        List<RexNode> outputs = new ArrayList<>();
        for (int i = 0; i < positions.size(); i++) {
            int position = positions.get(i);
            outputs.add(
                    position < 0
                            ? ifPresent(query.outputs().get(i), joined, shift)
                            : RexInputRef.of(shift + position, joined.getRowType()));
        }
        return outputs;
    }

    private RexNode ifPresent(RexNode output, RelNode joined, int shift) {
        List<RexNode> places = new ArrayList<>();
        for (int i = 0; i < query.rel().getRowType().getFieldCount(); i++) {
            int place = read.get(i) ? firstRead + read.indexOf(i) : MARKER;
            places.add(RexInputRef.of(shift + place, joined.getRowType()));
        }
        RexNode value = outer.replaced(
                Unnesting.substituted(output, places), field -> RexInputRef.of(field, joined.getRowType()));
        RelDataType type = expressions.getTypeFactory().createTypeWithNullability(value.getType(), true);
        RexNode isMissing =
                expressions.makeCall(SqlStdOperatorTable.IS_NULL, RexInputRef.of(shift + MARKER, joined.getRowType()));
        return expressions.makeCall(
                type, SqlStdOperatorTable.CASE, List.of(isMissing, expressions.makeNullLiteral(type), value));
    }
}
