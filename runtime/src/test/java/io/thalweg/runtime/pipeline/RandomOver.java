package io.thalweg.runtime.pipeline;

import io.thalweg.model.expression.Literal;
import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.OverCall;
import io.thalweg.model.plan.OverCall.PlaceFunction;
import io.thalweg.model.plan.OverFrame;
import io.thalweg.model.plan.OverFrame.Bound;
import io.thalweg.model.plan.OverFrame.Exclusion;
import io.thalweg.model.plan.OverFrame.Place;
import io.thalweg.model.plan.OverFrame.Unit;
import io.thalweg.model.plan.OverNode;
import io.thalweg.model.plan.PlanNode;
import io.thalweg.model.plan.SortKey;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.runtime.testkit.Plans;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Supplier;

/** Random window functions over random partitions, orders and frames. */
final class RandomOver {
    private final Random random;
    private final PlanNode input;
    private final Supplier<AggregateCall> aggregates;
    private final List<SortKey> keys = new ArrayList<>();

    /** @param aggregates makes calls over the input */
    RandomOver(Random random, PlanNode input, Supplier<AggregateCall> aggregates) {
        this.random = random;
        this.input = input;
        this.aggregates = aggregates;
    }

    PlanNode plan() {
        int columns = input.type().size();
        List<Integer> partition = random.nextInt(4) == 0 ? List.of() : List.of(random.nextInt(columns));
        int keyCount = random.nextInt(3);
        for (int i = 0; i < keyCount; i++) {
            keys.add(new SortKey(random.nextInt(columns), random.nextBoolean(), random.nextBoolean()));
        }
        OverCall[] calls = new OverCall[1 + random.nextInt(3)];
        for (int i = 0; i < calls.length; i++) {
            calls[i] = call(random.nextInt(columns));
        }
        return Plans.over(input, partition, keys, Optional.empty(), calls);
    }

    private long timeUnit;

    /** Over rows in the order of a time whose values are settled when the watermark has passed them. */
    OverNode settled(int time, long unit) {
        timeUnit = unit;
        int columns = input.type().size();
        List<Integer> partition = random.nextInt(4) == 0 ? List.of() : List.of(0);
        keys.add(new SortKey(time, false, random.nextBoolean()));
        if (random.nextInt(3) == 0) {
            keys.add(new SortKey(random.nextInt(columns), random.nextBoolean(), random.nextBoolean()));
        }
        OverCall[] calls = new OverCall[1 + random.nextInt(2)];
        for (int i = 0; i < calls.length; i++) {
            calls[i] = call(random.nextInt(columns));
        }
        return Plans.over(input, partition, keys, Optional.empty(), calls)
                .closing(Optional.empty(), OptionalLong.of(1));
    }

    private OverCall call(int argument) {
        SqlType type = input.type().type(argument).withNullable(true);
        boolean ignoreNulls = random.nextInt(3) == 0;
        return switch (random.nextInt(5)) {
            case 0 -> place();
            case 1 ->
                new OverCall.Shift(
                        argument,
                        random.nextInt(7) - 3,
                        random.nextBoolean() ? OptionalInt.of(argument) : OptionalInt.empty(),
                        ignoreNulls,
                        type);
            case 2 ->
                new OverCall.Value(
                        argument,
                        (random.nextBoolean() ? 1 : -1) * (1 + random.nextInt(3)),
                        ignoreNulls,
                        frame(),
                        type);
            default -> new OverCall.Aggregated(aggregates.get(), frame());
        };
    }

    private OverCall place() {
        PlaceFunction function = PlaceFunction.values()[random.nextInt(PlaceFunction.values().length)];
        boolean isPart = function == PlaceFunction.PERCENT_RANK || function == PlaceFunction.CUME_DIST;
        return new OverCall.Place(
                function,
                function == PlaceFunction.NTILE ? 1 + random.nextInt(4) : 1,
                (isPart ? SqlType.DOUBLE : SqlType.BIGINT).notNull());
    }

    private OverFrame frame() {
        Unit unit = Unit.values()[random.nextInt(2)];
        Place start = Place.values()[random.nextInt(4)];
        int from = Math.max(start.ordinal(), 1);
        Place end = Place.values()[from + random.nextInt(5 - from)];
        Exclusion exclusion = random.nextInt(3) > 0
                ? Exclusion.NOTHING
                : Exclusion.values()[random.nextInt(Exclusion.values().length)];
        return new OverFrame(unit, bound(unit, start), bound(unit, end), exclusion);
    }

    private Bound bound(Unit unit, Place place) {
        if (place != Place.PRECEDING && place != Place.FOLLOWING) {
            return Bound.at(place);
        }
        Optional<TypeName> key = keys.size() == 1
                ? Optional.of(input.type().type(keys.get(0).column()).name())
                : Optional.empty();
        if (unit == Unit.RANGE && key.filter(TypeName::isTimestamp).isPresent()) {
            return new Bound(
                    place,
                    Optional.of(
                            random.nextInt(3) == 0
                                    ? new Literal(random.nextInt(3), SqlType.INTERVAL_MONTHS.notNull())
                                    : Literal.of(random.nextInt(6) * timeUnit)));
        }
        if (unit == Unit.ROWS
                || key.filter(k -> k == TypeName.BIGINT || k == TypeName.INTEGER)
                        .isPresent()) {
            long distance =
                    unit == Unit.ROWS || key.orElseThrow() == TypeName.BIGINT ? random.nextInt(4) : random.nextInt(800);
            return new Bound(place, Optional.of(Literal.of(distance)));
        }
        return key.filter(k -> k == TypeName.DOUBLE).isPresent()
                ? new Bound(place, Optional.of(new Literal(random.nextInt(3) * 3.5, SqlType.DOUBLE)))
                : Bound.at(Place.CURRENT_ROW);
    }
}
