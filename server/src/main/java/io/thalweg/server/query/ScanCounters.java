package io.thalweg.server.query;

import java.util.concurrent.atomic.LongAdder;

/** What the scans of all queries did since the start. Thread-safe. */
final class ScanCounters {
    private final LongAdder readBlocks = new LongAdder();
    private final LongAdder skippedBlocks = new LongAdder();

    void read() {
        readBlocks.increment();
    }

    void skipped() {
        skippedBlocks.increment();
    }

    /** Blocks that were decoded. */
    long readBlocks() {
        return readBlocks.sum();
    }

    /** Blocks that were left alone because no row of them was wanted. */
    long skippedBlocks() {
        return skippedBlocks.sum();
    }
}
