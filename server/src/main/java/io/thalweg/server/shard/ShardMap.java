package io.thalweg.server.shard;

import io.thalweg.log.LogStore;
import io.thalweg.log.PartitionId;
import io.thalweg.log.PartitionLog;
import io.thalweg.log.Shard;
import io.thalweg.log.recovery.HashRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The shards of a stream or table at one moment, counted from 0 in the order of their numbers, parents before their
 * children. A later map of the same object begins with the same shards. Immutable.
 */
public final class ShardMap {
    private final List<PartitionLog> logs = new ArrayList<>();
    private final List<HashRange> ranges = new ArrayList<>();
    private final List<int[]> parents = new ArrayList<>();
    private final List<List<Integer>> children = new ArrayList<>();
    private final int[] open;
    private final KeyRanges keys;

    private ShardMap(LogStore store, List<Shard> shards, int fixedPartitions) {
        Map<PartitionId, Integer> places = new HashMap<>();
        List<KeyRanges.Taker> takers = new ArrayList<>();
        for (Shard shard : shards) {
            int place = logs.size();
            places.put(shard.id(), place);
            logs.add(store.partition(shard.id()).orElseThrow());
            parents.add(shard.parents().stream()
                    .filter(places::containsKey)
                    .mapToInt(places::get)
                    .toArray());
            children.add(new ArrayList<>());
            for (int parent : parents.get(place)) {
                children.get(parent).add(place);
            }
            HashRange range = range(shard, fixedPartitions);
            ranges.add(range);
            if (isOpen(shard) && isIdentified(shard, fixedPartitions)) {
                takers.add(new KeyRanges.Taker(place, range));
            }
        }
        open = takers.stream().mapToInt(KeyRanges.Taker::shard).toArray();
        keys = KeyRanges.of(takers);
    }

    /**
     * What the store says now.
     *
     * @param fixedPartitions how many partitions the object has beside those that took over from others
     */
    static ShardMap of(LogStore store, long id, int fixedPartitions) {
        return new ShardMap(store, store.shards(id), fixedPartitions);
    }

    /** Whether a shard takes appends, so far as it is sound. */
    public static boolean isOpen(Shard shard) {
        return shard.open() && shard.children().isEmpty();
    }

    /** The keys that a shard takes, or took until others replaced it. */
    public static HashRange range(Shard shard, int fixedPartitions) {
        return shard.parents().isEmpty() && isIdentified(shard, fixedPartitions)
                ? KeyRanges.even(shard.id().partition(), fixedPartitions)
                : shard.range();
    }

    /** False for a partition so damaged that nobody knows what it took. */
    private static boolean isIdentified(Shard shard, int fixedPartitions) {
        return !shard.parents().isEmpty() || shard.id().partition() < fixedPartitions;
    }

    /** How many shards there are, open or not. */
    public int size() {
        return logs.size();
    }

    public PartitionLog log(int shard) {
        return logs.get(shard);
    }

    public List<PartitionLog> logs() {
        return List.copyOf(logs);
    }

    HashRange range(int shard) {
        return ranges.get(shard);
    }

    /** The shards that take appends, in the order of their keys. */
    public List<Integer> openByKeys() {
        return Arrays.stream(open)
                .boxed()
                .sorted(Comparator.comparing(shard -> ranges.get(shard).first()))
                .toList();
    }

    /** How many shards take appends. */
    public int openCount() {
        return open.length;
    }

    /** The shard that comes at a place in the order of those that take appends. */
    public int open(int place) {
        return open[place];
    }

    boolean isOpen(int shard) {
        return Arrays.stream(open).anyMatch(candidate -> candidate == shard);
    }

    /** Whether shards were split or merged here. */
    boolean hasLineage() {
        return parents.stream().anyMatch(of -> of.length > 0);
    }

    /** The numbers of the partitions that replaced one. */
    List<Integer> childNumbers(int shard) {
        return children.get(shard).stream()
                .map(child -> logs.get(child).id().partition())
                .toList();
    }

    /** The shard of this number, or -1. */
    int find(int number) {
        for (int shard = 0; shard < logs.size(); shard++) {
            if (logs.get(shard).id().partition() == number) {
                return shard;
            }
        }
        return -1;
    }

    /** Which shard takes which key. */
    public KeyRanges keys() {
        return keys;
    }

    /** Whether others have replaced a shard whose rows are taken up to an offset, and none of its own are left. */
    public boolean isHandedOn(int shard, long taken) {
        return !children.get(shard).isEmpty() && taken >= logs.get(shard).endOffset();
    }
}
