package io.thalweg.runtime.testkit;

import io.thalweg.model.plan.AggregateCall;
import io.thalweg.model.plan.AggregateFunction;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Aggregate functions as their definitions say, over all values at once. */
final class NaiveAggregates {
    private static final MathContext DIGITS = new MathContext(400);
    private static final Comparator<Object> NULLS_FIRST = Comparator.nullsFirst(NaiveAggregates::compare);

    private NaiveAggregates() {}

    /** Of values that are not NULL, at least one. */
    static Object fold(AggregateCall call, List<Object> values) {
        List<Object> sorted = new ArrayList<>(values);
        sorted.sort(NaiveAggregates::compare);
        return switch (call.function()) {
            case MINIMUM -> sorted.get(0);
            case MAXIMUM -> sorted.get(sorted.size() - 1);
            case BIT_AND ->
                values.stream().mapToLong(v -> (Long) v).reduce((a, b) -> a & b).getAsLong();
            case BIT_OR ->
                values.stream().mapToLong(v -> (Long) v).reduce((a, b) -> a | b).getAsLong();
            case BIT_XOR ->
                values.stream().mapToLong(v -> (Long) v).reduce((a, b) -> a ^ b).getAsLong();
            case MODE -> mode(sorted);
            case PERCENTILE_DISCRETE -> {
                double fraction = (Double) call.constants().get(0).value();
                yield sorted.get((int) Math.max(0, Math.ceil(fraction * sorted.size()) - 1));
            }
            case PERCENTILE_CONTINUOUS ->
                continuous(sorted, (Double) call.constants().get(0).value());
            case LIST_OF_TEXT ->
                sorted.stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(
                                String.valueOf(call.constants().get(0).value())));
            default -> moment(call.function(), values, values);
        };
    }

    private static Object mode(List<Object> sorted) {
        TreeMap<Object, Integer> counts = new TreeMap<>(NaiveAggregates::compare);
        sorted.forEach(value -> counts.merge(value, 1, Integer::sum));
        int most = Collections.max(counts.values());
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() == most)
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private static Object continuous(List<Object> sorted, double fraction) {
        double place = fraction * (sorted.size() - 1);
        int below = (int) place;
        double low = (Double) sorted.get(below);
        double high = (Double) sorted.get(Math.min(sorted.size() - 1, below + 1));
        double part = place - below;
        return part == 0 || low == high ? low : low * (1 - part) + high * part;
    }

    /** Of the pairs of two columns. */
    static Object ofPairs(AggregateFunction function, List<List<Object>> rows, int first, int second) {
        boolean at = function == AggregateFunction.VALUE_AT_MINIMUM || function == AggregateFunction.VALUE_AT_MAXIMUM;
        List<List<Object>> pairs = new ArrayList<>();
        for (List<Object> row : rows) {
            if (row.get(second) != null && (at || row.get(first) != null)) {
                List<Object> pair = new ArrayList<>();
                pair.add(row.get(first));
                pair.add(row.get(second));
                pairs.add(pair);
            }
        }
        if (function == AggregateFunction.REGRESSION_COUNT) {
            return (long) pairs.size();
        }
        if (pairs.isEmpty()) {
            return null;
        }
        if (at) {
            pairs.sort(Comparator.<List<Object>, Object>comparing(p -> p.get(1), NULLS_FIRST)
                    .thenComparing(p -> p.get(0), NULLS_FIRST));
            return pairs.get(function == AggregateFunction.VALUE_AT_MINIMUM ? 0 : pairs.size() - 1)
                    .get(0);
        }
        return moment(
                function,
                pairs.stream().map(p -> p.get(1)).toList(),
                pairs.stream().map(p -> p.get(0)).toList());
    }

    private static Object moment(AggregateFunction function, List<Object> xs, List<Object> ys) {
        boolean sample = function == AggregateFunction.VARIANCE_OF_SAMPLE
                || function == AggregateFunction.DEVIATION_OF_SAMPLE
                || function == AggregateFunction.COVARIANCE_OF_SAMPLE;
        if (sample && xs.size() < 2) {
            return null;
        }
        for (int i = 0; i < xs.size(); i++) {
            if (!Double.isFinite((Double) xs.get(i)) || !Double.isFinite((Double) ys.get(i))) {
                return Double.NaN;
            }
        }
        BigDecimal count = BigDecimal.valueOf(xs.size());
        BigDecimal xx = central(xs, xs, count);
        BigDecimal yy = central(ys, ys, count);
        BigDecimal xy = central(xs, ys, count);
        BigDecimal divisor = count.multiply(sample ? count.subtract(BigDecimal.ONE) : count);
        return switch (function) {
            case VARIANCE_OF_POPULATION, VARIANCE_OF_SAMPLE -> quotient(xx, divisor);
            case DEVIATION_OF_POPULATION, DEVIATION_OF_SAMPLE -> Math.sqrt(quotient(xx, divisor));
            case COVARIANCE_OF_POPULATION, COVARIANCE_OF_SAMPLE -> quotient(xy, divisor);
            case REGRESSION_SLOPE -> xx.signum() == 0 ? null : quotient(xy, xx);
            case REGRESSION_R2 ->
                xx.signum() == 0 ? null : yy.signum() == 0 ? 1.0 : quotient(xy.multiply(xy), xx.multiply(yy));
            default -> throw new UnsupportedOperationException(function.name());
        };
    }

    /** The number of values times the sum of products, less the product of sums. */
    private static BigDecimal central(List<Object> left, List<Object> right, BigDecimal count) {
        BigDecimal products = BigDecimal.ZERO;
        BigDecimal leftSum = BigDecimal.ZERO;
        BigDecimal rightSum = BigDecimal.ZERO;
        for (int i = 0; i < left.size(); i++) {
            BigDecimal a = new BigDecimal((Double) left.get(i));
            BigDecimal b = new BigDecimal((Double) right.get(i));
            products = products.add(a.multiply(b));
            leftSum = leftSum.add(a);
            rightSum = rightSum.add(b);
        }
        return products.multiply(count).subtract(leftSum.multiply(rightSum));
    }

    private static double quotient(BigDecimal dividend, BigDecimal divisor) {
        return dividend.divide(divisor, DIGITS).doubleValue() + 0.0;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    static int compare(Object left, Object right) {
        return ((Comparator) Comparator.naturalOrder()).compare(left, right);
    }
}
