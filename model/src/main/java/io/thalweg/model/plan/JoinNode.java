package io.thalweg.model.plan;

import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The join of two relations on equal keys; NULL keys match nothing. Without keys every pair is tried.
 *
 * @param residual a further BOOLEAN condition for two rows to match, over the columns of {@link #pairType()}
 * @param release what the condition says of how long rows can find partners
 * @param type of the result: the left columns, followed by the right columns if the kind emits pairs, or by the mark; those
 *     of a side that may be missing are nullable
 */
public record JoinNode(
        JoinKind kind,
        PlanNode left,
        PlanNode right,
        JoinKeys keys,
        Optional<ScalarExpression> residual,
        JoinRelease release,
        RowType type)
        implements PlanNode {
    private static final Field MARK = new Field("$mark", SqlType.BOOLEAN.notNull());

    /** A join that remembers its rows for ever. */
    public JoinNode(
            JoinKind kind,
            PlanNode left,
            PlanNode right,
            List<Integer> leftKeys,
            List<Integer> rightKeys,
            Optional<ScalarExpression> residual,
            RowType type) {
        this(kind, left, right, new JoinKeys(leftKeys, rightKeys), residual, JoinRelease.NEVER, type);
    }

    /** Key columns of the left input. */
    public List<Integer> leftKeys() {
        return keys.left();
    }

    /** Key columns of the right input, each for the left one at its place. */
    public List<Integer> rightKeys() {
        return keys.right();
    }

    /** The same join with other inputs, of the same types. */
    public JoinNode over(PlanNode newLeft, PlanNode newRight) {
        return new JoinNode(kind, newLeft, newRight, keys, residual, release, type);
    }

    /** The same join that remembers its rows for another time. */
    public JoinNode releasing(JoinRelease newRelease) {
        return new JoinNode(kind, left, right, keys, residual, newRelease, type);
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
        } else if (kind == JoinKind.MARK) {
            fields.add(MARK);
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
