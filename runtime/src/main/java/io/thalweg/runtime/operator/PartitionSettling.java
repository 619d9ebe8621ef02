package io.thalweg.runtime.operator;

import io.thalweg.model.plan.CloseTime;
import io.thalweg.runtime.state.CloseQueue;
import io.thalweg.runtime.state.MemoryAccount;

/**
 * When to look whether a partition has rows that nobody needs any more. Its rows are in the order of their times, and those up
 * to the watermark, less an offset, are final. One owner thread.
 */
public final class PartitionSettling {
    /** No partition. */
    public static final int NONE = 0;

    private final CloseTime settled;
    private final boolean isExact;
    private final CloseQueue queue;
    private final int[] polled = new int[1];
    private long watermark = Long.MIN_VALUE;

    /**
     * @param offsetMicros a time is passed once the watermark has reached it plus this
     * @param isExact whether partitions are looked at as soon as they can be; otherwise somewhat later, many at once
     */
    public PartitionSettling(long offsetMicros, boolean isExact, MemoryAccount account) {
        this.settled = new CloseTime(0, offsetMicros);
        this.isExact = isExact;
        this.queue = new CloseQueue(account);
    }

    /** Wants to look at a partition, unless that is planned already, when a time is passed; never if it is passed. */
    public void watch(int partition, long time) {
        long close = CloseTimes.closeAt(time, settled);
        if (close > watermark && !queue.contains(partition)) {
            queue.add(partition, isExact ? close : RowRelease.rounded(close));
        }
    }

    /** Forgets a partition that is gone. */
    public void forget(int partition) {
        queue.remove(partition);
    }

    public void advanceTo(long newWatermark) {
        watermark = newWatermark;
    }

    /** Takes out a partition to look at; {@link #NONE} when there are no more. */
    public int poll() {
        return queue.poll(watermark, polled) == 0 ? NONE : polled[0];
    }

    /** The lowest time that rows may still come or go with. */
    public long firstOpen() {
        long offset = settled.offsetMicros() - 1;
        long open = watermark - offset;
        boolean overflows = ((watermark ^ offset) & (watermark ^ open)) < 0;
        return overflows ? offset < 0 ? Long.MAX_VALUE : Long.MIN_VALUE : open;
    }
}
