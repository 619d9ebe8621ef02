package io.thalweg.runtime.operator;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.plan.AsofJoinNode;
import io.thalweg.model.plan.AsofMatch;
import io.thalweg.model.plan.CloseTime;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.state.CloseQueue;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.OrderedRows;
import io.thalweg.runtime.state.RecordPages;
import io.thalweg.runtime.state.TouchedIds;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What an as-of join remembers: for each key the rows of both sides in the order of the matched values, and for each left row
 * the partner it is shown with. A row that the step deletes stays until its end, so that pairs with it can be taken back.
 *
 * <p>Once both inputs have settled up to a value, a join that looks back needs no left row up to it, and of the right rows
 * only the last. One that looks ahead needs no right row up to it, and no left row that has a partner among those.
 */
final class AsofState implements PartitionKeys.Owner {
    // What is known of a key: the step that touched it last, and between which values on either side.
    private static final int STEP = 0;
    private static final int FROM = 1;
    private static final int TO = 3;
    private static final int QUEUED = 5;

    private static final int LEFT = JoinOperator.LEFT;
    private static final int RIGHT = JoinOperator.RIGHT;

    private final AsofMatch.Nearest nearest;
    private final boolean keepsUnmatched;
    private final Optional<CloseTime> settling;
    private final PartitionKeys keys;
    private final AsofSide left;
    private final AsofSide right;
    private final AsofPairs pairs;
    private final RecordPages records;
    private final TouchedIds touched;
    private final CloseQueue queue;
    private long step = 1;
    private int[] chosen = {};

    AsofState(AsofJoinNode node, MemoryAccount account) {
        RowType leftType = node.left().type();
        this.nearest = node.match().nearest();
        this.keepsUnmatched = node.keepsUnmatched();
        this.settling = node.settledMicros().isPresent()
                ? Optional.of(
                        new CloseTime(node.match().left(), node.settledMicros().getAsLong()))
                : Optional.empty();
        this.left = new AsofSide(leftType, node.keys().left(), node.match().left(), account);
        this.right = new AsofSide(
                node.right().type(), node.keys().right(), node.match().right(), account);
        this.pairs = new AsofPairs(left.rows(), right.rows(), node.right().type());
        this.records = new RecordPages(6, account);
        this.touched = new TouchedIds(account);
        this.queue = new CloseQueue(account);
        int[] keyColumns =
                node.keys().left().stream().mapToInt(Integer::intValue).toArray();
        List<Integer> all = IntStream.range(0, keyColumns.length).boxed().toList();
        this.keys = new PartitionKeys(leftType.project(keyColumns), all, Optional.empty(), this, account);
        keys.openOnly();
    }

    @Override
    public void open(int key) {
        records.ensure(key);
        records.clear(key);
        left.open(key);
        right.open(key);
    }

    @Override
    public void close(int key) {
        left.close(key);
        right.close(key);
    }

    /** Adds rows of an input; those that match nothing because of a NULL go out at once if they are wanted. */
    void add(int port, DeltaBatch batch, Output output) {
        AsofSide side = port == LEFT ? left : right;
        DeltaBatch matchable = select(batch, side, false);
        if (matchable.rowCount() < batch.rowCount() && port == LEFT && keepsUnmatched) {
            output.emit(pairs.alone(select(batch, side, true)));
        }
        int[] found = keys.resolve(side.keysOf(matchable));
        side.load(matchable);
        for (int row = 0; row < matchable.rowCount(); row++) {
            int key = found[row];
            touch(key);
            long value = side.add(key, row, matchable.weight(row));
            records.set(key, FROM + port, Math.min(records.get(key, FROM + port), value));
            records.set(key, TO + port, Math.max(records.get(key, TO + port), value));
        }
    }

    private DeltaBatch select(DeltaBatch batch, AsofSide side, boolean lackingValue) {
        if (chosen.length < batch.rowCount()) {
            chosen = new int[Math.max(batch.rowCount(), DeltaBatch.TARGET_ROWS)];
        }
        int count = 0;
        for (int row = 0; row < batch.rowCount(); row++) {
            chosen[count] = row;
            count += side.lacksValue(batch, row) == lackingValue ? 1 : 0;
        }
        return count == batch.rowCount() ? batch : batch.select(chosen, count);
    }

    private void touch(int key) {
        if (records.get(key, STEP) == step) {
            return;
        }
        records.set(key, STEP, step);
        for (int port = LEFT; port <= RIGHT; port++) {
            records.set(key, FROM + port, Long.MAX_VALUE);
            records.set(key, TO + port, Long.MIN_VALUE);
        }
        touched.add(key);
    }

    void endStep(Output output, Runnable cancellationCheck) {
        for (int i = 0; i < touched.count(); i++) {
            if (i % DeltaBatch.TARGET_ROWS == 0) {
                cancellationCheck.run();
            }
            int key = touched.get(i);
            left.settle(key);
            right.settle(key);
            long leftFrom = records.get(key, FROM + LEFT);
            long leftTo = records.get(key, TO + LEFT);
            long rightFrom = records.get(key, FROM + RIGHT);
            long rightTo = records.get(key, TO + RIGHT);
            match(key, leftFrom, leftTo, output);
            if (rightFrom <= rightTo) {
                match(key, lowestAffected(key, rightFrom), highestAffected(key, rightTo), output);
                right.dropDeleted(key, right.countBelow(key, rightFrom), right.countUpTo(key, rightTo));
            }
            if (leftFrom <= leftTo) {
                left.dropDeleted(key, left.countBelow(key, leftFrom), left.countUpTo(key, leftTo));
            }
            settleOrForget(key);
        }
        pairs.flush(output);
        touched.clear();
        left.rows().compact();
        right.rows().compact();
        step++;
    }

