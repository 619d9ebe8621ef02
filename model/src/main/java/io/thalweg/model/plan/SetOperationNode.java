package io.thalweg.model.plan;

import io.thalweg.model.type.RowType;
import java.util.List;

/** What two relations have in common, or what one has that the other has not. NULL is like NULL. */
public record SetOperationNode(SetOperation operation, PlanNode left, PlanNode right, RowType type)
        implements PlanNode {
    /** How often a row is in the result that is {@code l} times in the left input and {@code r} times in the right one. */
    public enum SetOperation {
        /** Once if it is in both. */
        INTERSECT("Intersect"),
        /** The smaller number of times. */
        INTERSECT_ALL("Intersect all"),
        /** Once if it is in the left input only. */
        EXCEPT("Except"),
        /** As often as it is in the left input more than in the right one. */
        EXCEPT_ALL("Except all");

        private final String title;

        SetOperation(String title) {
            this.title = title;
        }

        /** The operation in a plan's text. */
        public String title() {
            return title;
        }

        /** How often the row is in the result. */
        public long count(long l, long r) {
            return switch (this) {
                case INTERSECT -> l > 0 && r > 0 ? 1 : 0;
                case INTERSECT_ALL -> Math.max(0, Math.min(l, r));
                case EXCEPT -> l > 0 && r <= 0 ? 1 : 0;
                case EXCEPT_ALL -> Math.max(0, l - Math.max(0, r));
            };
        }
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(left, right);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitSetOperation(this);
    }
}
