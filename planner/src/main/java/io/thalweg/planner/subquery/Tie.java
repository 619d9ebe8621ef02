package io.thalweg.planner.subquery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * A condition that says of the rows of a query that a value of theirs equals one of the outer row. Rows with different
 * values never fit the same outer row, so they may be grouped by the value before the outer row is known.
 *
 * @param operator equality, or the equality that NULL has with NULL
 * @param outerSide reads the outer row only
 * @param innerSide does not read the outer row
 */
record Tie(SqlOperator operator, RexNode outerSide, RexNode innerSide) {
    static Optional<Tie> of(RexNode condition, OuterRow outer) {
        boolean isEquality =
                condition.getKind() == SqlKind.EQUALS || condition.getKind() == SqlKind.IS_NOT_DISTINCT_FROM;
        if (!isEquality || !(condition instanceof RexCall call)) {
            return Optional.empty();
        }
        RexNode first = call.getOperands().get(0);
        RexNode second = call.getOperands().get(1);
        if (outer.isReadBy(second)) {
            RexNode swapped = first;
            first = second;
            second = swapped;
        }
        boolean isApart = outer.isReadBy(first)
                && !outer.isReadBy(second)
                && RelOptUtil.InputFinder.bits(first).isEmpty();
        return isApart && tellsApart(first.getType(), second.getType())
                ? Optional.of(new Tie(call.getOperator(), first, second))
                : Optional.empty();
    }

    /** All conditions as ties; empty if one is none. */
    static Optional<List<Tie>> all(List<RexNode> conditions, OuterRow outer) {
        List<Tie> ties = new ArrayList<>();
        for (RexNode condition : conditions) {
            Optional<Tie> tie = of(condition, outer);
            if (tie.isEmpty()) {
                return Optional.empty();
            }
            ties.add(tie.get());
        }
        return Optional.of(ties);
    }

    /** Whether two different values never equal the same value of the other type, as decimals would a rounded DOUBLE. */
    private static boolean tellsApart(RelDataType outer, RelDataType inner) {
        SqlTypeName a = outer.getSqlTypeName();
        SqlTypeName b = inner.getSqlTypeName();
        return a == b
                || (SqlTypeName.EXACT_TYPES.contains(a) && SqlTypeName.EXACT_TYPES.contains(b))
                || (SqlTypeName.APPROX_TYPES.contains(a) && SqlTypeName.APPROX_TYPES.contains(b));
    }

    /** Whether the values of both sides are not only equal but the same: zero has two signs. */
    boolean isSame() {
        RelDataType a = outerSide.getType();
        RelDataType b = innerSide.getType();
        return operator.getKind() == SqlKind.EQUALS
                && a.getSqlTypeName() == b.getSqlTypeName()
                && a.getPrecision() == b.getPrecision()
                && a.getScale() == b.getScale()
                && !SqlTypeName.APPROX_TYPES.contains(a.getSqlTypeName());
    }
}
