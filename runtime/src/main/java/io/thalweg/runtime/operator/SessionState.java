package io.thalweg.runtime.operator;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.LongColumn;
import io.thalweg.model.plan.CloseTime;
import io.thalweg.model.plan.SessionNode;
import io.thalweg.model.type.RowType;
import io.thalweg.runtime.expression.function.DateTimeFunctions;
import io.thalweg.runtime.state.CloseQueue;
import io.thalweg.runtime.state.IndexSort;
import io.thalweg.runtime.state.KeyTable;
import io.thalweg.runtime.state.MemoryAccount;
import io.thalweg.runtime.state.RecordPages;
import io.thalweg.runtime.state.TouchedIds;
import java.util.Arrays;
import java.util.Optional;

/**
 * The rows of open sessions: for each key a {@link TimeLine}, for each row how often it is there and what was last said of
 * it. The sessions themselves are not stored; they are read off the line, in the end of each step around the rows that the
 * step has touched.
 */
final class SessionState {
    private static final int ONLY_KEY = 1;

    // Of a row.
    private static final int WEIGHT = 0;
    private static final int TIME = 1;
    private static final int ROW_STEP = 2;
    /** The row of the same key that was touched before it in this step. */
    private static final int NEXT_TOUCHED = 3;

    private static final int EMITTED = 4;
    private static final int START = 5;
    private static final int END = 6;
    private static final int IN_LINE = 7;
    private static final int ROW_LONGS = 8;

    // Of a key.
    private static final int KEY_STEP = 0;
    private static final int FIRST_TOUCHED = 1;
    private static final int KEY_LONGS = 2;

    private final int timeColumn;
    private final long gap;
    private final Optional<CloseTime> closeTime;
    private final KeyTable rows;
    private final RecordPages rowRecords;
    private final Optional<KeyTable> keys;
    private final RecordPages keyRecords;
    private final MemoryAccount account;
    private final CloseQueue closing;
    private final TouchedIds touchedKeys;
    private final TouchedIds goneRows;
    private TimeLine[] lines = {};

    private long step = 1;
    private long watermark = Long.MIN_VALUE;
    private int[] foundRows = {};
    private int[] foundKeys = {};
    private long[] addedTimes = new long[16];
    private int[] addedRows = new int[16];

    SessionState(SessionNode node, MemoryAccount account) {
        RowType input = node.input().type();
        this.timeColumn = node.timeColumn();
        this.gap = node.gapMicros();
        this.closeTime = node.closeTime();
        this.rows = KeyTable.ofRows(input, account);
        this.rowRecords = new RecordPages(ROW_LONGS, account);
        this.keys = node.keys().isEmpty()
                ? Optional.empty()
                : Optional.of(KeyTable.create(input, node.keys(), KeyTable.NullKeys.EQUAL, account));
        this.keyRecords = new RecordPages(KEY_LONGS, account);
        this.account = account;
        this.closing = new CloseQueue(account);
        this.touchedKeys = new TouchedIds(account);
        this.goneRows = new TouchedIds(account);
    }

    void add(DeltaBatch changes) {
        DeltaBatch batch = openRows(changes);
        resolve(batch);
        for (int row = 0; row < batch.rowCount(); row++) {
            int id = foundRows[row];
            int key = foundKeys[row];
            rowRecords.set(id, WEIGHT, rowRecords.get(id, WEIGHT) + batch.weight(row));
            if (rowRecords.get(id, ROW_STEP) == step) {
                continue;
            }
            if (keyRecords.get(key, KEY_STEP) != step) {
                keyRecords.set(key, KEY_STEP, step);
                keyRecords.set(key, FIRST_TOUCHED, 0);
                touchedKeys.add(key);
            }
            rowRecords.set(id, ROW_STEP, step);
            rowRecords.set(id, NEXT_TOUCHED, keyRecords.get(key, FIRST_TOUCHED));
            keyRecords.set(key, FIRST_TOUCHED, id);
        }
    }

    /** Without the rows that have no time, and those that could only be in a session that is closed. */
    private DeltaBatch openRows(DeltaBatch batch) {
        LongColumn times = batch.longColumn(timeColumn);
        int[] open = new int[batch.rowCount()];
        int count = 0;
        for (int row = 0; row < batch.rowCount(); row++) {
            open[count] = row;
            count += times.isNull(row) || isClosed(times.value(row) + gap) ? 0 : 1;
        }
        return count == batch.rowCount() ? batch : batch.select(open, count);
    }

    private boolean isClosed(long sessionEnd) {
        return closeTime.isPresent() && CloseTimes.closeAt(sessionEnd, closeTime.get()) <= watermark;
    }

    private void resolve(DeltaBatch batch) {
        if (foundRows.length < batch.rowCount()) {
            foundRows = new int[Math.max(batch.rowCount(), DeltaBatch.TARGET_ROWS)];
            foundKeys = new int[foundRows.length];
            Arrays.fill(foundKeys, ONLY_KEY);
        }
        LongColumn times = batch.longColumn(timeColumn);
        rows.resolve(batch, foundRows);
        for (int i = 0; i < rows.createdCount(); i++) {
            int row = rows.createdRow(i);
            rowRecords.ensure(foundRows[row]);
            rowRecords.clear(foundRows[row]);
            rowRecords.set(foundRows[row], TIME, times.value(row));
        }
        if (keys.isPresent()) {
            KeyTable table = keys.get();
            table.resolve(batch, foundKeys);
            for (int i = 0; i < table.createdCount(); i++) {
                open(foundKeys[table.createdRow(i)]);
            }
        } else if (lines.length == 0) {
            open(ONLY_KEY);
        }
    }

