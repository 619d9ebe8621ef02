package io.thalweg.runtime.operator;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.state.KeyTable;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.RecordPages;
import io.thalweg.runtime.state.TouchedIds;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The rows of a recursion: how often each is in the start, follows from others, is fed, and is in the result. */
final class RecursionState {
    /** More copies of one row than anybody reads. */
    private static final long MAX_COPIES = 1L << 40;

    private static final int STARTS = 0;
    private static final int FOLLOWS = 1;
    private static final int FED = 2;
    private static final int RESULT = 3;
    private static final int RESULT_BEFORE = 4;
    private static final int STEP = 5;
    private static final int FLAGS = 6;
    private static final int NEXT = 7;
    private static final int SLOTS = 8;

    /** In the list of rows whose counts have changed. */
    private static final long CHANGED = 1;
    /** In the list of rows that have lost a reason. */
    private static final long HURT = 2;

    private final KeyTable rows;
    private final RecordPages records;
    private final TouchedIds touched;
    private final MemoryAccount account;
    private TouchedIds changed;
    private TouchedIds changedNext;
    private TouchedIds hurt;
    private TouchedIds hurtNext;
    private int[] found = {};
    private long step = 1;
    private boolean isFirstRound;

    /** Where changes of the rows that are fed go. */
    interface Feed {
        void feed(DeltaBatch rows);
    }

    RecursionState(RowType type, MemoryAccount account) {
        this.account = account;
        this.rows = KeyTable.create(
                type, IntStream.range(0, type.size()).boxed().toList(), KeyTable.NullKeys.EQUAL, account);
        this.records = new RecordPages(SLOTS, account);
        this.touched = new TouchedIds(account);
        this.changed = new TouchedIds(account);
        this.changedNext = new TouchedIds(account);
        this.hurt = new TouchedIds(account);
        this.hurtNext = new TouchedIds(account);
    }

    void add(boolean isStart, DeltaBatch batch) {
        if (found.length < batch.rowCount()) {
            int larger = Math.max(batch.rowCount(), DeltaBatch.TARGET_ROWS);
            account.reserve((long) Integer.BYTES * (larger - found.length));
            found = new int[larger];
        }
        rows.resolve(batch, found);
        for (int i = 0; i < rows.createdCount(); i++) {
            int id = found[rows.createdRow(i)];
            records.ensure(id);
            records.clear(id);
        }
        int slot = isStart ? STARTS : FOLLOWS;
        for (int row = 0; row < batch.rowCount(); row++) {
            int id = found[row];
            touch(id);
            long count = records.get(id, slot) + batch.weight(row);
            if (count > MAX_COPIES) {
                throw new ThalwegException(
                        ErrorCode.STATEMENT_TOO_COMPLEX,
                        "a row of a recursive query comes more than " + MAX_COPIES + " times");
            }
            records.set(id, slot, count);
            mark(id, CHANGED, changed);
            if (batch.weight(row) < 0) {
                mark(id, HURT, hurt);
            }
        }
    }

    private void touch(int id) {
        if (records.get(id, STEP) != step) {
            records.set(id, STEP, step);
            records.set(id, RESULT_BEFORE, records.get(id, RESULT));
            touched.add(id);
        }
    }

    private void mark(int id, long flag, TouchedIds list) {
        long flags = records.get(id, FLAGS);
        if ((flags & flag) == 0) {
            records.set(id, FLAGS, flags | flag);
            list.add(id);
        }
    }

    private void unmark(TouchedIds list, long flag) {
        for (int i = 0; i < list.count(); i++) {
            int id = list.get(i);
            records.set(id, FLAGS, records.get(id, FLAGS) & ~flag);
        }
    }

    boolean isChanged() {
        return changed.count() > 0;
    }

    boolean hasHurt() {
        return hurt.count() > 0;
    }

    void forgetHurt() {
        unmark(hurt, HURT);
        hurt.clear();
    }

    /** Takes out the rows that have lost a reason; false if none of them is fed. */
    boolean withdrawHurt(Feed feed) {
        TouchedIds now = hurt;
        unmark(now, HURT);
        hurt = hurtNext;
        hurtNext = now;
        Batch batch = new Batch(feed);
        for (int i = 0; i < now.count(); i++) {
            withdraw(now.get(i), batch);
        }
        now.clear();
        return batch.end();
    }

    void withdrawAll(Feed feed) {
        Batch batch = new Batch(feed);
        for (int id = 1; id < rows.end(); id++) {
            withdraw(id, batch);
        }
        batch.end();
    }

