package io.thalweg.planner.query;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.util.Locale;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/**
 * The way from the rows of a recursive query to what follows from them. On it may stand only what asks each row by itself, as
 * the standard has it: otherwise new rows could take back others, and there would be no answer.
 */
final class RecursionPath {
    private final String name;

    RecursionPath(String name) {
        this.name = name;
    }

    /** How often the rows are read; throws if something stands in the way. */
    int count(RelNode node) {
        if (RecursionConversion.isRows(node, name)) {
            return 1;
        }
        int count = 0;
        for (RelNode input : node.getInputs()) {
            count += count(input);
        }
        refuseInExpressions(node);
        if (count > 0) {
            check(node, count);
        }
        return count;
    }

    private void check(RelNode node, int count) {
        if (node instanceof Project project) {
            if (project.containsOver()) {
                throw refused("in OVER");
            }
        } else if (node instanceof Join join) {
            checkJoin(join.getLeft(), join.getRight(), join.getJoinType(), count);
        } else if (node instanceof Correlate lateral) {
            checkJoin(lateral.getLeft(), lateral.getRight(), lateral.getJoinType(), count);
        } else if (node instanceof Aggregate aggregate) {
            if (!aggregate.getAggCallList().isEmpty() || aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
                throw refused("in an aggregate function");
            }
        } else if (node instanceof Sort sort) {
            if (sort.fetch != null || sort.offset != null) {
                throw refused("under LIMIT or OFFSET");
            }
        } else if (!(node instanceof Filter) && !(node instanceof Union)) {
            throw refused("in " + operation(node));
        }
    }

    private void checkJoin(RelNode left, RelNode right, JoinRelType type, int count) {
        if (count > 1) {
            throw refused("twice in one join");
        }
        boolean isMissing = type == JoinRelType.FULL
                || (type == JoinRelType.LEFT && count(right) > 0)
                || (type == JoinRelType.RIGHT && count(left) > 0);
        if (isMissing) {
            throw refused("on the side of an outer join that may be missing");
        }
    }

    private void refuseInExpressions(RelNode node) {
        node.accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                if (isRead(query.rel)) {
                    throw refused("in a sub-query of an expression");
                }
                return super.visitSubQuery(query);
            }
        });
    }

    private boolean isRead(RelNode node) {
        return RecursionConversion.isRows(node, name)
                || node.getInputs().stream().anyMatch(this::isRead);
    }

    private static String operation(RelNode node) {
        return node instanceof Minus
                ? "EXCEPT"
                : node.getRelTypeName().replace("Logical", "").toUpperCase(Locale.ROOT);
    }

    private ThalwegException refused(String how) {
        return new ThalwegException(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "recursive query " + name + " reads itself " + how + ", which is not supported")
                .withHint("What follows from one of its rows may not depend on the others; do it in the query around.");
    }
}
