package io.thalweg.runtime.testkit;

import io.thalweg.model.plan.RankRange.RankFunction;
import io.thalweg.model.plan.SortKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Partitions rows and orders them, as lists of single rows. */
final class NaiveOrder {
    private NaiveOrder() {}

    /** The rows of each partition in their order: by the keys, then by all columns. */
    static Collection<List<List<Object>>> partitions(
            Map<List<Object>, Long> relation, List<Integer> partition, List<SortKey> keys) {
        Map<List<Object>, List<List<Object>>> partitions = new HashMap<>();
        relation.forEach((row, weight) -> {
            List<Object> key = new ArrayList<>();
            partition.forEach(column -> key.add(unsigned(row.get(column))));
            for (long i = 0; i < weight; i++) {
                partitions.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
            }
        });
        partitions.values().forEach(rows -> rows.sort(order(keys)));
        return partitions.values();
    }

    private static Comparator<List<Object>> order(List<SortKey> keys) {
        return (left, right) -> {
            int order = compare(keys, left, right);
            for (int column = 0; order == 0 && column < left.size(); column++) {
                order = compare(new SortKey(column, false, false), left, right);
            }
            return order;
        };
    }

    /** The order of two rows by some keys; 0 for peers. */
    static int compare(List<SortKey> keys, List<Object> left, List<Object> right) {
        for (SortKey key : keys) {
            int order = compare(key, left, right);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static int compare(SortKey key, List<Object> left, List<Object> right) {
        Object l = unsigned(left.get(key.column()));
        Object r = unsigned(right.get(key.column()));
        if (l == null || r == null) {
            return l == r ? 0 : (l == null) == key.nullsFirst() ? -1 : 1;
        }
        int order = ((Comparator) Comparator.naturalOrder()).compare(l, r);
        return key.descending() ? -order : order;
    }

    /** Zero has no sign in SQL. */
    private static Object unsigned(Object value) {
        return value instanceof Double number ? (Object) (number + 0.0) : value;
    }

    /** The rank of each row of a partition. */
    static List<Long> ranks(RankFunction function, List<List<Object>> rows, List<SortKey> keys) {
        List<Long> ranks = new ArrayList<>();
        long distinct = 0;
        for (int i = 0; i < rows.size(); i++) {
            boolean isPeer = i > 0 && compare(keys, rows.get(i - 1), rows.get(i)) == 0;
            distinct += isPeer ? 0 : 1;
            ranks.add(
                    switch (function) {
                        case ROW_NUMBER -> i + 1L;
                        case RANK -> isPeer ? ranks.get(i - 1) : (Long) (i + 1L);
                        case DENSE_RANK -> distinct;
                    });
        }
        return ranks;
    }
}
