package io.thalweg.server.metrics;

import io.thalweg.log.Histogram;
import io.thalweg.log.LogMetrics;
import io.thalweg.log.LogMetrics.UpkeepMetrics;
import io.thalweg.log.LogStore;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** The numbers of the log among the metrics of the server; all count from the start of the server. */
public final class LogGauges {
    private static final double MEDIAN = 0.5;
    private static final double TAIL = 0.99;

    private final LogStore log;

    public LogGauges(LogStore log) {
        this.log = log;
    }

    /** Adds them to the metrics. */
    public void register(MetricsRegistry metrics) {
        gauge(metrics, "log.appends", "Appends that reached their file.", LogMetrics::appends);
        gauge(metrics, "log.rows", "Rows of these appends.", LogMetrics::rows);
        gauge(metrics, "log.bytes", "Bytes of these appends as stored.", LogMetrics::bytes);
        gauge(
                metrics,
                "log.pending_bytes",
                "Bytes that wait for the disk now.",
                now -> now.pressure().pendingBytes());
        gauge(
                metrics,
                "log.disk_full",
                "1 while the disk is so full that inserts are refused, otherwise 0.",
                now -> now.pressure().reserveGivenUp() ? 1 : 0);
        gauge(
                metrics,
                "log.syncs",
                "Syncs of files, each for all appends that waited.",
                now -> now.syncMicros().total());
        gauge(
                metrics,
                "log.sync_micros_p50",
                "Half of the syncs took less than so many microseconds.",
                now -> now.syncMicros().bound(MEDIAN));
        gauge(
                metrics,
                "log.sync_micros_p99",
                "Of a hundred syncs, 99 took less than so many microseconds.",
                now -> now.syncMicros().bound(TAIL));
        gauge(
                metrics,
                "log.group_appends_p50",
                "Half of the syncs were for fewer appends than this.",
                now -> now.groupAppends().bound(MEDIAN));
        registerUpkeep(metrics);
    }

    private void registerUpkeep(MetricsRegistry metrics) {
        upkeep(metrics, "log.scrubbed_bytes", "Stored bytes read again and found whole.", UpkeepMetrics::scrubbedBytes);
        upkeep(metrics, "log.scrub_rounds", "How often all partitions were read again.", UpkeepMetrics::scrubRounds);
        upkeep(
                metrics,
                "log.damages",
                "Places found damaged by the start, by queries or by the scrub.",
                UpkeepMetrics::damages);
        upkeep(
                metrics,
                "log.removed_segments",
                "Files deleted by retention and TRUNCATE.",
                UpkeepMetrics::trimmedSegments);
        upkeep(
                metrics,
                "log.compacted_segments",
                "Files of tables written anew without superseded rows.",
                UpkeepMetrics::compactedSegments);
        upkeep(metrics, "log.reclaimed_bytes", "Bytes that made them shorter.", UpkeepMetrics::reclaimedBytes);
    }

    private void gauge(MetricsRegistry metrics, String name, String sentence, ToLongFunction<LogMetrics> value) {
        metrics.gauge(name, sentence, () -> value.applyAsLong(log.metrics()));
    }

    private void upkeep(MetricsRegistry metrics, String name, String sentence, ToLongFunction<UpkeepMetrics> value) {
        gauge(metrics, name, sentence, now -> value.applyAsLong(now.upkeep()));
    }

    /** What is counted by size, by the name of the metric. */
    public Map<String, Histogram> histograms() {
        LogMetrics now = log.metrics();
        return new TreeMap<>(Map.of("log.sync_micros", now.syncMicros(), "log.group_appends", now.groupAppends()));
    }
}
