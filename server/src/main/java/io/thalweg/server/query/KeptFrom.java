package io.thalweg.server.query;

import io.thalweg.log.PartitionLog;
import io.thalweg.log.TimeKind;

/** Where in a partition the rows begin that a removal leaves. */
@FunctionalInterface
public interface KeptFrom {
    /** The first offset to keep, at most the end of the partition unless the user said more. */
    long in(PartitionLog log);

    /** No row that is there now stays. */
    static KeptFrom end() {
        return PartitionLog::endOffset;
    }

    /** The row with this offset, and those behind it. */
    static KeptFrom offset(long offset) {
        return log -> offset;
    }

    /** The first row that was appended at this time or later, and those behind it. */
    static KeptFrom appendedAt(long epochMicros) {
        return log -> {
            long end = log.endOffset();
            return log.offsetForTime(TimeKind.APPEND, epochMicros).orElse(end);
        };
    }
}
