package io.thalweg.runtime.over;

import io.thalweg.model.plan.OverFrame;
import io.thalweg.model.plan.OverFrame.Bound;
import io.thalweg.model.plan.OverFrame.Exclusion;
import io.thalweg.model.plan.OverFrame.Place;
import io.thalweg.model.plan.OverFrame.Unit;
import io.thalweg.model.plan.SortKey;
import io.thalweg.model.type.RowType;
import java.util.List;
import java.util.Optional;

/** Where the frame of a row begins and ends. Goes from row to row of one partition after the other. */
final class Frame {
    private final OverFrame frame;
    private final PartitionRows rows;
    /** The sort key that distances are measured by. */
    private final Optional<SortKey> key;

    private final Optional<RangeDistance> startDistance;
    private final Optional<RangeDistance> endDistance;

    private int start;
    private int end;
    private int peersStart;
    private int peersEnd;

    Frame(OverFrame frame, List<SortKey> keys, RowType input, PartitionRows rows) {
        this.frame = frame;
        this.rows = rows;
        this.key = keys.size() == 1 ? Optional.of(keys.get(0)) : Optional.empty();
        this.startDistance = distance(frame.start(), input);
        this.endDistance = distance(frame.end(), input);
    }

    private Optional<RangeDistance> distance(Bound bound, RowType input) {
        return frame.unit() == Unit.ROWS
                ? Optional.empty()
                : bound.distance()
                        .flatMap(distance -> key.map(sortKey -> new RangeDistance(
                                distance, input.type(sortKey.column()).name(), sortKey.descending())));
    }

    private RangeDistance distance(Bound bound) {
        return (bound.equals(frame.start()) ? startDistance : endDistance).orElseThrow();
    }

    private static int direction(Bound bound) {
        return bound.place() == Place.PRECEDING ? -1 : 1;
    }

    /** Forgets the rows that were shown. */
    void reset() {
        peersStart = 0;
        peersEnd = 0;
    }

    /** Goes to the frame of the row at a place. */
    void moveTo(int place) {
        boolean needsPeers = frame.unit() == Unit.RANGE
                || frame.exclusion() == Exclusion.GROUP
                || frame.exclusion() == Exclusion.TIES;
        if (needsPeers && (place < peersStart || place >= peersEnd)) {
            peersStart = place == peersEnd && peersEnd > 0 ? place : rows.peersStart(place);
            peersEnd = rows.peersEnd(place);
        }
        start = startOf(place);
        end = Math.max(start, endOf(place));
    }

    private int startOf(int place) {
        Bound bound = frame.start();
        return switch (bound.place()) {
            case UNBOUNDED_PRECEDING -> 0;
            case UNBOUNDED_FOLLOWING -> rows.size();
            case CURRENT_ROW -> frame.unit() == Unit.ROWS ? place : peersStart;
            case PRECEDING, FOLLOWING ->
                frame.unit() == Unit.ROWS ? clamp(place + rowDistance(bound)) : keyPlace(place, bound, false);
        };
    }

    private int endOf(int place) {
        Bound bound = frame.end();
        return switch (bound.place()) {
            case UNBOUNDED_PRECEDING -> 0;
            case UNBOUNDED_FOLLOWING -> rows.size();
            case CURRENT_ROW -> frame.unit() == Unit.ROWS ? place + 1 : peersEnd;
            case PRECEDING, FOLLOWING ->
                frame.unit() == Unit.ROWS ? clamp(place + rowDistance(bound) + 1) : keyPlace(place, bound, true);
        };
    }

    private int clamp(long place) {
        return (int) Math.max(0, Math.min(rows.size(), place));
    }

    /** The distance in rows, negative before the current row, and small enough to calculate with. */
    static long rowDistance(Bound bound) {
        long distance =
                bound.distance().orElseThrow().value() instanceof Long rows ? Math.min(rows, Integer.MAX_VALUE) : 0;
        return bound.place() == Place.PRECEDING ? -distance : distance;
    }

    /** The first place whose key is not before, or is behind, the key of a row moved by the distance of a bound. */
    private int keyPlace(int place, Bound bound, boolean behind) {
        int column = key.orElseThrow().column();
        if (rows.isNull(place, column)) {
            // NULL is at no distance from anything but NULL.
            return behind ? peersEnd : peersStart;
        }
        return keyPlace(rows.prefix(place), bound, behind);
    }

    private int keyPlace(long prefix, Bound bound, boolean behind) {
        return keyPlace(distance(bound).move(prefix, direction(bound)), behind);
    }

