package io.thalweg.log;

import io.thalweg.log.producer.OpenTransaction;
import io.thalweg.log.segment.Segment;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of a partition wants done with old rows, and its doing. The policies may be set by any thread; one
 * thread at a time applies them.
 */
final class PartitionUpkeep {
    private final PartitionLog log;
    private final PartitionContext context;
    private final SegmentSet segments;
    private final LogStart start;
    private final @Nullable PartitionWriter writer;

    /** Set by the owner, read by upkeep. */
    private volatile RetentionPolicy retention = RetentionPolicy.KEEP_ALL;
    /** Set by the owner, read by upkeep. */
    private volatile @Nullable Compaction compaction;
    /** Set by the owner, read by upkeep. */
    private volatile long longestTransactionMicros = Long.MAX_VALUE;
    /** Set by the owner, read by upkeep. */
    private volatile long keptFrom = Long.MAX_VALUE;

    PartitionUpkeep(
            PartitionLog log,
            PartitionContext context,
            SegmentSet segments,
            LogStart start,
            @Nullable PartitionWriter writer) {
        this.log = log;
        this.context = context;
        this.segments = segments;
        this.start = start;
        this.writer = writer;
    }

    void retain(RetentionPolicy policy) {
        retention = policy;
        setRoll();
    }

    void compact(CompactionPolicy policy) {
        compaction = new Compaction(log, context, segments, start, policy);
        setRoll();
    }

    void abortTransactionsAfter(long micros) {
        longestTransactionMicros = micros;
    }

    void keepFrom(long offset) {
        keptFrom = offset;
    }

    private void setRoll() {
        Compaction current = compaction;
        long maxLag = current == null ? Long.MAX_VALUE : current.policy().maxLagMicros();
        if (writer != null) {
            writer.rollAfter(Math.min(retention.rollAfterMicros(), maxLag));
        }
    }

    /** Does what is due. */
    void run() throws IOException {
        if (!log.takesUpkeep()) {
            return;
        }
        abortHangingTransactions();
        RetentionPolicy policy = retention;
        if (!policy.equals(RetentionPolicy.KEEP_ALL)) {
            List<Segment> all = segments.all();
            long first = Math.min(policy.firstKept(all, context.clock().epochMicros()), keptFrom);
            log.trimTo(Math.min(first, log.endOffset()));
        }
        Compaction current = compaction;
        if (current != null) {
            current.runIfWorthwhile();
        }
    }

    private void abortHangingTransactions() {
        long longest = longestTransactionMicros;
        if (longest == Long.MAX_VALUE) {
            return;
        }
        long begunBefore = context.clock().epochMicros() - longest;
        for (OpenTransaction transaction : log.openTransactions()) {
            if (transaction.begunAtMicros() < begunBefore && transaction.epoch() < Short.MAX_VALUE) {
                log.endTransaction(transaction.producerId(), (short) (transaction.epoch() + 1), false);
            }
        }
    }
}
