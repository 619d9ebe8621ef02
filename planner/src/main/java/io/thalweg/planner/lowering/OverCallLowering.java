package io.thalweg.planner.lowering;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.OverCall;
import io.thalweg.model.plan.OverCall.PlaceFunction;
import io.thalweg.model.plan.OverFrame;
import io.thalweg.model.plan.SortKey;
import io.thalweg.model.type.SqlType;
import io.thalweg.planner.type.TypeTranslator;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.sql.SqlKind;

/** Turns a call of a window function into one of ours, over the columns below it. */
final class OverCallLowering {
    /** No partition has more rows. */
    private static final long MAX_DISTANCE = Integer.MAX_VALUE;

    private final OverColumns columns;
    private final List<SortKey> keys;
    private final AggregateInput input;

    /**
     * @param keys the order of the function's window
     * @param input the columns of the functions' arguments, to which those are added that aggregates need beside
     */
    OverCallLowering(OverColumns columns, List<SortKey> keys, AggregateInput input) {
        this.columns = columns;
        this.keys = keys;
        this.input = input;
    }

    OverCall lower(RexOver over, boolean mayBeNull) {
        SqlKind kind = over.getAggOperator().getKind();
        SqlType type = TypeTranslator.toModel(over.getType());
        return switch (kind) {
            case ROW_NUMBER -> new OverCall.Place(PlaceFunction.ROW_NUMBER, 1, type);
            case RANK -> new OverCall.Place(PlaceFunction.RANK, 1, type);
            case DENSE_RANK -> new OverCall.Place(PlaceFunction.DENSE_RANK, 1, type);
            case PERCENT_RANK -> new OverCall.Place(PlaceFunction.PERCENT_RANK, 1, type);
            case CUME_DIST -> new OverCall.Place(PlaceFunction.CUME_DIST, 1, type);
            case NTILE -> new OverCall.Place(PlaceFunction.NTILE, positive(over, 0), type);
            case LAG -> shift(over, -1);
            case LEAD -> shift(over, 1);
            case FIRST_VALUE -> value(over, 1);
            case LAST_VALUE -> value(over, -1);
            case NTH_VALUE -> value(over, positive(over, 1));
            default -> aggregated(over, mayBeNull);
        };
    }

    private OverCall shift(RexOver over, int direction) {
        int argument = columns.of(over.getOperands().get(0));
        long distance = over.getOperands().size() > 1 ? constant(over, 1) : 1;
        OptionalInt other = over.getOperands().size() > 2
                ? OptionalInt.of(columns.of(over.getOperands().get(2)))
                : OptionalInt.empty();
        SqlType type = input.type(argument).withNullable(true);
        if (other.isPresent() && !input.type(other.getAsInt()).sameExceptNullability(type)) {
            throw unsupported(over, "with a default of another type than its argument");
        }
        long reach = Math.max(-MAX_DISTANCE, Math.min(MAX_DISTANCE, distance));
        return new OverCall.Shift(argument, direction * reach, other, over.ignoreNulls(), type);
    }

    private OverCall value(RexOver over, long nth) {
        int argument = columns.of(over.getOperands().get(0));
        SqlType type = input.type(argument).withNullable(true);
        return new OverCall.Value(argument, nth, over.ignoreNulls(), frame(over), type);
    }

    private OverCall aggregated(RexOver over, boolean mayBeNull) {
        List<Integer> arguments = over.getOperands().stream().map(columns::of).toList();
        AggregateCall call = AggregateCallSite.lower(
                org.apache.calcite.rel.core.AggregateCall.create(
                        over.getAggOperator(),
                        over.isDistinct(),
                        false,
                        over.ignoreNulls(),
                        List.of(),
                        arguments,
                        -1,
                        null,
                        RelCollations.EMPTY,
                        over.getType(),
                        null),
                input);
        SqlType type = call.type().withNullable(call.type().nullable() || (mayBeNull && !counts(over)));
        return new OverCall.Aggregated(
                new AggregateCall(
                        call.function(),
                        call.arguments(),
                        call.filter(),
                        call.distinct(),
                        call.order(),
                        call.constants(),
                        type),
                frame(over));
    }

    private static boolean counts(RexOver over) {
        return over.getAggOperator().getKind() == SqlKind.COUNT;
    }

    private OverFrame frame(RexOver over) {
        return OverFrameLowering.lower(over.getWindow(), keys, input.node().type(), columns);
    }

    private long positive(RexOver over, int operand) {
        long number = constant(over, operand);
        if (number < 1) {
            throw new ThalwegException(
                    ErrorCode.ARGUMENT_OUT_OF_RANGE,
                    "argument " + (operand + 1) + " of " + over.getAggOperator().getName() + " is not positive");
        }
        return number;
    }

    private long constant(RexOver over, int operand) {
        RexNode node = over.getOperands().get(operand);
        Optional<BigDecimal> value =
                columns.lowered(node) instanceof Literal literal ? NumberLiteral.value(literal) : Optional.empty();
        try {
            return value.orElseThrow(() -> unsupported(over, "with an argument that is not a constant number"))
                    .longValueExact();
        } catch (ArithmeticException e) {
            throw unsupported(over, "with an argument that is not a whole number");
        }
    }

    private static ThalwegException unsupported(RexOver over, String how) {
        return new ThalwegException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "window function " + over.getAggOperator().getName() + " " + how + " is not supported");
    }
}
