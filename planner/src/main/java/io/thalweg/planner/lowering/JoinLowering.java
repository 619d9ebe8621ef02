package io.thalweg.planner.lowering;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.plan.JoinKind;
import io.thalweg.model.plan.JoinNode;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.ValuesNode;
import io.thalweg.model.type.Int128;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.planner.relation.MatchJoin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.BiRel;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;

/**
 * Turns a join into a join node: equalities between the sides become keys, computed before if they are more than
 * columns, and what is left is the residual condition.
 */
final class JoinLowering {
    private final ExpressionLowering expressions;

    JoinLowering(ExpressionLowering expressions) {
        this.expressions = expressions;
    }

    PlanNode lower(Join join, PlanNode left, PlanNode right) {
        return lower(kind(join.getJoinType()), join.getCondition(), join, left, right);
    }

    PlanNode lower(MatchJoin join, PlanNode left, PlanNode right) {
        JoinKind kind = join.kind() == MatchJoin.Kind.MARK ? JoinKind.MARK : JoinKind.SINGLE;
        return lower(kind, join.condition(), join, left, right);
    }

    private PlanNode lower(JoinKind kind, RexNode on, BiRel join, PlanNode left, PlanNode right) {
        int leftSize = left.type().size();
        KeyedSide leftSide = new KeyedSide(left);
        KeyedSide rightSide = new KeyedSide(right);
        List<ScalarExpression> residual = new ArrayList<>();
        ScalarExpression condition = expressions.lower(on);
        for (ScalarExpression conjunct : conjuncts(condition)) {
            if (!addKey(conjunct, leftSize, leftSide, rightSide)) {
                residual.add(conjunct);
            }
        }
        PlanNode joined =
                joined(kind, leftSide, rightSide, residual, join.getRowType().getFieldNames());
        boolean isEmpty = !kind.retracts() && ConstantFolding.isNeverTrue(condition);
        return isEmpty ? new ValuesNode(List.of(), joined.type()) : joined;
    }

    private static JoinKind kind(JoinRelType type) {
        return switch (type) {
            case INNER -> JoinKind.INNER;
            case LEFT -> JoinKind.LEFT;
            case RIGHT -> JoinKind.RIGHT;
            case FULL -> JoinKind.FULL;
            case SEMI -> JoinKind.SEMI;
            case ANTI -> JoinKind.ANTI;
            default ->
                throw new ThalwegException(
                        ErrorCode.FEATURE_NOT_SUPPORTED, type.name().replace('_', ' ') + " JOIN is not supported");
        };
    }

    static List<ScalarExpression> conjuncts(ScalarExpression condition) {
        return condition instanceof FunctionCall call && call.function() == ScalarFunction.AND
                ? call.arguments()
                : List.of(condition);
    }

    /** Adds the sides of an equality to the keys; whether it is one between both sides of the join. */
    static boolean addKey(ScalarExpression conjunct, int leftSize, KeyedSide left, KeyedSide right) {
        if (!(conjunct instanceof FunctionCall equality)
                || (equality.function() != ScalarFunction.EQUAL
                        && equality.function() != ScalarFunction.IS_NOT_DISTINCT_FROM)) {
            return false;
        }
        ScalarExpression first = equality.argument(0);
        ScalarExpression second = equality.argument(1);
        boolean isMirrored = isOf(second, leftSize, false) && isOf(first, leftSize, true);
        if (!isMirrored && !(isOf(first, leftSize, false) && isOf(second, leftSize, true))) {
            return false;
        }
        ScalarExpression leftKey = isMirrored ? second : first;
        ScalarExpression rightKey = isMirrored ? first : second;
        boolean nullIsEqual = equality.function() == ScalarFunction.IS_NOT_DISTINCT_FROM
                && first.type().nullable()
                && second.type().nullable();
        if (!addKeys(
                nullIsEqual ? orZero(leftKey) : leftKey,
                nullIsEqual ? orZero(rightKey) : rightKey,
                leftSize,
                left,
                right)) {
            return false;
        }
        return !nullIsEqual || addKeys(isNull(leftKey), isNull(rightKey), leftSize, left, right);
    }

    private static ScalarExpression isNull(ScalarExpression key) {
        return FunctionCall.of(ScalarFunction.IS_NULL, SqlType.BOOLEAN.notNull(), key);
    }

    /** A key that is there also where the value is NULL; another key tells NULL from zero then. */
    private static ScalarExpression orZero(ScalarExpression key) {
        SqlType type = key.type().notNull();
        return new FunctionCall(ScalarFunction.COALESCE, List.of(key, zero(type)), type);
    }

