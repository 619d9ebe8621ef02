package io.thalweg.planner.lowering;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.SortKey;
import io.thalweg.model.plan.SortNode;
import io.thalweg.model.plan.ValuesNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Turns ORDER BY, OFFSET and LIMIT into the node on top of a plan. */
final class SortLowering {
    private SortLowering() {}

    static PlanNode lower(Sort sort, PlanNode input) {
        List<SortKey> keys = new ArrayList<>();
        for (RelFieldCollation collation : sort.getCollation().getFieldCollations()) {
            keys.add(new SortKey(
                    collation.getFieldIndex(),
                    collation.getDirection().isDescending(),
                    collation.nullDirection == RelFieldCollation.NullDirection.FIRST));
        }
        OptionalLong limit = count(sort.fetch, "LIMIT");
        if (limit.isPresent() && limit.getAsLong() == 0) {
            return new ValuesNode(List.of(), input.type());
        }
        long offset = count(sort.offset, "OFFSET").orElse(0);
        if (keys.isEmpty() && offset == 0 && limit.isEmpty()) {
            return input;
        }
        return new SortNode(input, keys, offset, limit, input.type());
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
