package io.thalweg.runtime.state;

import java.util.Arrays;

/**
 * Records of a fixed number of longs, found by a small number. They lie in pages that never move, so growing copies no
 * record. A record that was never written is all zeros.
 *
 * <p>Tight loops take the parts: record {@code id} starts in {@code pages()[id >>> shift()]} at
 * {@code (id & mask()) * recordLongs()}.
 */
public final class RecordPages {
    private static final int PAGE_LONGS = 2_048;

    private final MemoryAccount account;
    private final int recordLongs;
    private final int shift;
    private final int mask;
    private long[][] pages = new long[4][];
    private int pageCount;

    public RecordPages(int recordLongs, MemoryAccount account) {
        this.account = account;
        this.recordLongs = recordLongs;
        int recordsPerPage = Math.max(1, Integer.highestOneBit(PAGE_LONGS / Math.max(1, recordLongs)));
        this.shift = Integer.numberOfTrailingZeros(recordsPerPage);
        this.mask = recordsPerPage - 1;
    }

    /** Makes records up to and including this one exist. */
    public void ensure(int id) {
        while (id >>> shift >= pageCount) {
            int longs = (mask + 1) * recordLongs;
            account.reserve(Long.BYTES * (long) longs);
            if (pageCount == pages.length) {
                pages = Arrays.copyOf(pages, pageCount * 2);
            }
            pages[pageCount++] = new long[longs];
        }
    }

    /** All records that exist have smaller numbers than this. */
    public int capacity() {
        return pageCount << shift;
    }

    /** The pages, shared. */
    public long[][] pages() {
        return pages;
    }

    public int shift() {
        return shift;
    }

    public int mask() {
        return mask;
    }

    public int recordLongs() {
        return recordLongs;
    }

    public long get(int id, int slot) {
        return pages[id >>> shift][(id & mask) * recordLongs + slot];
    }

    public void set(int id, int slot, long value) {
        pages[id >>> shift][(id & mask) * recordLongs + slot] = value;
    }

    /** The page that holds a record. */
    public long[] page(int id) {
        return pages[id >>> shift];
    }

    /** Where a record starts in its page. */
    public int offset(int id) {
        return (id & mask) * recordLongs;
    }

    /** Makes a record all zeros. */
    public void clear(int id) {
        int from = offset(id);
        Arrays.fill(pages[id >>> shift], from, from + recordLongs, 0);
    }
}