    private void withdraw(int id, Batch batch) {
        if (records.get(id, FED) != 0) {
            touch(id);
            records.set(id, FED, 0);
            records.set(id, RESULT, 0);
            mark(id, CHANGED, changed);
            batch.add(id, -1);
        }
    }

    /** Feeds the rows that are there and were not fed; false if there is none. */
    boolean feedNew(Feed feed) {
        TouchedIds now = takeChanged();
        Batch batch = new Batch(feed);
        for (int i = 0; i < now.count(); i++) {
            int id = now.get(i);
            if (records.get(id, FED) == 0 && records.get(id, STARTS) + records.get(id, FOLLOWS) > 0) {
                touch(id);
                records.set(id, FED, 1);
                records.set(id, RESULT, 1);
                batch.add(id, 1);
            }
        }
        now.clear();
        return batch.end();
    }

    private TouchedIds takeChanged() {
        TouchedIds now = changed;
        unmark(now, CHANGED);
        changed = changedNext;
        changedNext = now;
        return now;
    }

    /** Begins with the rows of the start, each as often as it is there. Nothing is fed yet. */
    void restart() {
        takeChanged().clear();
        for (int id = 1; id < rows.end(); id++) {
            if (records.get(id, RESULT) != 0 || records.get(id, STARTS) != 0) {
                touch(id);
                records.set(id, RESULT, 0);
                mark(id, CHANGED, changed);
            }
        }
        isFirstRound = true;
    }

    /** Feeds the rows of the next round in the place of those of the last; false if neither has any. */
    boolean feedRound(Feed feed) {
        int slot = isFirstRound ? STARTS : FOLLOWS;
        isFirstRound = false;
        TouchedIds now = takeChanged();
        // Before the first is fed, since more follows from it at once.
        for (int i = 0; i < now.count(); i++) {
            int id = now.get(i);
            touch(id);
            records.set(id, NEXT, records.get(id, slot));
        }
        Batch batch = new Batch(feed);
        for (int i = 0; i < now.count(); i++) {
            int id = now.get(i);
            long count = records.get(id, NEXT);
            long change = count - records.get(id, FED);
            records.set(id, FED, count);
            records.set(id, RESULT, records.get(id, RESULT) + count);
            if (count != 0) {
                // It is looked at in the next round, too, when its place may be taken by others.
                mark(id, CHANGED, changed);
            }
            batch.add(id, change);
        }
        now.clear();
        batch.end();
        return isChanged();
    }

    /** Lets out how the result has changed, and forgets rows that are nowhere any more. */
    void endStep(Output output) {
        Batch batch = new Batch(output::emit);
        for (int i = 0; i < touched.count(); i++) {
            int id = touched.get(i);
            batch.add(id, records.get(id, RESULT) - records.get(id, RESULT_BEFORE));
        }
        batch.end();
        takeChanged().clear();
        forgetHurt();
        for (int i = 0; i < touched.count(); i++) {
            int id = touched.get(i);
            if (isNowhere(id)) {
                rows.remove(id);
            }
        }
        touched.clear();
        step++;
    }

    private boolean isNowhere(int id) {
        return records.get(id, STARTS) == 0
                && records.get(id, FOLLOWS) == 0
                && records.get(id, FED) == 0
                && records.get(id, RESULT) == 0;
    }

    long rowCount() {
        return rows.size();
    }

    /** Rows with their weights on the way out. */
    private final class Batch {
        private final Feed feed;
        private final int[] ids = new int[DeltaBatch.TARGET_ROWS];
        private final int[] weights = new int[DeltaBatch.TARGET_ROWS];
        private int count;
        private boolean isAny;

        Batch(Feed feed) {
            this.feed = feed;
        }

        void add(int id, long change) {
            long rest = change;
            while (rest != 0) {
                int part = (int) Math.max(-Integer.MAX_VALUE, Math.min(Integer.MAX_VALUE, rest));
                ids[count] = id;
                weights[count++] = part;
                rest -= part;
                if (count == ids.length) {
                    end();
                }
            }
        }

        /** Sends what is left; whether there was anything. */
        boolean end() {
            if (count > 0) {
                isAny = true;
                DeltaBatch batch = new DeltaBatch(count, rows.keys(ids, count), Arrays.copyOf(weights, count));
                count = 0;
                feed.feed(batch);
            }
            return isAny;
        }
    }
}
