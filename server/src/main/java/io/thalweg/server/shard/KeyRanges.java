package io.thalweg.server.shard;

import io.thalweg.log.recovery.HashPoint;
import io.thalweg.log.recovery.HashRange;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Says which shard takes a key. The hash of a key ({@link KeyHash}) is the upper half of a {@link HashPoint}, and each
 * shard that takes appends has a range of them. The assignment is part of the stored format. Immutable.
 */
public final class KeyRanges {
    /** Stands for a shard where no shard takes the key. */
    public static final int NOBODY = -1;

    /** The bounds of the ranges, in order; the sign is flipped, so that signed comparison is that of unsigned hashes. */
    private final long[] firsts;

    private final long[] lasts;
    private final int[] shards;
    /** Whether the ranges are those of a fixed number of partitions, which are found by a multiplication. */
    private final boolean even;

    private KeyRanges(List<Taker> takers) {
        List<Taker> sorted = takers.stream()
                .sorted(Comparator.comparing(taker -> taker.range().first()))
                .toList();
        int count = sorted.size();
        firsts = new long[count];
        lasts = new long[count];
        shards = new int[count];
        boolean isEven = count > 0;
        for (int i = 0; i < count; i++) {
            Taker taker = sorted.get(i);
            firsts[i] = flipped(taker.range().first().high());
            lasts[i] = flipped(taker.range().last().high());
            shards[i] = taker.shard();
            isEven &= taker.range().equals(even(i, count));
        }
        even = isEven;
    }

    /** A shard and the keys it takes. */
    record Taker(int shard, HashRange range) {}

    /** The assignment to shards whose ranges do not overlap. */
    static KeyRanges of(List<Taker> takers) {
        return new KeyRanges(takers);
    }

    private static long flipped(long hash) {
        return hash ^ Long.MIN_VALUE;
    }

    /** What a partition takes if there is a fixed number of them: an equal part of all hashes. */
    public static HashRange even(int partition, int count) {
        HashPoint first = evenStart(partition, count);
        HashPoint last = partition == count - 1
                ? HashPoint.LAST
                : evenStart(partition + 1, count).previous();
        return new HashRange(first, last);
    }

    /** The least hash whose upper 32 bits, times the count, have the partition above the lower 32 bits. */
    private static HashPoint evenStart(int partition, int count) {
        return new HashPoint((((long) partition << 32) + count - 1) / count << 32, 0);
    }

    /** The shard of each key, or {@link #NOBODY}. */
    public int[] choose(long[] hashes) {
        int[] chosen = new int[hashes.length];
        if (even) {
            for (int i = 0; i < chosen.length; i++) {
                chosen[i] = shards[(int) ((hashes[i] >>> 32) * shards.length >>> 32)];
            }
            return chosen;
        }
        for (int i = 0; i < chosen.length; i++) {
            long hash = flipped(hashes[i]);
            int found = Arrays.binarySearch(firsts, hash);
            int range = found >= 0 ? found : -found - 2;
            chosen[i] = range >= 0 && hash <= lasts[range] ? shards[range] : NOBODY;
        }
        return chosen;
    }
}
