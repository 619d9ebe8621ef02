package io.thalweg.planner.lowering;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.plan.OverFrame;
import io.thalweg.model.plan.OverFrame.Bound;
import io.thalweg.model.plan.OverFrame.Exclusion;
import io.thalweg.model.plan.OverFrame.Place;
import io.thalweg.model.plan.OverFrame.Unit;
import io.thalweg.model.plan.SortKey;
import io.thalweg.model.type.PhysicalKind;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;

/** Turns the frame of a window into one of ours, whose distances are in units of the sort key. */
final class OverFrameLowering {
    private static final long DAY_MICROS = 86_400_000_000L;
    private static final BigDecimal MAX_DISTANCE = BigDecimal.valueOf(Long.MAX_VALUE);

    private final Unit unit;
    private final List<SortKey> keys;
    private final RowType input;
    private final OverColumns columns;

    private OverFrameLowering(Unit unit, List<SortKey> keys, RowType input, OverColumns columns) {
        this.unit = unit;
        this.keys = keys;
        this.input = input;
        this.columns = columns;
    }

    static OverFrame lower(RexWindow window, List<SortKey> keys, RowType input, OverColumns columns) {
        Unit unit = window.isRows() ? Unit.ROWS : Unit.RANGE;
        OverFrameLowering lowering = new OverFrameLowering(unit, keys, input, columns);
        Exclusion exclusion = switch (window.getExclude()) {
            case EXCLUDE_NO_OTHER -> Exclusion.NOTHING;
            case EXCLUDE_CURRENT_ROW -> Exclusion.CURRENT_ROW;
            case EXCLUDE_GROUP -> Exclusion.GROUP;
            case EXCLUDE_TIES -> Exclusion.TIES;
        };
        return new OverFrame(
                unit, lowering.bound(window.getLowerBound()), lowering.bound(window.getUpperBound()), exclusion);
    }

    private Bound bound(RexWindowBound bound) {
        if (bound.isUnboundedPreceding()) {
            return Bound.at(Place.UNBOUNDED_PRECEDING);
        } else if (bound.isUnboundedFollowing()) {
            return Bound.at(Place.UNBOUNDED_FOLLOWING);
        } else if (bound.isCurrentRow() || bound.getOffset() == null) {
            return Bound.at(Place.CURRENT_ROW);
        }
        ScalarExpression offset = columns.lowered(bound.getOffset());
        Place place = bound.isPreceding() ? Place.PRECEDING : Place.FOLLOWING;
        return new Bound(
                place,
                Optional.of(offset instanceof Literal literal ? distance(literal) : refuse("that is not constant")));
    }

    private Literal distance(Literal offset) {
        if (unit == Unit.ROWS) {
            return exact(number(offset), 0);
        }
        SqlType key = input.type(keys.get(0).column());
        if (offset.type().name().isInterval()) {
            return interval(offset, key);
        }
        if (key.name().isFloating()) {
            return new Literal(checked(number(offset)).doubleValue(), SqlType.DOUBLE.notNull());
        }
        if (!key.name().isNumeric() || key.kind() == PhysicalKind.DECIMAL128) {
            return refuse("over a key of type " + key.sqlText());
        }
        return exact(number(offset), key.scale());
    }

    private static Literal interval(Literal offset, SqlType key) {
        if (offset.type().name() == TypeName.INTERVAL_MONTHS && offset.value() instanceof Integer months) {
            checked(BigDecimal.valueOf(months));
            return key.name() == TypeName.DATE || key.name().isTimestamp()
                    ? offset
                    : refuse("over a key of type " + key.sqlText());
        }
        if (!(offset.value() instanceof Long micros)) {
            return refuse("that is not known");
        }
        if (key.name() == TypeName.DATE) {
            return exact(BigDecimal.valueOf(Math.floorDiv(micros, DAY_MICROS)), 0);
        }
        return key.name().isTimestamp()
                ? exact(BigDecimal.valueOf(micros), 0)
                : refuse("over a key of type " + key.sqlText());
    }

    private static BigDecimal number(Literal offset) {
        return NumberLiteral.value(offset).orElseThrow(() -> refused("that is not a number"));
    }

    /** A distance in the units of a key with so many digits behind the point; between two units nothing lies. */
    private static Literal exact(BigDecimal distance, int scale) {
        BigDecimal units =
                checked(distance).scaleByPowerOfTen(Math.max(0, scale)).setScale(0, RoundingMode.FLOOR);
        return Literal.of(units.min(MAX_DISTANCE).longValueExact());
    }

    private static BigDecimal checked(BigDecimal distance) {
        if (distance.signum() < 0) {
            throw new ThalwegException(ErrorCode.ARGUMENT_OUT_OF_RANGE, "the distance of a frame's bound is negative");
        }
        return distance;
    }

    private static Literal refuse(String how) {
        throw refused(how);
    }

    private static ThalwegException refused(String how) {
        return new ThalwegException(
                ErrorCode.FEATURE_NOT_SUPPORTED, "a frame with a distance " + how + " is not supported");
    }
}
