package io.thalweg.server.query;

import io.thalweg.log.LogCursor;
import io.thalweg.log.PartitionLog;
import io.thalweg.log.PayloadKind;
import io.thalweg.log.RowHold;
import io.thalweg.model.catalog.WatermarkDefinition;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.IntColumn;
import io.thalweg.model.delta.LongColumn;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.plan.ScanNode;
import io.thalweg.model.plan.SourceKind;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads one partition of a stream or table for one scan, interval by interval in the order of offsets, and decodes only
 * the columns of the scan. Decides which rows are late from the log alone, so every reader decides the same. One thread.
 */
final class PartitionScan {
    private final PartitionLog log;
    private final RowHold hold;
    private final String title;
    private final StoredColumns storedColumns;
    private final int partition;
    private final ScanNode scan;
    private final Optional<WatermarkDefinition> watermark;
    private final FrameSkipping skipping;
    /** The stored columns to decode: those of the scan, then the event time if lateness needs it. */
    private final int[] decoded;
    /** Where among the decoded columns the event time is; -1 if the stream has none. */
    private final int timeColumn;

    private final boolean timeNullable;
    private long position;
    private long runningMax;

    /**
     * Begins at the first row that is kept and holds all from there on.
     *
     * @param log a partition of the relation
     * @param reader who reads, for those who look why rows are kept
     */
    PartitionScan(StoredRelation relation, PartitionLog log, ScanNode scan, FrameSkipping skipping, String reader) {
        this.skipping = skipping;
        this.log = log;
        this.hold = log.hold(reader);
        this.title = relation.title();
        this.storedColumns = new StoredColumns(relation.columns());
        this.partition = log.id().partition();
        this.scan = scan;
        this.watermark = relation.watermark();
        int[] stored = scan.columns().stream()
                .mapToInt(Integer::intValue)
                .filter(c -> c >= 0)
                .toArray();
        if (watermark.isPresent()) {
            int time = watermark.get().column();
            int found = -1;
            for (int i = 0; i < stored.length; i++) {
                found = stored[i] == time ? i : found;
            }
            this.timeColumn = found >= 0 ? found : stored.length;
            this.decoded = found >= 0 ? stored : append(stored, time);
            this.timeNullable = relation.storedType().type(time).nullable();
        } else {
            this.timeColumn = -1;
            this.decoded = stored;
            this.timeNullable = false;
        }
        this.position = hold.offset();
        this.runningMax = log.maxEventTimeBeforeStart();
    }

    /** Begins at the very first row, whether it is kept or not: one that was removed is an error. */
    void requireAll() {
        position = 0;
    }

    /** Lets go of the rows that were read. */
    void releaseRead() {
        hold.moveTo(position);
    }

    /** Lets go of all rows: those that are removed before they are read are an error from here on. */
    void release() {
        hold.close();
    }

    private static int[] append(int[] columns, int column) {
        int[] longer = Arrays.copyOf(columns, columns.length + 1);
        longer[columns.length] = column;
        return longer;
    }

    /** The offset of the next row to read. */
    long position() {
        return position;
    }

    /**
     * The watermark of the rows read so far, or of those that the partition goes on from; {@link Long#MIN_VALUE} if there
     * is none yet.
     */
    long watermark() {
        return watermark.isEmpty() || runningMax == Long.MIN_VALUE
                ? Long.MIN_VALUE
                : runningMax - watermark.get().delayMicros();
    }

    /**
     * Reads from the position up to this offset, exclusive, and hands out the rows.
     *
     * @return false if the receiver wanted no more; nothing may be read after that
     */
    boolean readTo(long end, StopCheck stop, BatchReceiver receiver) {
        named(() -> {
            log.requireIntact();
            return true;
        });
        if (end <= position) {
            return true;
        }
        long from = Math.max(position, named(() -> skipping.firstOffset(log, position, end)));
        while (from < end) {
            long start = from;
            try (LogCursor cursor = named(() -> log.read(start, end))) {
                from = end;
                while (from == end && named(cursor::next)) {
                    stop.check();
                    if (skipping.isRestUnwanted(cursor, end)) {
                        advance(cursor);
                        from = end - 1;
                    } else if (!readFrame(cursor, end, receiver)) {
                        return false;
                    }
                }
            }
        }
        position = end;
        return true;
    }

    /** Asks the log, which numbers its streams, and puts the relation's name in front of its complaints. */
    private <T> T named(Supplier<T> question) {
        try {
            return question.get();
        } catch (ThalwegException failure) {
            if (failure.code() == ErrorCode.OFFSET_OUT_OF_RANGE) {
                throw removed(failure);
            }
            throw new ThalwegException(failure.code(), title + ": " + failure.message(), failure);
        }
    }

    private ThalwegException removed(ThalwegException failure) {
        return new ThalwegException(
                        ErrorCode.OFFSET_OUT_OF_RANGE,
                        title + ": rows from offset " + position + " of partition " + partition
                                + " on were removed before they were read, the first that is kept is "
                                + log.startOffset(),
                        failure)
                .withHint("Start the query again to read the rows that are left.");
    }

