package io.thalweg.runtime.testkit;

import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.plan.AggregateFunction;
import io.thalweg.model.plan.MatchNode;
import io.thalweg.model.plan.MatchSkip;
import io.thalweg.model.plan.Navigation;
import io.thalweg.model.plan.PatternVariable;
import io.thalweg.model.plan.RowPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.IntPredicate;

/**
 * Finds the matches in one partition by recursion over the pattern: whatever follows a part is a function that is called at each
 * place where the part may end, in the order of preference.
 */
final class NaiveMatch {
    private static final int MOST_STEPS = 200_000;

    private final MatchNode node;
    private final List<List<Object>> rows;
    private final BiFunction<ScalarExpression, List<Object>, Object> evaluate;
    private final List<RowPattern.Variable> mapped = new ArrayList<>();
    private int start;
    private long number = 1;
    private int steps;

    NaiveMatch(MatchNode node, List<List<Object>> rows, BiFunction<ScalarExpression, List<Object>, Object> evaluate) {
        this.node = node;
        this.rows = rows;
        this.evaluate = evaluate;
    }

    Map<List<Object>, Long> result() {
        Map<List<Object>, Long> result = new HashMap<>();
        while (start < rows.size()) {
            mapped.clear();
            if (match(node.pattern().rows(), start, end -> true)) {
                show(result);
                number++;
                start = next();
            } else {
                start++;
            }
        }
        return result;
    }

    private boolean match(RowPattern pattern, int place, IntPredicate then) {
        if (++steps > MOST_STEPS) {
            throw new TooManySteps();
        }
        if (pattern instanceof RowPattern.Variable variable) {
            return takes(variable, place, then);
        } else if (pattern instanceof RowPattern.Sequence sequence) {
            return matchAll(sequence.parts(), place, then);
        } else if (pattern instanceof RowPattern.Alternation alternation) {
            return alternation.parts().stream().anyMatch(part -> match(part, place, then));
        } else if (pattern instanceof RowPattern.Repetition repetition) {
            return repeat(repetition, 0, place, then);
        }
        boolean atStart = ((RowPattern.Anchor) pattern).atStart();
        return place == (atStart ? 0 : rows.size()) && then.test(place);
    }

    private boolean matchAll(List<RowPattern> parts, int place, IntPredicate then) {
        return parts.isEmpty()
                ? then.test(place)
                : match(parts.get(0), place, end -> matchAll(parts.subList(1, parts.size()), end, then));
    }

    private boolean repeat(RowPattern.Repetition repetition, int done, int place, IntPredicate then) {
        boolean mayStop = done >= repetition.least();
        boolean mayGoOn = repetition.most() == RowPattern.UNLIMITED || done < repetition.most();
        if (mayStop && repetition.reluctant() && then.test(place)) {
            return true;
        }
        boolean more = mayGoOn
                && match(
                        repetition.part(),
                        place,
                        end -> (end > place || !mayStop) && repeat(repetition, done + 1, end, then));
        return more || mayStop && !repetition.reluctant() && then.test(place);
    }

    private boolean takes(RowPattern.Variable variable, int place, IntPredicate then) {
        if (place >= rows.size() || !isInTime(place)) {
            return false;
        }
        mapped.add(variable);
        PatternVariable defined = node.pattern().variables().get(variable.index());
        boolean holds = defined.condition().isEmpty()
                || Integer.valueOf(1)
                        .equals(evaluate.apply(
                                defined.condition().get().expression(),
                                read(defined.condition().get().navigations(), mapped.size() - 1)));
        if (holds && then.test(place + 1)) {
            return true;
        }
        mapped.remove(mapped.size() - 1);
        return false;
    }

    private boolean isInTime(int place) {
        if (node.pattern().withinMicros().isEmpty()) {
            return true;
        }
        int column = node.order().get(0).column();
        return rows.get(start).get(column) instanceof Long first
                && rows.get(place).get(column) instanceof Long last
                && last - first < node.pattern().withinMicros().getAsLong();
    }

    /** What expressions read, seen from one of the mapped rows; -1 for none. */
    private List<Object> read(List<Navigation> navigations, int current) {
        List<Object> values = new ArrayList<>();
        for (Navigation navigation : navigations) {
            if (navigation instanceof Navigation.RowValue value) {
                List<Integer> of = rowsOf(value.variables(), value.whole() ? mapped.size() : current + 1);
                int index = value.row().first()
                        ? value.row().steps()
                        : of.size() - 1 - value.row().steps();
                boolean there = index >= 0 && index < of.size();
                int place = there ? of.get(index) + value.row().distance() : -1;
                boolean exists = place >= 0 && place < rows.size();
                values.add(exists ? rows.get(place).get(value.column()) : null);
            } else if (navigation instanceof Navigation.Aggregate aggregate) {
                values.add(fold(aggregate, current));
            } else if (navigation instanceof Navigation.MatchNumber) {
                values.add(number);
            } else {
                values.add(
                        current < 0
                                ? null
                                : node.pattern()
                                        .variables()
                                        .get(mapped.get(current).index())
                                        .name());
            }
        }
        return values;
    }

    /** The places of the rows that are mapped to some variables. */
    private List<Integer> rowsOf(List<Integer> variables, int end) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < end; i++) {
            if (variables.isEmpty() || variables.contains(mapped.get(i).index())) {
                places.add(start + i);
            }
        }
        return places;
    }

    /** Counts and sums of integers: enough to see which rows are folded. */
    private Object fold(Navigation.Aggregate aggregate, int current) {
        List<Integer> places = rowsOf(aggregate.variables(), aggregate.whole() ? mapped.size() : current + 1);
        if (aggregate.call().function() == AggregateFunction.COUNT_ROWS) {
            return (long) places.size();
        }
        int argument = aggregate.call().argument().getAsInt();
        List<Long> values = new ArrayList<>();
        places.forEach(place -> {
            if (rows.get(place).get(argument) instanceof Long value) {
                values.add(value);
            }
        });
        if (aggregate.call().function() == AggregateFunction.COUNT) {
            return (long) values.size();
        }
        return values.isEmpty()
                ? null
                : (Object) values.stream().mapToLong(v -> v).sum();
    }

    private void show(Map<List<Object>, Long> result) {
        boolean all = node.output().allRows();
        if (!all || mapped.isEmpty()) {
            show(result, mapped.size() - 1, start);
            return;
        }
        for (int i = 0; i < mapped.size(); i++) {
            if (!mapped.get(i).excluded()) {
                show(result, i, start + i);
            }
        }
    }

    private void show(Map<List<Object>, Long> result, int current, int shown) {
        List<Object> row = new ArrayList<>();
        node.output().columns().forEach(column -> row.add(rows.get(shown).get(column)));
        List<Object> values = read(node.output().navigations(), current);
        node.output().measures().forEach(measure -> row.add(evaluate.apply(measure, values)));
        Row.add(result, row, 1);
    }

    private int next() {
        MatchSkip skip = node.pattern().skip();
        int last = start + mapped.size();
        return switch (skip.kind()) {
            case PAST_LAST_ROW -> Math.max(last, start + 1);
            case TO_NEXT_ROW -> start + 1;
            case TO_FIRST -> rowsOf(skip.variables(), mapped.size()).get(0);
            case TO_LAST -> {
                List<Integer> places = rowsOf(skip.variables(), mapped.size());
                yield places.get(places.size() - 1);
            }
        };
    }
}
