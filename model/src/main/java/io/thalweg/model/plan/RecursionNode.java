package io.thalweg.model.plan;

import io.thalweg.model.type.RowType;
import java.util.List;

/**
 * A relation that is defined by itself: it starts with some rows, and as long as there are new ones, what follows from them
 * comes to it. What follows from several rows is what follows from each of them.
 *
 * @param number by which the {@link RecursionRowsNode}s below {@code next} are those of this node; another recursion that can
 *     be met there has another
 * @param name what the query calls the relation
 * @param all whether equal rows are kept apart (UNION ALL); otherwise each is there once, and what follows from it is asked
 *     once
 * @param next what follows from the {@link RecursionRowsNode}
 */
public record RecursionNode(int number, String name, boolean all, PlanNode start, PlanNode next, RowType type)
        implements PlanNode {
    @Override
    public List<PlanNode> inputs() {
        return List.of(start, next);
    }

    /** The same over other inputs. */
    public RecursionNode over(PlanNode newStart, PlanNode newNext) {
        return new RecursionNode(number, name, all, newStart, newNext, type);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitRecursion(this);
    }
}