    private boolean readFrame(LogCursor cursor, long end, BatchReceiver receiver) {
        if (watermark.isPresent() && cursor.payloadKind() == PayloadKind.RECORD) {
            // No rows: it says how far time has gone on while there were none.
            advance(cursor);
            return true;
        }
        if (cursor.payloadKind() != PayloadKind.COLUMNAR_BLOCK) {
            throw new ThalwegException(
                    ErrorCode.DATA_CORRUPTED, scan.name() + ": the log holds a frame that is not a block of rows");
        }
        int from = (int) Math.max(0, position - cursor.baseOffset());
        int to = (int) Math.min(cursor.rowCount(), end - cursor.baseOffset());
        boolean whole = from == 0 && to == cursor.rowCount();
        // Of a frame that is cut the header does not tell the greatest time up to there.
        if ((watermark.isEmpty() || to == cursor.rowCount()) && skipping.skips(cursor)) {
            advance(cursor);
            return true;
        }
        int[] numbers = StoredBlocks.rowNumbers(cursor.payload());
        if (numbers != null) {
            from = lowerBound(numbers, from);
            to = lowerBound(numbers, to);
        }
        if (watermark.isEmpty() || whole && isInTime(cursor)) {
            advance(cursor);
            if (scan.kind() == SourceKind.LATE_ROWS) {
                return true;
            }
            DeltaBatch block = decode(cursor, Arrays.copyOf(decoded, scannedColumns()));
            return receiver.accept(output(block.slice(from, to - from), cursor, rangeOf(numbers, from, to)));
        }
        DeltaBatch block = decode(cursor, decoded);
        int[] rows = new int[to - from];
        int count = selectRows(cursor, block.longColumn(timeColumn), from, to, rows);
        if (count == to - from) {
            return receiver.accept(output(block.slice(from, count), cursor, rangeOf(numbers, from, to)));
        }
        DeltaBatch selected = block.select(rows, count);
        if (numbers != null) {
            for (int i = 0; i < count; i++) {
                rows[i] = numbers[rows[i]];
            }
        }
        return count == 0 || receiver.accept(output(selected, cursor, new RowNumbers(0, rows)));
    }

    /** The numbers of rows in their frame: those listed, or all from the first on. */
    private record RowNumbers(int first, int @Nullable [] listed) {
        int of(int row) {
            return listed == null ? first + row : listed[row];
        }
    }

    private static RowNumbers rangeOf(int @Nullable [] numbers, int from, int to) {
        return numbers == null ? new RowNumbers(from, null) : new RowNumbers(0, Arrays.copyOfRange(numbers, from, to));
    }

    private static int lowerBound(int[] numbers, int number) {
        int found = Arrays.binarySearch(numbers, number);
        return found >= 0 ? found : -found - 1;
    }

    /** Rows that are no longer kept count as those that were read: time does not go back when they go. */
    private void advance(LogCursor cursor) {
        runningMax = Math.max(runningMax, Math.max(cursor.maxEventTimeBefore(), cursor.maxEventTime()));
    }

    /** Whether every row of a frame is in time, seen from the headers of the frame and of its block alone. */
    private boolean isInTime(LogCursor cursor) {
        long delay = watermark.orElseThrow().delayMicros();
        long before = cursor.maxEventTimeBefore();
        if (!timeNullable && cursor.minEventTime() >= Math.max(before, cursor.maxEventTime()) - delay) {
            return true;
        }
        if (before != Long.MIN_VALUE && cursor.minEventTime() < before - delay) {
            return false;
        }
        int time = decoded[timeColumn];
        return FrameSkipping.statistics(cursor)
                .filter(block -> block.nullCount(time) == 0 && block.greatestFall(time) <= delay)
                .isPresent();
    }

    private int selectRows(LogCursor cursor, LongColumn times, int from, int to, int[] rows) {
        boolean wantLate = scan.kind() == SourceKind.LATE_ROWS;
        long delay = watermark.orElseThrow().delayMicros();
        long max = cursor.maxEventTimeBefore();
        int count = 0;
        for (int row = 0; row < to; row++) {
            boolean late;
            if (times.isNull(row)) {
                late = true;
            } else {
                long time = times.value(row);
                late = max != Long.MIN_VALUE && time < max - delay;
                max = Math.max(max, time);
            }
            if (row >= from && late == wantLate) {
                rows[count++] = row;
            }
        }
        runningMax = Math.max(runningMax, max);
        return count;
    }

    private int scannedColumns() {
        return timeColumn >= 0
                        && timeColumn == decoded.length - 1
                        && !scan.columns().contains(decoded[timeColumn])
                ? decoded.length - 1
                : decoded.length;
    }

    private DeltaBatch decode(LogCursor cursor, int[] columns) {
        return storedColumns.decode(cursor.payload(), columns);
    }

    /** Puts what the log knows of a row in the places where the scan asks for it. */
    private DeltaBatch output(DeltaBatch stored, LogCursor cursor, RowNumbers numbers) {
        int size = stored.rowCount();
        Column[] columns = new Column[scan.columns().size()];
        int next = 0;
        for (int i = 0; i < columns.length; i++) {
            columns[i] = switch (scan.columns().get(i)) {
                case ScanNode.PARTITION_COLUMN -> {
                    int[] values = new int[size];
                    Arrays.fill(values, partition);
                    yield new IntColumn(size, values, null);
                }
                case ScanNode.OFFSET_COLUMN -> {
                    long[] values = new long[size];
                    for (int row = 0; row < size; row++) {
                        values[row] = cursor.baseOffset() + numbers.of(row);
                    }
                    yield new LongColumn(size, values, null);
                }
                case ScanNode.APPEND_TIME_COLUMN -> {
                    long[] values = new long[size];
                    Arrays.fill(values, cursor.appendedAtMicros());
                    yield new LongColumn(size, values, null);
                }
                default -> stored.column(next++);
            };
        }
        return new DeltaBatch(size, columns, stored.weights());
    }
}
