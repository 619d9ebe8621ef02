package io.thalweg.planner.lowering;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.RankRange;
import io.thalweg.model.plan.SetOperationNode;
import io.thalweg.model.plan.SetOperationNode.SetOperation;
import io.thalweg.model.plan.SortKey;
import io.thalweg.model.plan.SortNode;
import io.thalweg.model.plan.TopNNode;
import io.thalweg.model.plan.ValuesNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Turns ORDER BY, OFFSET and LIMIT into an order on top of a plan, or into a choice of rows inside of one. */
final class SortLowering {
    private SortLowering() {}

    /** The order of the answer of a query that ends. */
    static PlanNode lower(Sort sort, PlanNode input) {
        List<SortKey> keys = keys(sort.getCollation());
        OptionalLong limit = limit(sort);
        if (limit.isPresent() && limit.getAsLong() == 0) {
            return new ValuesNode(List.of(), input.type());
        }
        long offset = offset(sort);
        if (keys.isEmpty() && offset == 0 && limit.isEmpty()) {
            return input;
        }
        return new SortNode(input, keys, offset, limit, input.type());
    }

    /** The rows that a LIMIT or OFFSET leaves, in no order, which means nothing inside of a query or in one without end. */
    static PlanNode lowerUnordered(Sort sort, PlanNode input) {
        OptionalLong limit = limit(sort);
        long offset = offset(sort);
        if (limit.isPresent()) {
            return limit.getAsLong() == 0
                    ? new ValuesNode(List.of(), input.type())
                    : topN(sort, input, RankRange.rows(offset, limit.getAsLong()));
        }
        if (offset == 0) {
            return input;
        }
        // What is skipped is little, what is left may be much.
        PlanNode skipped = topN(sort, input, RankRange.rows(0, offset));
        return new SetOperationNode(SetOperation.EXCEPT_ALL, input, skipped, input.type());
    }

    private static PlanNode topN(Sort sort, PlanNode input, RankRange range) {
        return new TopNNode(input, List.of(), keys(sort.getCollation()), range, false, Optional.empty(), input.type());
    }

    /** The keys of an order. */
    static List<SortKey> keys(RelCollation order) {
        List<SortKey> keys = new ArrayList<>();
        for (RelFieldCollation collation : order.getFieldCollations()) {
            keys.add(new SortKey(
                    collation.getFieldIndex(),
                    collation.getDirection().isDescending(),
                    collation.nullDirection == RelFieldCollation.NullDirection.FIRST));
        }
        return keys;
    }

    private static OptionalLong limit(Sort sort) {
        return count(sort.fetch, "LIMIT");
    }

    private static long offset(Sort sort) {
        return count(sort.offset, "OFFSET").orElse(0);
    }

    private static OptionalLong count(@Nullable RexNode count, String clause) {
        if (count == null) {
            return OptionalLong.empty();
        }
        if (!(count instanceof RexLiteral literal)) {
            throw new ThalwegException(
                    ErrorCode.FEATURE_NOT_SUPPORTED, clause + " that is not a number is not supported");
        }
        BigDecimal value = literal.getValueAs(BigDecimal.class);
        try {
            long rows = value == null ? -1 : value.longValueExact();
            if (rows >= 0) {
                return OptionalLong.of(rows);
            }
        } catch (ArithmeticException e) {
            throw outOfRange(clause);
        }
        throw outOfRange(clause);
    }

    private static ThalwegException outOfRange(String clause) {
        return new ThalwegException(
                ErrorCode.ARGUMENT_OUT_OF_RANGE, "the number of " + clause + " is not a whole number from 0");
    }
}
