package io.thalweg.log;

import java.util.concurrent.TimeUnit;

/**
 * The settings of a store.
 *
 * @param segmentBytes a segment that would grow beyond this is followed by a new one
 * @param pendingBytes bound of the memory of appends that wait for the disk; an append that does not fit waits
 * @param maxPayloadBytes the longest payload of one append
 * @param reserveBytes disk space kept for partitions that must go on when the disk is full; 0 keeps none
 * @param checkpointMillis how often the durable points are written, above which a start has to scan
 * @param scrubBytesPerSecond how fast stored rows are read again in search of damage; 0 leaves it
 * @param producerExpiryMillis how long an idempotent producer may be silent before its appends are forgotten
 */
public record LogConfig(
        long segmentBytes,
        int pendingBytes,
        int maxPayloadBytes,
        int reserveBytes,
        long checkpointMillis,
        long scrubBytesPerSecond,
        long producerExpiryMillis) {
    private static final int MIB = 1024 * 1024;
    /** Room for the header and the padding of the longest frame. */
    private static final int FRAME_OVERHEAD = 128;

    public LogConfig {
        if (segmentBytes < 1024 || segmentBytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("segmentBytes is outside 1 KiB to 2 GiB: " + segmentBytes);
        }
        if (maxPayloadBytes < 1
                || maxPayloadBytes > pendingBytes - FRAME_OVERHEAD
                || pendingBytes > MemoryBudget.MAX_BYTES) {
            throw new IllegalArgumentException("maxPayloadBytes does not fit into pendingBytes: " + maxPayloadBytes);
        }
        if (reserveBytes < 0 || checkpointMillis < 1) {
            throw new IllegalArgumentException(
                    "reserveBytes or checkpointMillis too small: " + reserveBytes + ", " + checkpointMillis);
        }
        if (scrubBytesPerSecond < 0 || producerExpiryMillis < 1) {
            throw new IllegalArgumentException("scrubBytesPerSecond or producerExpiryMillis too small: "
                    + scrubBytesPerSecond + ", " + producerExpiryMillis);
        }
    }

    /** Settings for a server. */
    public static LogConfig defaults() {
        return new LogConfig(256L * MIB, 64 * MIB, 32 * MIB, 16 * MIB, 10_000, 4 * MIB, TimeUnit.DAYS.toMillis(1));
    }

    public LogConfig withSegmentBytes(long value) {
        return new LogConfig(
                value,
                pendingBytes,
                maxPayloadBytes,
                reserveBytes,
                checkpointMillis,
                scrubBytesPerSecond,
                producerExpiryMillis);
    }

    public LogConfig withPendingBytes(int value) {
        return new LogConfig(
                segmentBytes,
                value,
                Math.min(maxPayloadBytes, value / 2),
                reserveBytes,
                checkpointMillis,
                scrubBytesPerSecond,
                producerExpiryMillis);
    }

    public LogConfig withReserveBytes(int value) {
        return new LogConfig(
                segmentBytes,
                pendingBytes,
                maxPayloadBytes,
                value,
                checkpointMillis,
                scrubBytesPerSecond,
                producerExpiryMillis);
    }

    public LogConfig withCheckpointMillis(long value) {
        return new LogConfig(
                segmentBytes,
                pendingBytes,
                maxPayloadBytes,
                reserveBytes,
                value,
                scrubBytesPerSecond,
                producerExpiryMillis);
    }

    public LogConfig withScrubBytesPerSecond(long value) {
        return new LogConfig(
                segmentBytes,
                pendingBytes,
                maxPayloadBytes,
                reserveBytes,
                checkpointMillis,
                value,
                producerExpiryMillis);
    }

    public LogConfig withProducerExpiryMillis(long value) {
        return new LogConfig(
                segmentBytes,
                pendingBytes,
                maxPayloadBytes,
                reserveBytes,
                checkpointMillis,
                scrubBytesPerSecond,
                value);
    }
}
