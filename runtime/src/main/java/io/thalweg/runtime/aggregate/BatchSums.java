package io.thalweg.runtime.aggregate;

import io.thalweg.runtime.state.RecordPages;

/**
 * Sums up a batch by group in a small array, one addition a row, before it touches the records of the groups. Pays when
 * there are fewer groups than rows. One thread.
 */
final class BatchSums {
    /** The array stays within a processor's first cache. */
    private static final int MAX_GROUPS = 2_048;
    /** Below this many rows the lower half of a word counts them and the upper holds the sum of any ints. */
    private static final int MAX_ROWS = 1 << 15;

    private static final int COUNT_BITS = 16;

    private long[] sums = {};

    /** Whether summing up first pays for a batch. */
    static boolean suits(RecordPages records, int rows) {
        return records.capacity() <= MAX_GROUPS && rows >= records.capacity();
    }

    private long[] zeros(int groups) {
        if (sums.length < groups) {
            sums = new long[groups];
        }
        return sums;
    }

    /** Adds the number of rows of each group to a slot of its record. */
    void addCounts(RecordPages records, int slot, int[] groups, int rows) {
        int capacity = records.capacity();
        long[] counts = zeros(capacity);
        for (int i = 0; i < rows; i++) {
            counts[groups[i]]++;
        }
        for (int group = 0; group < capacity; group++) {
            if (counts[group] != 0) {
                records.page(group)[records.offset(group) + slot] += counts[group];
                counts[group] = 0;
            }
        }
    }

    /** Adds the rows of each group to three slots of its record: their number, the low and the high half of the sum. */
    void addInts(RecordPages records, int slot, int[] values, int[] groups, int rows) {
        int capacity = records.capacity();
        long[] both = zeros(capacity);
        for (int from = 0; from < rows; from += MAX_ROWS) {
            int to = Math.min(rows, from + MAX_ROWS);
            for (int i = from; i < to; i++) {
                both[groups[i]] += ((long) values[i] << COUNT_BITS) + 1;
            }
            for (int group = 0; group < capacity; group++) {
                if (both[group] != 0) {
                    add(records.page(group), records.offset(group) + slot, both[group]);
                    both[group] = 0;
                }
            }
        }
    }

    private static void add(long[] page, int at, long countAndSum) {
        long sum = countAndSum >> COUNT_BITS;
        long low = page[at + 1] + sum;
        page[at] += countAndSum & (1 << COUNT_BITS) - 1;
        page[at + 2] += (sum >> 63) + (Long.compareUnsigned(low, sum) < 0 ? 1 : 0);
        page[at + 1] = low;
    }
}
