package io.thalweg.log;

import java.util.List;

/**
 * How often a number was met, by its size: the first count is that of 0, count i is that of the numbers from 2^(i-1) to
 * below 2^i. Counts behind the last one that is not 0 are left out.
 */
public record Histogram(List<Long> counts) {
    public Histogram {
        counts = List.copyOf(counts);
    }

    /** How many numbers were met. */
    public long total() {
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /** A number that at least this part of those met is below; 1 when none was met. */
    public long bound(double part) {
        double wanted = part * total();
        long seen = 0;
        int bucket = 0;
        while (bucket < counts.size() && (seen += counts.get(bucket)) < wanted) {
            bucket++;
        }
        return 1L << Math.min(bucket, Long.SIZE - 2);
    }
}