    private void open(int key) {
        keyRecords.ensure(key);
        keyRecords.clear(key);
        if (key >= lines.length) {
            lines = Arrays.copyOf(lines, Math.max(64, Math.max(key + 1, 2 * lines.length)));
        }
        lines[key] = new TimeLine(account);
    }

    /** Emits what the step has changed. */
    void endStep(Output output, Runnable cancellationCheck) {
        SessionOutput changes = new SessionOutput(rows, output, cancellationCheck);
        for (int i = 0; i < touchedKeys.count(); i++) {
            change(touchedKeys.get(i), changes);
        }
        changes.flush();
        for (int i = 0; i < goneRows.count(); i++) {
            rows.remove(goneRows.get(i));
        }
        goneRows.clear();
        touchedKeys.clear();
        step++;
    }

    private void change(int key, SessionOutput changes) {
        TimeLine line = lines[key];
        long earliest = Long.MAX_VALUE;
        long latest = Long.MIN_VALUE;
        int added = 0;
        boolean anyRemoved = false;
        for (int id = (int) keyRecords.get(key, FIRST_TOUCHED); id != 0; id = (int) rowRecords.get(id, NEXT_TOUCHED)) {
            long time = rowRecords.get(id, TIME);
            earliest = Math.min(earliest, time);
            latest = Math.max(latest, time);
            boolean inLine = rowRecords.get(id, IN_LINE) != 0;
            if (isGone(id)) {
                anyRemoved |= inLine;
                changes.add(id, -rowRecords.get(id, EMITTED), rowRecords.get(id, START), rowRecords.get(id, END));
                goneRows.add(id);
            } else if (!inLine) {
                added = collect(id, time, added);
            }
        }
        if (anyRemoved) {
            line.removeFrom(earliest, this::isGone);
        }
        insert(line, added);
        emitAround(line, earliest, latest, changes);
        close(key, line);
    }

    private boolean isGone(int id) {
        return rowRecords.get(id, WEIGHT) == 0;
    }

    private int collect(int id, long time, int count) {
        if (count == addedRows.length) {
            addedTimes = Arrays.copyOf(addedTimes, 2 * count);
            addedRows = Arrays.copyOf(addedRows, 2 * count);
        }
        addedTimes[count] = time;
        addedRows[count] = id;
        rowRecords.set(id, IN_LINE, 1);
        return count + 1;
    }

    private void insert(TimeLine line, int count) {
        if (count == 0) {
            return;
        }
        long[] unsortedTimes = addedTimes;
        int[] order = IndexSort.sort(count, (left, right) -> Long.compare(unsortedTimes[left], unsortedTimes[right]));
        long[] times = new long[count];
        int[] ids = new int[count];
        for (int i = 0; i < count; i++) {
            times[i] = addedTimes[order[i]];
            ids[i] = addedRows[order[i]];
        }
        line.insert(times, ids, count);
    }

    /** Reads the sessions off the line, as far as they or those that were emitted reach into the time that was touched. */
    private void emitAround(TimeLine line, long earliest, long latest, SessionOutput changes) {
        int from = line.firstFrom(earliest);
        while (from > line.begin()
                && (isSameSession(line, from - 1, from) || rowRecords.get(line.row(from - 1), END) > earliest)) {
            from--;
        }
        int to = line.firstFrom(latest + 1);
        while (to < line.end()
                && (to > line.begin() && isSameSession(line, to - 1, to)
                        || rowRecords.get(line.row(to), START) <= latest)) {
            to++;
        }
        int first = from;
        while (first < to) {
            int last = first;
            while (last + 1 < to && isSameSession(line, last, last + 1)) {
                last++;
            }
            long start = line.time(first);
            long end = DateTimeFunctions.checkedTimestamp(line.time(last) + gap);
            for (int place = first; place <= last; place++) {
                emit(line.row(place), start, end, changes);
            }
            first = last + 1;
        }
    }

    private boolean isSameSession(TimeLine line, int place, int next) {
        return next < line.end() && line.time(next) - line.time(place) < gap;
    }

    private void emit(int id, long start, long end, SessionOutput changes) {
        long weight = rowRecords.get(id, WEIGHT);
        long emitted = rowRecords.get(id, EMITTED);
        boolean moved = rowRecords.get(id, START) != start || rowRecords.get(id, END) != end;
        if (moved) {
            changes.beginPair();
            changes.add(id, -emitted, rowRecords.get(id, START), rowRecords.get(id, END));
        }
        changes.add(id, moved ? weight : weight - emitted, start, end);
        rowRecords.set(id, EMITTED, weight);
        rowRecords.set(id, START, start);
        rowRecords.set(id, END, end);
    }

    /** Says when the next session of a key closes, and forgets a key without rows. */
    private void close(int key, TimeLine line) {
        closing.remove(key);
        if (line.isEmpty()) {
            line.discard();
            keys.ifPresent(table -> table.remove(key));
        } else if (closeTime.isPresent()) {
            closing.add(key, CloseTimes.closeAt(rowRecords.get(line.row(line.begin()), END), closeTime.get()));
        }
    }

    /** Forgets the sessions that are closed. */
    void closeUpTo(long newWatermark, Runnable cancellationCheck) {
        watermark = newWatermark;
        int[] closed = new int[64];
        for (int count = closing.poll(watermark, closed); count > 0; count = closing.poll(watermark, closed)) {
            cancellationCheck.run();
            for (int i = 0; i < count; i++) {
                TimeLine line = lines[closed[i]];
                while (!line.isEmpty() && isClosed(rowRecords.get(line.row(line.begin()), END))) {
                    rows.remove(line.row(line.begin()));
                    line.removeFirst();
                }
                close(closed[i], line);
            }
        }
    }

    /** How many different rows are kept. */
    long size() {
        return rows.size();
    }
}
