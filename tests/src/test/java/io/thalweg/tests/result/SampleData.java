package io.thalweg.tests.result;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Random rows for three streams and a table, with NULLs, repeated keys, and event times out of order. Which rows of
 * {@code w} are late is computed here, by the definition and nothing else.
 */
final class SampleData {
    private static final LocalDateTime START = LocalDateTime.of(2026, 1, 1, 0, 0);
    static final int DELAY_MILLIS = 5_000;
    private static final int WINDOW_SECONDS = 10;
    private static final List<String> TEXTS = List.of("a", "b", "ab", "abc", "Ä", "", "zebra", "a b");

    /** Rows of {@code s}: id, k, v, d, t, b, f. */
    final List<List<Object>> s = new ArrayList<>();
    /** Rows of {@code r}: id, k, u. */
    final List<List<Object>> r = new ArrayList<>();
    /** Rows of {@code w}: id, k, v, ts. */
    final List<List<Object>> w = new ArrayList<>();
    /** Upserts of {@code p}: k, name, n. */
    final List<List<Object>> p = new ArrayList<>();

    private final RandomGenerator random;

    SampleData(long seed, int size) {
        this.random = new Random(seed);
        for (int id = 0; id < size; id++) {
            s.add(row(
                    (long) id,
                    orNull(key()),
                    orNull(value()),
                    orNull(decimal()),
                    orNull(text()),
                    orNull(random.nextBoolean()),
                    orNull((random.nextInt(2_000) - 1_000) * 0.25)));
        }
        for (int id = 0; id < size / 5; id++) {
            r.add(row((long) id, orNull(key()), orNull(random.nextInt(12))));
        }
        for (int id = 0; id < size; id++) {
            w.add(row((long) id, orNull(key()), orNull(value()), orNull(time(id))));
        }
        for (int i = 0; i < size / 3; i++) {
            p.add(row(random.nextInt(12), orNull(text()), orNull((long) random.nextInt(12))));
        }
    }

    private static List<Object> row(Object... cells) {
        return Arrays.asList(cells);
    }

    private <T> T orNull(T value) {
        return random.nextInt(10) == 0 ? null : value;
    }

    private int key() {
        return random.nextInt(10);
    }

    private long value() {
        return random.nextInt(100);
    }

    private BigDecimal decimal() {
        return BigDecimal.valueOf(random.nextInt(20_000) - 10_000, 2);
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    /** Time goes on by 0.3 s a row; a row is up to 4 s early or late, now and then much more. */
    private LocalDateTime time(int id) {
        int jitter = random.nextInt(20) == 0 ? 30_000 : 4_000;
        return START.plusNanos((id * 300L + random.nextInt(jitter) - jitter) * 1_000_000);
    }

    /** Whether each row of {@code w} is late when they come in this order. */
    List<Boolean> late() {
        List<Boolean> late = new ArrayList<>();
        LocalDateTime max = null;
        for (List<Object> row : w) {
            LocalDateTime time = (LocalDateTime) row.get(3);
            late.add(time == null || max != null && time.isBefore(max.minusNanos(DELAY_MILLIS * 1_000_000L)));
            if (time != null && (max == null || time.isAfter(max))) {
                max = time;
            }
        }
        return late;
    }

    /** How far event time is complete once all of {@code w} is there. */
    LocalDateTime watermark() {
        return w.stream()
                .map(row -> (LocalDateTime) row.get(3))
                .filter(time -> time != null)
                .max(LocalDateTime::compareTo)
                .orElseThrow()
                .minusNanos(DELAY_MILLIS * 1_000_000L);
    }

    static LocalDateTime windowStart(LocalDateTime time) {
        LocalDateTime second = time.withNano(0);
        return second.minusSeconds(Math.floorMod(second.getSecond(), WINDOW_SECONDS));
    }

    static LocalDateTime windowEnd(LocalDateTime time) {
        return windowStart(time).plusSeconds(WINDOW_SECONDS);
    }
}