    private int keyPlace(long target, boolean behind) {
        SortKey sortKey = key.orElseThrow();
        int low = 0;
        int high = rows.size();
        while (low < high) {
            int middle = low + high >>> 1;
            boolean isBefore = rows.isNull(middle, sortKey.column())
                    ? sortKey.nullsFirst()
                    : behind ? rows.prefix(middle) <= target : rows.prefix(middle) < target;
            if (isBefore) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The first place of the frame. */
    int start() {
        return start;
    }

    /** The place behind the frame. */
    int end() {
        return end;
    }

    /** Whether a place in the frame is excluded, seen from a row. */
    boolean excludes(int place, int current) {
        boolean isPeer = place >= peersStart && place < peersEnd;
        return switch (frame.exclusion()) {
            case NOTHING -> false;
            case CURRENT_ROW -> place == current;
            case GROUP -> isPeer;
            case TIES -> isPeer && place != current;
        };
    }

    /** The first place that may be excluded from the frame of a row. */
    int exclusionStart(int current) {
        return switch (frame.exclusion()) {
            case NOTHING -> end;
            case CURRENT_ROW -> current;
            case GROUP, TIES -> peersStart;
        };
    }

    /** The place behind the last one that may be excluded. */
    int exclusionEnd(int current) {
        return switch (frame.exclusion()) {
            case NOTHING -> end;
            case CURRENT_ROW -> current + 1;
            case GROUP, TIES -> peersEnd;
        };
    }

    /** The first place whose frame may hold a row with a prefix, or whose peers it is among. */
    int firstSeeing(long prefix, boolean isNull, int place) {
        if (frame.end().place() == Place.UNBOUNDED_FOLLOWING) {
            return 0;
        }
        if (frame.unit() == Unit.ROWS) {
            long reach = frame.end().distance().isPresent() ? Math.max(0, rowDistance(frame.end())) : 0;
            int own = frame.exclusion() == Exclusion.NOTHING ? place : peersBefore(place);
            return Math.min(own, clamp(place - reach - 1));
        }
        boolean isFar = frame.end().place() == Place.FOLLOWING && !isNull;
        int peers = peersBefore(place);
        return isFar ? Math.min(peers, keyPlace(reversed(frame.end(), prefix), false)) : peers;
    }

    /** The place behind the last one whose frame may hold a row with a prefix, or whose peers it is among. */
    int lastSeeing(long prefix, boolean isNull, int placeBehind) {
        if (frame.start().place() == Place.UNBOUNDED_PRECEDING) {
            return rows.size();
        }
        if (frame.unit() == Unit.ROWS) {
            long reach = frame.start().distance().isPresent() ? Math.max(0, -rowDistance(frame.start())) : 0;
            int own = frame.exclusion() == Exclusion.NOTHING ? placeBehind : peersBehind(placeBehind);
            return Math.max(own, clamp(placeBehind + reach + 1));
        }
        boolean isFar = frame.start().place() == Place.PRECEDING && !isNull;
        int peers = peersBehind(placeBehind);
        return isFar ? Math.max(peers, keyPlace(reversed(frame.start(), prefix), true)) : peers;
    }

    /** The first place whose frame may hold a row that comes or goes at a place, with a prefix that no earlier row has. */
    int firstOpen(int settled, long prefix) {
        return switch (frame.end().place()) {
            case UNBOUNDED_FOLLOWING -> 0;
            case FOLLOWING ->
                frame.unit() == Unit.ROWS
                        ? clamp(settled - rowDistance(frame.end()))
                        : Math.min(settled, keyPlace(reversed(frame.end(), prefix), false));
            default -> settled;
        };
    }

    /** The first place that is in the frame of an open row. */
    int startFrom(Horizon horizon) {
        if (horizon.open() == horizon.settled()) {
            return placeOfNew(frame.start(), horizon, 0);
        }
        return Math.min(placeOf(frame.start(), horizon, false), moved(horizon).start);
    }

    /** The first place that is behind the frame of an open row. */
    int endFrom(Horizon horizon) {
        if (horizon.open() == horizon.settled()) {
            return placeOfNew(frame.end(), horizon, 1);
        }
        return Math.min(placeOf(frame.end(), horizon, true), moved(horizon).end);
    }

    /** The first place that an open row may exclude from its frame. */
    int exclusionFrom(Horizon horizon) {
        if (frame.exclusion() == Exclusion.NOTHING) {
            return Integer.MAX_VALUE;
        } else if (horizon.open() == horizon.settled()) {
            return horizon.settled();
        }
        return moved(horizon).exclusionStart(horizon.open());
    }

    private Frame moved(Horizon horizon) {
        reset();
        moveTo(horizon.open());
        return this;
    }

    /** The lowest place of a distant bound of the first open row and those behind it. */
    private int placeOf(Bound bound, Horizon horizon, boolean behind) {
        boolean isDistant = frame.unit() == Unit.RANGE && bound.distance().isPresent();
        return isDistant
                ? keyPlace(distance(bound).lowest(rows.prefix(horizon.open()), direction(bound)), behind)
                : Integer.MAX_VALUE;
    }

    /** Where a bound is for the first row that may come, which has no peers among those that are settled. */
    private int placeOfNew(Bound bound, Horizon horizon, int behind) {
        int place = switch (bound.place()) {
            case UNBOUNDED_PRECEDING -> 0;
            case PRECEDING ->
                frame.unit() == Unit.ROWS
                        ? clamp(horizon.settled() + rowDistance(bound) + behind)
                        : keyPlace(distance(bound).lowest(horizon.prefix(), -1), behind > 0);
            case CURRENT_ROW, FOLLOWING, UNBOUNDED_FOLLOWING -> horizon.settled();
        };
        return Math.min(place, horizon.settled());
    }

    /** The prefix that rows must have passed before a row with this one is in none of their frames, nor they in its. */
    long reach(long prefix) {
        long reach = prefix;
        if (frame.unit() == Unit.RANGE && frame.start().place() == Place.PRECEDING) {
            reach = distance(frame.start()).reverse(reach, 1);
        }
        if (frame.unit() == Unit.RANGE && frame.end().place() == Place.FOLLOWING) {
            reach = distance(frame.end()).reverse(reach, 1);
        }
        return reach;
    }

    private long reversed(Bound bound, long prefix) {
        return distance(bound).reverse(prefix, -direction(bound));
    }

    private int peersBefore(int place) {
        int before = place == 0 ? 0 : rows.peersStart(place - 1);
        return before;
    }

    private int peersBehind(int place) {
        return place == rows.size() ? place : rows.peersEnd(place);
    }
}
