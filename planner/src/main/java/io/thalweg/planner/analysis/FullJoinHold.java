package io.thalweg.planner.analysis;

import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.plan.CalcNode;
import io.thalweg.model.plan.CloseTime;
import io.thalweg.model.plan.HoldUntilNode;
import io.thalweg.model.plan.JoinNode;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds the rows of a FULL join until they are final. No column tells for all of them, since either side may be missing; but
 * one of the sides is there, and its time tells. So the rows get one more column for as long as they are held.
 */
final class FullJoinHold {
    private static final String FINAL_AT = "$final";

    private FullJoinHold() {}

    /**
     * @param left when rows with a left side are final, over the columns of the join
     * @param right the same of rows with a right side
     */
    static Optional<PlanNode> hold(JoinNode join, CloseTime left, CloseTime right) {
        SqlType leftType = join.type().type(left.column());
        SqlType rightType = join.type().type(right.column());
        if (leftType.name() != rightType.name()) {
            return Optional.empty();
        }
        SqlType type = (leftType.precision() > rightType.precision() ? leftType : rightType).withNullable(true);
        List<ScalarExpression> columns = new ArrayList<>();
        List<Field> fields = new ArrayList<>(join.type().fields());
        for (int i = 0; i < fields.size(); i++) {
            columns.add(new ColumnReference(i, join.type().type(i)));
        }
        List<ScalarExpression> original = List.copyOf(columns);
        columns.add(FunctionCall.of(
                ScalarFunction.COALESCE,
                type,
                finalAt(original.get(left.column()), left, type),
                finalAt(original.get(right.column()), right, type)));
        fields.add(new Field(FINAL_AT, type));
        CalcNode timed = new CalcNode(join, Optional.empty(), columns, new RowType(fields));
        PlanNode held = new HoldUntilNode(timed, new CloseTime(original.size(), 0), timed.type());
        return Optional.of(new CalcNode(held, Optional.empty(), original, join.type()));
    }

    private static ScalarExpression finalAt(ScalarExpression time, CloseTime close, SqlType type) {
        ScalarExpression value =
                time.type().sameExceptNullability(type) ? time : FunctionCall.of(ScalarFunction.CAST, type, time);
        Literal interval = new Literal(close.offsetMicros(), SqlType.INTERVAL_MICROS.notNull());
        return FunctionCall.of(ScalarFunction.ADD_INTERVAL, type, value, interval);
    }
}
