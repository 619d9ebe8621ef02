package io.thalweg.log.kafka;

import io.thalweg.log.LogCursor;
import io.thalweg.log.PartitionLog;
import io.thalweg.log.PayloadKind;
import io.thalweg.log.TimeKind;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds records by their time, to the record. One thread. */
final class RecordSearch {
    private final PartitionLog log;
    private final Decompression decompression;
    private final long maxRecordBytes;

    RecordSearch(PartitionLog log, Decompression decompression, long maxRecordBytes) {
        this.log = log;
        this.decompression = decompression;
        this.maxRecordBytes = maxRecordBytes;
    }

    /** The first record at or after a time. */
    Optional<TimedOffset> firstAtOrAfter(long millis) {
        long micros = BatchValidator.eventTime(millis);
        OptionalLong near = log.offsetForTime(TimeKind.EVENT, micros);
        if (near.isEmpty()) {
            return Optional.empty();
        }
        try (LogCursor cursor = log.read(near.getAsLong(), Long.MAX_VALUE)) {
            while (cursor.next()) {
                if (cursor.payloadKind() == PayloadKind.KAFKA_BATCH && cursor.maxEventTime() >= micros) {
                    Optional<TimedOffset> found = firstIn(cursor, millis);
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<TimedOffset> firstIn(LogCursor cursor, long millis) {
        RecordBatch batch = RecordBatch.view(cursor.payload());
        try (RecordReader records = RecordReader.open(batch, decompression, maxRecordBytes, false)) {
            while (records.next()) {
                long offset = cursor.baseOffset() + records.offsetDelta();
                if (records.timestamp() >= millis && offset >= log.startOffset()) {
                    return Optional.of(new TimedOffset(offset, records.timestamp(), batch.leaderEpoch()));
                }
            }
        }
        return Optional.empty();
    }

    /** The first of the records with the greatest time. */
    Optional<TimedOffset> latest() {
        long greatest = Math.floorDiv(log.runningMaxEventTime(), 1_000);
        Optional<TimedOffset> found = greatest < 0 ? Optional.empty() : firstAtOrAfter(greatest);
        // The greatest time there was may be gone by retention or compaction.
        return found.isPresent() ? found : latestOfAll();
    }

    private Optional<TimedOffset> latestOfAll() {
        long greatest = RecordBatch.NONE;
        try (LogCursor cursor = log.read(log.startOffset(), Long.MAX_VALUE)) {
            while (cursor.next()) {
                if (cursor.payloadKind() == PayloadKind.KAFKA_BATCH) {
                    greatest = Math.max(
                            greatest, RecordBatch.view(cursor.payload()).maxTimestamp());
                }
            }
        }
        return greatest == RecordBatch.NONE ? Optional.empty() : firstAtOrAfter(greatest);
    }
}