    /** The lowest left value whose partner may be another because right rows from a value on have changed. */
    private long lowestAffected(int key, long from) {
        if (nearest.looksBack()) {
            return from;
        }
        int place = right.countBelow(key, from) - 1;
        while (place >= 0 && !right.isPresent(key, place)) {
            place--;
        }
        return place < 0 ? Long.MIN_VALUE : right.value(key, place);
    }

    private long highestAffected(int key, long to) {
        if (!nearest.looksBack()) {
            return to;
        }
        int place = right.countUpTo(key, to);
        while (place < right.size(key) && !right.isPresent(key, place)) {
            place++;
        }
        return place == right.size(key) ? Long.MAX_VALUE : right.value(key, place);
    }

    /** Finds the partners of the left rows between two values, and lets out what has changed. */
    private void match(int key, long from, long to, Output output) {
        int end = left.countUpTo(key, to);
        int place = left.countBelow(key, from);
        if (place >= end) {
            return;
        }
        int next = rightPlace(key, left.value(key, place));
        int best = next - 1;
        while (best >= 0 && !right.isPresent(key, best)) {
            best--;
        }
        for (; place < end; place++) {
            long value = left.value(key, place);
            while (next < right.size(key) && isPassed(right.value(key, next), value)) {
                best = right.isPresent(key, next) ? next : best;
                next++;
            }
            while (!nearest.looksBack() && next < right.size(key) && !right.isPresent(key, next)) {
                next++;
            }
            int partner = nearest.looksBack() ? best : next;
            boolean exists = partner >= 0 && partner < right.size(key);
            change(left.row(key, place), exists ? right.row(key, partner) : OrderedRows.NO_ROW, output);
        }
    }

    /** Whether a right value lies before the place that divides the right rows for a left value. */
    private boolean isPassed(long rightValue, long leftValue) {
        boolean passesEqual = nearest.looksBack() == nearest.takesEqual();
        return rightValue < leftValue || (passesEqual && rightValue == leftValue);
    }

    private int rightPlace(int key, long leftValue) {
        boolean passesEqual = nearest.looksBack() == nearest.takesEqual();
        return passesEqual ? right.countUpTo(key, leftValue) : right.countBelow(key, leftValue);
    }

    private void change(int row, int partner, Output output) {
        int oldPartner = left.partner(row);
        long oldWeight = left.shown(row);
        long weight = left.weight(row);
        if (oldPartner == partner) {
            emit(row, partner, weight - oldWeight, output);
        } else {
            emit(row, oldPartner, -oldWeight, output);
            emit(row, partner, weight, output);
        }
        left.show(row, partner);
    }

    private void emit(int row, int partner, long weight, Output output) {
        if (partner != OrderedRows.NO_ROW || keepsUnmatched) {
            pairs.add(row, partner, weight, output);
        }
    }

    /** Forgets a key without rows; of another it is noted when rows of it can go. */
    private void settleOrForget(int key) {
        if (left.size(key) == 0 && right.size(key) == 0) {
            if (records.get(key, QUEUED) != 0) {
                queue.remove(key);
                records.set(key, QUEUED, 0);
            }
            close(key);
            keys.forget(key);
        } else if (settling.isPresent() && records.get(key, QUEUED) == 0 && hasNextSettled(key)) {
            records.set(key, QUEUED, 1);
            queue.add(key, RowRelease.rounded(CloseTimes.closeAt(nextSettled(key), settling.get())));
        }
    }

    private boolean hasNextSettled(int key) {
        return nearest.looksBack() ? left.size(key) > 0 || right.size(key) > 1 : right.size(key) > 0;
    }

    /** The value up to which both inputs must have settled before any row of a key can go. */
    private long nextSettled(int key) {
        if (!nearest.looksBack()) {
            return right.value(key, 0);
        }
        long first = left.size(key) > 0 ? left.value(key, 0) : Long.MAX_VALUE;
        long second = right.size(key) > 1 ? right.value(key, 1) : Long.MAX_VALUE;
        return Math.min(first, second);
    }

    void closeUpTo(long watermark) {
        if (settling.isEmpty() || watermark == Long.MIN_VALUE || queue.isEmpty()) {
            return;
        }
        long offset = settling.get().offsetMicros();
        long settled = watermark == Long.MAX_VALUE ? Long.MAX_VALUE : watermark - offset;
        int[] ids = new int[DeltaBatch.TARGET_ROWS];
        for (int count = queue.poll(watermark, ids); count > 0; count = queue.poll(watermark, ids)) {
            for (int i = 0; i < count; i++) {
                records.set(ids[i], QUEUED, 0);
                drop(ids[i], settled);
                settleOrForget(ids[i]);
            }
        }
        left.rows().compact();
        right.rows().compact();
    }

    private void drop(int key, long settled) {
        int passed = right.countUpTo(key, settled);
        if (nearest.looksBack()) {
            left.dropFirst(key, left.countUpTo(key, settled));
            right.dropFirst(key, Math.max(0, passed - 1));
        } else if (passed > 0) {
            long last = right.value(key, passed - 1);
            left.dropFirst(key, nearest.takesEqual() ? left.countUpTo(key, last) : left.countBelow(key, last));
            right.dropFirst(key, passed);
        }
    }

    /** How many rows are kept. */
    long size() {
        return left.rows().size() + (long) right.rows().size();
    }
}
