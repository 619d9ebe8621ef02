package io.thalweg.log;

import io.thalweg.log.producer.OpenTransaction;
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

    private final RowHolds holds;

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
        this.holds = new RowHolds(start);
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

    RowHold hold(String holder) {
        return holds.add(holder);
    }

    /** Who keeps retention from removing what it would remove now; nobody if it removes nothing. */
    List<String> heldBy() {
        RetentionPolicy policy = retention;
        try {
            return policy.equals(RetentionPolicy.KEEP_ALL) || !log.takesUpkeep()
                    ? List.of()
                    : holds.holdersBelow(firstKept(policy));
        } catch (IOException e) {
            throw log.readFailure(e);
        }
    }

    private long firstKept(RetentionPolicy policy) throws IOException {
        long first = policy.firstKept(segments.all(), context.clock().epochMicros());
        return Math.min(first, log.endOffset());
    }

    private void setRoll() {
        Compaction current = compaction;
        long maxLag = current == null ? Long.MAX_VALUE : current.policy().maxLagMicros();
        if (writer != null) {
            writer.rollAfter(Math.min(retention.rollAfterMicros(), maxLag));
        }
    }

    /** Does what is due. */
    void run() {
        try {
            runDue();
        } catch (IOException e) {
            throw log.readFailure(e);
        }
    }

    private void runDue() throws IOException {
        if (!log.takesUpkeep()) {
            return;
        }
        abortHangingTransactions();
        RetentionPolicy policy = retention;
        if (!policy.equals(RetentionPolicy.KEEP_ALL)) {
            holds.trim(firstKept(policy), log::trimTo);
        }
        Compaction current = compaction;
        // A reader between the old row of a key and the new one would see neither.
        if (current != null && holds.first() >= segments.last().baseOffset()) {
            current.runIfWorthwhile();
        }
    }

    private void abortHangingTransactions() {
        long longest = longestTransactionMicros;
        if (longest == Long.MAX_VALUE) {
            return;
        }
        long begunBefore = context.clock().epochMicros() - longest;
        for (OpenTransaction transaction : log.transactions().open()) {
            if (transaction.begunAtMicros() < begunBefore && transaction.epoch() < Short.MAX_VALUE) {
                log.transactions().end(transaction.producerId(), (short) (transaction.epoch() + 1), false);
            }
        }
    }
}
