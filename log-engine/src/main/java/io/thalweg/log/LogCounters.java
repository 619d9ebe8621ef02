package io.thalweg.log;

import java.util.concurrent.atomic.LongAdder;

/** The numbers behind {@link LogMetrics}. Thread-safe; they are read one after another, so they may not match exactly. */
final class LogCounters {
    private final LongAdder appends = new LongAdder();
    private final LongAdder rows = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder scrubbedBytes = new LongAdder();
    private final LongAdder scrubRounds = new LongAdder();
    private final LongAdder damages = new LongAdder();
    private final LongAdder trimmedSegments = new LongAdder();
    private final LongAdder compactedSegments = new LongAdder();
    private final LongAdder reclaimedBytes = new LongAdder();
    private final HistogramCounter groupAppends = new HistogramCounter();
    private final HistogramCounter syncMicros = new HistogramCounter();

    void committed(long appendCount, long rowCount, long byteCount) {
        appends.add(appendCount);
        rows.add(rowCount);
        bytes.add(byteCount);
        groupAppends.add(appendCount);
    }

    void synced(long nanos) {
        syncMicros.add(Math.max(0, nanos) / 1_000);
    }

    void scrubbed(long byteCount) {
        scrubbedBytes.add(byteCount);
    }

    void scrubRound() {
        scrubRounds.increment();
    }

    void damage() {
        damages.increment();
    }

    void trimmedSegment() {
        trimmedSegments.increment();
    }

    void compactedSegment(long savedBytes) {
        compactedSegments.increment();
        reclaimedBytes.add(savedBytes);
    }

    long appends() {
        return appends.sum();
    }

    LogMetrics snapshot(LogMetrics.Pressure pressure) {
        return new LogMetrics(
                appends.sum(),
                rows.sum(),
                bytes.sum(),
                groupAppends.snapshot(),
                syncMicros.snapshot(),
                new LogMetrics.UpkeepMetrics(
                        scrubbedBytes.sum(),
                        scrubRounds.sum(),
                        damages.sum(),
                        trimmedSegments.sum(),
                        compactedSegments.sum(),
                        reclaimedBytes.sum()),
                pressure);
    }
}
