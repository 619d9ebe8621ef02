package io.thalweg.model.plan;

import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The join of two relations on equal keys; NULL keys match nothing. Without keys every pair is tried.
 *
 * @param leftKeys columns of the left input
 * @param rightKeys columns of the right input, equal in number and type
 * @param residual a further BOOLEAN condition for two rows to match, over the columns of {@link #pairType()}
 * @param type of the result: the left columns, followed by the right columns if the kind emits pairs; those of a side that
 *     may be missing are nullable
 */
public record JoinNode(
        JoinKind kind,
        PlanNode left,
        PlanNode right,
        List<Integer> leftKeys,
        List<Integer> rightKeys,
        Optional<ScalarExpression> residual,
        RowType type)
        implements PlanNode {
    public JoinNode {
        leftKeys = List.copyOf(leftKeys);
        rightKeys = List.copyOf(rightKeys);
        if (leftKeys.size() != rightKeys.size()) {
            throw new IllegalArgumentException(leftKeys.size() + " left keys and " + rightKeys.size() + " right keys");
        }
    }

    /** The left columns followed by the right columns, as they come from the inputs. */
    public RowType pairType() {
        List<Field> fields = new ArrayList<>(left.type().fields());
        fields.addAll(right.type().fields());
        return new RowType(fields);
    }

    /** The columns of the result under the names of the inputs. */
    public static RowType resultType(JoinKind kind, RowType left, RowType right) {
        List<Field> fields = new ArrayList<>();
        left.fields().forEach(field -> fields.add(kind.keepsUnmatchedRight() ? nullable(field) : field));
        if (kind.emitsPairs()) {
            right.fields().forEach(field -> fields.add(kind.keepsUnmatchedLeft() ? nullable(field) : field));
        }
        return new RowType(fields);
    }

    private static Field nullable(Field field) {
        return new Field(field.name(), field.type().withNullable(true));
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(left, right);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitJoin(this);
    }
}
