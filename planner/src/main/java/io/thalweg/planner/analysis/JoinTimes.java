package io.thalweg.planner.analysis;

import io.thalweg.model.expression.ColumnReference;
import io.thalweg.model.expression.FunctionCall;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.expression.ScalarExpression;
import io.thalweg.model.expression.ScalarFunction;
import io.thalweg.model.plan.CloseTime;
import io.thalweg.model.plan.JoinKind;
import io.thalweg.model.plan.JoinNode;
import io.thalweg.model.plan.JoinRelease;
import io.thalweg.model.type.TypeName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a join's condition says about time: when a row of either side can meet no partner any more, and what the columns of
 * the result tell.
 *
 * <p>Say that partners must satisfy {@code s.time <= t.column + shift}, and that among the rows of s with a time up to v
 * nothing changes any more once the watermark has reached v plus an offset. Then a row of t has met all its partners when
 * the watermark has reached its column plus shift plus offset.
 */
final class JoinTimes {
    private final JoinNode join;
    private final List<Optional<ColumnTime>> left;
    private final List<Optional<ColumnTime>> right;
    /** For columns of the left side what to add to the value for the time by which all partners of the row have come. */
    private final Map<Integer, Long> leftDone = new TreeMap<>();
    /** The same of the right side. */
    private final Map<Integer, Long> rightDone = new TreeMap<>();

    JoinTimes(JoinNode join, List<Optional<ColumnTime>> left, List<Optional<ColumnTime>> right) {
        this.join = join;
        this.left = left;
        this.right = right;
        ExpressionTime ofLeft = new ExpressionTime(concat(left, Collections.nCopies(right.size(), Optional.empty())));
        ExpressionTime ofRight = new ExpressionTime(concat(Collections.nCopies(left.size(), Optional.empty()), right));
        for (TimeOrder order : TimeOrder.of(join)) {
            addDone(order, ofLeft, left.size(), right.size(), rightDone);
            addDone(order, ofRight, 0, left.size(), leftDone);
        }
    }

    private static <T> List<T> concat(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /** Notes what an order tells rows of one side, if it is the other side's time that they have to be later than. */
    private static void addDone(
            TimeOrder order, ExpressionTime partners, int firstColumn, int columnCount, Map<Integer, Long> done) {
        Optional<ColumnTime> earlier = order.earlier().accept(partners).filter(ColumnTime::isComplete);
        if (earlier.isEmpty()) {
            return;
        }
        try {
            long offset = Math.addExact(earlier.get().offsetMicros(), order.shiftMicros());
            ScalarExpression later = order.later();
            while (later instanceof FunctionCall call && isShift(call)) {
                offset = Math.addExact(offset, micros(call.argument(1)));
                later = call.argument(0);
            }
            if (later instanceof ColumnReference column) {
                int own = column.column() - firstColumn;
                if (own >= 0 && own < columnCount) {
                    done.merge(own, offset, Math::min);
                }
            }
        } catch (ArithmeticException beyondAllTimes) {
            // Such a bound is none.
        }
    }

    private static boolean isShift(FunctionCall call) {
        return call.function() == ScalarFunction.ADD_INTERVAL
                && call.type().name().isTimestamp()
                && call.argument(0).type().name() == call.type().name()
                && call.argument(1).type().name() == TypeName.INTERVAL_MICROS
                && call.argument(1) instanceof Literal interval
                && !interval.isNull();
    }

    private static long micros(ScalarExpression interval) {
        return interval instanceof Literal literal && literal.value() instanceof Long micros ? micros : 0;
    }

    /** When the join may forget its rows. */
    JoinRelease release() {
        return new JoinRelease(earliest(leftDone, left), earliest(rightDone, right));
    }

    /** A column that follows the watermark frees rows for sure; any other as early as its values happen to be. */
    private static Optional<CloseTime> earliest(Map<Integer, Long> done, List<Optional<ColumnTime>> times) {
        Comparator<CloseTime> followsWatermark =
                Comparator.comparing(close -> times.get(close.column()).isEmpty());
        return done.entrySet().stream()
                .map(entry -> new CloseTime(entry.getKey(), entry.getValue()))
                .min(followsWatermark.thenComparing(CloseTime::offsetMicros).thenComparing(CloseTime::column));
    }

    /** When rows with a left side are final, by a column that they all have. */
    Optional<CloseTime> leftFinal() {
        return finalBy(left, leftDone, 0);
    }

    /** The same of rows with a right side; the column is one of the result. */
    Optional<CloseTime> rightFinal() {
        return finalBy(right, rightDone, left.size());
    }

    private static Optional<CloseTime> finalBy(
            List<Optional<ColumnTime>> times, Map<Integer, Long> done, int firstColumn) {
        for (Map.Entry<Integer, Long> entry : done.entrySet()) {
            ColumnTime time = times.get(entry.getKey()).orElse(null);
            if (time != null && time.isComplete() && time.isTotal()) {
                long offset = time.joinedUntil(entry.getValue()).offsetMicros();
                return Optional.of(new CloseTime(firstColumn + entry.getKey(), offset));
            }
        }
        return Optional.empty();
    }

    /** What the columns of the result tell. */
    List<Optional<ColumnTime>> result() {
        List<Optional<ColumnTime>> times = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            Optional<ColumnTime> time = resultTime(left.get(i), Optional.ofNullable(leftDone.get(i)));
            times.add(join.kind().keepsUnmatchedRight() ? time.map(ColumnTime::missing) : time);
        }
        for (int i = 0; join.kind().emitsPairs() && i < right.size(); i++) {
            Optional<ColumnTime> time = resultTime(right.get(i), Optional.ofNullable(rightDone.get(i)));
            times.add(join.kind().keepsUnmatchedLeft() ? time.map(ColumnTime::missing) : time);
        }
        addKeys(times);
        if (join.kind() == JoinKind.MARK) {
            times.add(Optional.empty());
        }
        return times;
    }

    /** Without a bound a row that waits for a partner may be taken back for ever, whatever its own time. */
    private Optional<ColumnTime> resultTime(Optional<ColumnTime> time, Optional<Long> done) {
        if (done.isPresent()) {
            return time.map(t -> t.joinedUntil(done.get()));
        }
        return join.kind().retracts() ? Optional.empty() : time.map(ColumnTime::joined);
    }

    /** Windows joined with windows close when both have, also if one of them is the window of an unbounded join itself. */
    private void addKeys(List<Optional<ColumnTime>> times) {
        for (int i = 0; i < join.leftKeys().size(); i++) {
            int leftKey = join.leftKeys().get(i);
            int rightKey = join.rightKeys().get(i);
            Optional<ColumnTime> leftTime = left.get(leftKey);
            Optional<ColumnTime> both = right.get(rightKey)
                    .flatMap(r -> leftTime.map(l -> l.and(r)))
                    .filter(time -> !time.isComplete());
            if (both.isPresent() && !join.kind().keepsUnmatchedRight()) {
                times.set(leftKey, both);
            }
            if (both.isPresent() && join.kind().emitsPairs() && !join.kind().keepsUnmatchedLeft()) {
                times.set(left.size() + rightKey, both);
            }
        }
    }
}
