package io.thalweg.log.kafka;

/**
 * What a partition takes from Kafka clients.
 *
 * @param maxBatchBytes the longest batch, as it comes
 * @param maxRecordBytes bound of the records of a batch without their compression, against bombs
 * @param requiresKeys whether every record needs a key, which compaction does
 * @param setsAppendTime whether records get the time of their append instead of their own
 * @param maxAgeMillis how much older than now a record may be, by its own time
 * @param maxAheadMillis how much newer than now a record may be, by its own time
 */
public record BatchRules(
        int maxBatchBytes,
        long maxRecordBytes,
        boolean requiresKeys,
        boolean setsAppendTime,
        long maxAgeMillis,
        long maxAheadMillis) {
    private static final int MIB = 1024 * 1024;
    private static final long HOUR_MILLIS = 3_600_000;

    public BatchRules {
        if (maxBatchBytes < RecordBatch.HEADER_BYTES || maxRecordBytes < 1 || maxAgeMillis < 0 || maxAheadMillis < 0) {
            throw new IllegalArgumentException("batch limits are too small: " + maxBatchBytes + ", " + maxRecordBytes
                    + ", " + maxAgeMillis + ", " + maxAheadMillis);
        }
    }

    /** Kafka's own defaults, with at most 64 MiB of records in a batch. */
    public static BatchRules defaults() {
        return new BatchRules(MIB + RecordBatch.LENGTH_OVERHEAD, 64L * MIB, false, false, Long.MAX_VALUE, HOUR_MILLIS);
    }

    /** The same for a compacted partition. */
    public BatchRules requiringKeys() {
        return new BatchRules(maxBatchBytes, maxRecordBytes, true, setsAppendTime, maxAgeMillis, maxAheadMillis);
    }

    /** The same for a partition whose records get the time of their append. */
    public BatchRules settingAppendTime() {
        return new BatchRules(maxBatchBytes, maxRecordBytes, requiresKeys, true, maxAgeMillis, maxAheadMillis);
    }

    /** The same with other limits of length. */
    public BatchRules withMaxBytes(int batchBytes, long recordBytes) {
        return new BatchRules(batchBytes, recordBytes, requiresKeys, setsAppendTime, maxAgeMillis, maxAheadMillis);
    }
}
