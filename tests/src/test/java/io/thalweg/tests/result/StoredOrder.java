package io.thalweg.tests.result;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How the rows of {@code w} lie in its partitions, and what follows from that by the definition: which of them are late,
 * and where the watermark is. A partition goes on from the greatest event time of those that it replaced.
 */
final class StoredOrder {
    /** The rows of each partition, as numbers of rows of the sample, in the order of their offsets. */
    private final Map<Integer, TreeMap<Long, Integer>> rows = new TreeMap<>();

    private final Map<Integer, List<Integer>> parents = new TreeMap<>();
    private final List<Integer> open = new ArrayList<>();
    private final List<List<Object>> sample;

    private final List<Boolean> late;
    private final Map<Integer, LocalDateTime> greatest = new TreeMap<>();

    /** Reads it all from a stream that has columns for the place of a row. */
    StoredOrder(Connection connection, List<List<Object>> sample) throws SQLException {
        this.sample = sample;
        this.late = new ArrayList<>(Collections.nCopies(sample.size(), false));
        try (Statement statement = connection.createStatement()) {
            readRows(statement, "w");
            readRows(statement, "w$late");
            try (ResultSet result = statement.executeQuery("SELECT partition_id, state, parents FROM w$partitions")) {
                while (result.next()) {
                    int number = result.getInt(1);
                    if (result.getString(2).equals("OPEN")) {
                        open.add(number);
                    }
                    parents.put(number, numbers(result.getString(3)));
                }
            }
        }
        parents.keySet().forEach(this::decide);
    }

    private void readRows(Statement statement, String source) throws SQLException {
        try (ResultSet result = statement.executeQuery("SELECT id, log_partition, log_offset FROM " + source)) {
            while (result.next()) {
                rows.computeIfAbsent(result.getInt(2), partition -> new TreeMap<>())
                        .put(result.getLong(3), Math.toIntExact(result.getLong(1)));
            }
        }
    }

    private static List<Integer> numbers(String list) {
        List<Integer> numbers = new ArrayList<>();
        for (String number : list == null ? new String[0] : list.split(", ")) {
            numbers.add(Integer.parseInt(number));
        }
        return numbers;
    }

    /** Goes over one partition; its parents, which have smaller numbers, come before. */
    private void decide(int partition) {
        LocalDateTime max = parents.get(partition).stream()
                .map(greatest::get)
                .filter(time -> time != null)
                .max(LocalDateTime::compareTo)
                .orElse(null);
        for (int id : rows.getOrDefault(partition, new TreeMap<>()).values()) {
            LocalDateTime time = (LocalDateTime) sample.get(id).get(3);
            late.set(id, time == null || max != null && time.isBefore(minusDelay(max)));
            if (time != null && (max == null || time.isAfter(max))) {
                max = time;
            }
        }
        if (max != null) {
            greatest.put(partition, max);
        }
    }

    private static LocalDateTime minusDelay(LocalDateTime time) {
        return time.minusNanos(SampleData.DELAY_MILLIS * 1_000_000L);
    }

    /** Whether each row of the sample is late. */
    List<Boolean> late() {
        return late;
    }

    /** The watermark of the stream; none while an open partition has none. */
    Optional<LocalDateTime> watermark() {
        return open.stream().allMatch(greatest::containsKey)
                ? open.stream().map(greatest::get).min(LocalDateTime::compareTo).map(StoredOrder::minusDelay)
                : Optional.empty();
    }

    /** How many rows there are. */
    int size() {
        return rows.values().stream().mapToInt(TreeMap::size).sum();
    }
}
