package io.thalweg.model.plan;

import io.thalweg.model.expression.ExpressionText;
import io.thalweg.model.type.RowType;
import java.util.Locale;

/** Window functions in the text of a plan. */
final class OverText {
    private OverText() {}

    static String call(OverCall call, RowType input) {
        if (call instanceof OverCall.Place place) {
            return place.function() + (place.parts() == 1 ? "" : "(" + place.parts() + ")");
        } else if (call instanceof OverCall.Shift shift) {
            return "SHIFT(" + input.name(shift.argument()) + ", " + shift.distance()
                    + (shift.defaultColumn().isPresent()
                            ? ", " + input.name(shift.defaultColumn().getAsInt())
                            : "")
                    + ")" + nulls(shift.ignoreNulls());
        } else if (call instanceof OverCall.Value value) {
            return "VALUE(" + input.name(value.argument()) + ", " + value.nth() + ")" + nulls(value.ignoreNulls())
                    + frame(value.frame());
        }
        OverCall.Aggregated aggregated = (OverCall.Aggregated) call;
        return PlanText.call(aggregated.call(), input) + frame(aggregated.frame());
    }

    private static String nulls(boolean ignored) {
        return ignored ? " ignore nulls" : "";
    }

    private static String frame(OverFrame frame) {
        return " of " + words(frame.unit().name()) + " " + bound(frame.start()) + " to " + bound(frame.end())
                + (frame.exclusion() == OverFrame.Exclusion.NOTHING
                        ? ""
                        : " without " + words(frame.exclusion().name()));
    }

    private static String bound(OverFrame.Bound bound) {
        return bound.distance().map(d -> ExpressionText.format(d) + " ").orElse("")
                + words(bound.place().name());
    }

    private static String words(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