    private static Literal zero(SqlType type) {
        return new Literal(
                switch (type.kind()) {
                    case INT -> 0;
                    case LONG -> 0L;
                    case DOUBLE -> 0.0;
                    case DECIMAL128 -> Int128.of(0);
                    case BYTES -> type.name().isText() ? "" : new byte[0];
                },
                type);
    }

    /** Whether an expression has columns, and all of one side. */
    static boolean isOf(ScalarExpression expression, int leftSize, boolean rightSide) {
        int[] counts = new int[2];
        ColumnSubstitution.substitute(expression, column -> {
            counts[column.column() < leftSize ? 0 : 1]++;
            return column;
        });
        return counts[rightSide ? 1 : 0] > 0 && counts[rightSide ? 0 : 1] == 0;
    }

    private static boolean addKeys(
            ScalarExpression leftKey, ScalarExpression rightKey, int leftSize, KeyedSide left, KeyedSide right) {
        Optional<SqlType> common = keyType(leftKey.type(), rightKey.type());
        if (common.isEmpty()) {
            return false;
        }
        left.addKey(Coercion.cast(leftKey, common.get()));
        right.addKey(Coercion.cast(unshifted(rightKey, leftSize), common.get()));
        return true;
    }

    /** An expression over the right columns of a pair, over those of the right input. */
    static ScalarExpression unshifted(ScalarExpression expression, int leftSize) {
        return ColumnSubstitution.substitute(
                expression, column -> new ColumnReference(column.column() - leftSize, column.type()));
    }

    /** The type in which keys are hashed: exactly one, so DECIMALs are brought to the scale of both. */
    private static Optional<SqlType> keyType(SqlType left, SqlType right) {
        if (left.sameExceptNullability(right)) {
            return Optional.of(left);
        }
        if (left.name() == TypeName.DECIMAL && right.name() == TypeName.DECIMAL) {
            int scale = Math.max(left.scale(), right.scale());
            int whole = Math.max(left.precision() - left.scale(), right.precision() - right.scale());
            return whole + scale > SqlType.MAX_DECIMAL_PRECISION
                    ? Optional.empty()
                    : Optional.of(SqlType.decimal(whole + scale, scale));
        }
        return switch (left.name()) {
            case VARCHAR, VARBINARY -> Optional.of(new SqlType(left.name(), SqlType.UNLIMITED, 0, true));
            case TIME, TIMESTAMP, TIMESTAMP_LTZ -> Optional.of(left.precision() > right.precision() ? left : right);
            case ARRAY, MAP, ROW -> NestedTypes.common(left, right);
            default -> Optional.empty();
        };
    }

    private static PlanNode joined(
            JoinKind kind, KeyedSide left, KeyedSide right, List<ScalarExpression> residual, List<String> names) {
        int leftSize = left.originalSize();
        int shift = left.node().type().size() - leftSize;
        RowType type =
                JoinNode.resultType(kind, left.node().type(), right.node().type());
        Optional<ScalarExpression> condition = residual.isEmpty()
                ? Optional.empty()
                : Optional.of(shifted(LogicCalls.and(residual), leftSize, shift))
                        .filter(c -> !(c.equals(Literal.of(true))));
        PlanNode join = new JoinNode(kind, left.node(), right.node(), left.keys(), right.keys(), condition, type);
        List<ScalarExpression> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int column = i < leftSize ? i : i + shift;
            columns.add(new ColumnReference(column, type.type(column)));
        }
        return CalcComposer.project(join, columns, names);
    }

    /** Makes room for the computed keys that follow the left columns. */
    private static ScalarExpression shifted(ScalarExpression expression, int leftSize, int shift) {
        return ColumnSubstitution.substitute(
                expression,
                column -> column.column() < leftSize
                        ? column
                        : new ColumnReference(column.column() + shift, column.type()));
    }

    /** One side of a join, with its computed keys behind its columns. */
    static final class KeyedSide {
        private final PlanNode input;
        private final List<ScalarExpression> columns;
        private final List<String> names;
        private final List<Integer> keys = new ArrayList<>();

        KeyedSide(PlanNode input) {
            this.input = input;
            this.columns = new ArrayList<>(CalcComposer.identity(input.type()));
            this.names = new ArrayList<>(CalcComposer.names(input.type()));
        }

        int originalSize() {
            return input.type().size();
        }

        void addKey(ScalarExpression key) {
            keys.add(column(key));
        }

        /** The column with the value of an expression, added if there is none. */
        int column(ScalarExpression expression) {
            int known = columns.indexOf(expression);
            if (known < 0) {
                known = columns.size();
                columns.add(expression);
                names.add("$key" + keys.size());
            }
            return known;
        }

        List<Integer> keys() {
            return keys;
        }

        PlanNode node() {
            return columns.size() == originalSize() ? input : CalcComposer.project(input, columns, names);
        }
    }
}
