package io.thalweg.runtime.testkit;

import io.thalweg.model.plan.OverCall;
import io.thalweg.model.plan.OverFrame;
import io.thalweg.model.plan.OverFrame.Bound;
import io.thalweg.model.plan.OverFrame.Place;
import io.thalweg.model.plan.OverFrame.Unit;
import io.thalweg.model.plan.OverNode;
import io.thalweg.model.plan.RankRange.RankFunction;
import io.thalweg.model.plan.SortKey;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Window functions over one partition, row by row, each from its definition. */
final class NaiveOver {
    private final OverNode node;
    private final List<List<Object>> rows;

    NaiveOver(OverNode node, List<List<Object>> rows) {
        this.node = node;
        this.rows = rows;
    }

    /** What a call says of the row at a place. */
    Object result(OverCall call, int place) {
        if (call instanceof OverCall.Place function) {
            return place(function, place);
        } else if (call instanceof OverCall.Shift shift) {
            return shifted(shift, place);
        } else if (call instanceof OverCall.Value value) {
            List<Integer> counted = frame(value.frame(), place).stream()
                    .filter(i -> !value.ignoreNulls() || rows.get(i).get(value.argument()) != null)
                    .toList();
            long index = value.nth() > 0 ? value.nth() - 1 : counted.size() + value.nth();
            return index >= 0 && index < counted.size()
                    ? rows.get(counted.get((int) index)).get(value.argument())
                    : null;
        }
        OverCall.Aggregated aggregated = (OverCall.Aggregated) call;
        List<List<Object>> seen =
                frame(aggregated.frame(), place).stream().map(rows::get).toList();
        return NaiveEvaluator.fold(aggregated.call(), node.input().type().types(), seen);
    }

    private Object place(OverCall.Place call, int place) {
        long rank = NaiveOrder.ranks(RankFunction.RANK, rows, node.keys()).get(place);
        return switch (call.function()) {
            case ROW_NUMBER -> place + 1L;
            case RANK -> rank;
            case DENSE_RANK ->
                NaiveOrder.ranks(RankFunction.DENSE_RANK, rows, node.keys()).get(place);
            case PERCENT_RANK -> rows.size() == 1 ? 0.0 : (rank - 1) / (double) (rows.size() - 1);
            case CUME_DIST ->
                IntStream.range(0, rows.size())
                                .filter(i -> i <= place || arePeers(i, place))
                                .count()
                        / (double) rows.size();
            case NTILE -> tile(call.parts(), place);
        };
    }

    private long tile(long parts, int place) {
        long part = 1;
        long left = rows.size();
        long start = 0;
        while (true) {
            long partsLeft = parts - part + 1;
            long length = (left + partsLeft - 1) / partsLeft;
            if (place < start + length) {
                return part;
            }
            start += length;
            left -= length;
            part++;
        }
    }

    private Object shifted(OverCall.Shift call, int place) {
        long missing = Math.abs(call.distance());
        int direction = Long.signum(call.distance());
        int other = place;
        while (missing > 0) {
            other += direction;
            if (other < 0 || other >= rows.size()) {
                return call.defaultColumn().isPresent()
                        ? rows.get(place).get(call.defaultColumn().getAsInt())
                        : null;
            }
            missing -= call.ignoreNulls() && rows.get(other).get(call.argument()) == null ? 0 : 1;
        }
        return rows.get(other).get(call.argument());
    }

    private boolean arePeers(int left, int right) {
        return NaiveOrder.compare(node.keys(), rows.get(left), rows.get(right)) == 0;
    }

    private List<Integer> frame(OverFrame frame, int place) {
        List<Integer> places = new ArrayList<>();
        for (int other = 0; other < rows.size(); other++) {
            boolean excluded = switch (frame.exclusion()) {
                case NOTHING -> false;
                case CURRENT_ROW -> other == place;
                case GROUP -> arePeers(other, place);
                case TIES -> other != place && arePeers(other, place);
            };
            if (!excluded
                    && compareTo(frame, frame.start(), place, other) >= 0
                    && compareTo(frame, frame.end(), place, other) <= 0) {
                places.add(other);
            }
        }
        return places;
    }

    /** Whether another row is before, at or behind a bound. */
    private int compareTo(OverFrame frame, Bound bound, int place, int other) {
        if (bound.place() == Place.UNBOUNDED_PRECEDING) {
            return 1;
        }
        if (bound.place() == Place.UNBOUNDED_FOLLOWING) {
            return -1;
        }
        int sign = bound.place() == Place.PRECEDING ? -1 : 1;
        if (frame.unit() == Unit.ROWS) {
            long distance = bound.distance().map(d -> sign * (Long) d.value()).orElse(0L);
            return Long.compare(other - place, distance);
        }
        if (bound.distance().isEmpty()) {
            return arePeers(place, other) ? 0 : Integer.compare(other, place);
        }
        SortKey key = node.keys().get(0);
        Object own = rows.get(place).get(key.column());
        Object its = rows.get(other).get(key.column());
        if (own == null || its == null) {
            return own == its ? 0 : Integer.compare(other, place);
        }
        if (bound.distance().orElseThrow().value() instanceof Integer months) {
            return compareMonths((Long) own, (Long) its, (long) (key.descending() ? -sign : sign) * months, key);
        }
        if (own instanceof Double) {
            double target = (Double) own
                    + (key.descending() ? -sign : sign)
                            * (Double) bound.distance().orElseThrow().value();
            int order = Double.compare((Double) its + 0.0, target + 0.0);
            return key.descending() ? -order : order;
        }
        BigDecimal distance = number(bound.distance().orElseThrow().value());
        BigDecimal target = number(own).add(distance.multiply(BigDecimal.valueOf(key.descending() ? -sign : sign)));
        int order = number(its).compareTo(target);
        return key.descending() ? -order : order;
    }

    private static int compareMonths(long own, long its, long months, SortKey key) {
        LocalDateTime target = time(own).plusMonths(months);
        int order = time(its).compareTo(target);
        return key.descending() ? -order : order;
    }

    private static LocalDateTime time(long micros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), (int) Math.floorMod(micros, 1_000_000L) * 1_000, ZoneOffset.UTC);
    }

    private static BigDecimal number(Object value) {
        return value instanceof BigInteger wide
                ? new BigDecimal(wide)
                : BigDecimal.valueOf(((Number) value).longValue());
    }
}
