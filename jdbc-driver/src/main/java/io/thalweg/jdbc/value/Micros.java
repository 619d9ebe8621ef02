package io.thalweg.jdbc.value;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** The microseconds of columns as the types of {@code java.time}, and back; what is finer is cut off. */
final class Micros {
    static final long PER_SECOND = 1_000_000L;
    static final long PER_DAY = 86_400L * PER_SECOND;
    private static final int NANOS_PER_MICRO = 1_000;

    private Micros() {}

    static LocalDateTime toTimestamp(long micros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, PER_SECOND),
                (int) Math.floorMod(micros, PER_SECOND) * NANOS_PER_MICRO,
                ZoneOffset.UTC);
    }

    static Instant toInstant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * NANOS_PER_MICRO);
    }

    static LocalTime toTime(long microsOfDay) {
        return LocalTime.ofNanoOfDay(Math.floorMod(microsOfDay, PER_DAY) * NANOS_PER_MICRO);
    }

    static long of(LocalDateTime timestamp) {
        return of(timestamp.toEpochSecond(ZoneOffset.UTC), timestamp.getNano());
    }

    static long of(Instant instant) {
        return of(instant.getEpochSecond(), instant.getNano());
    }

    static long of(LocalTime time) {
        return time.toNanoOfDay() / NANOS_PER_MICRO;
    }

    /** The value with so many fractional digits of a second; the rest is cut off towards the past. */
    static long truncate(long micros, int precision) {
        long unit = 1;
        for (int digits = precision; digits < 6; digits++) {
            unit *= 10;
        }
        return micros - Math.floorMod(micros, unit);
    }

    private static long of(long seconds, int nanos) {
        try {
            return Math.addExact(Math.multiplyExact(seconds, PER_SECOND), nanos / NANOS_PER_MICRO);
        } catch (ArithmeticException e) {
            throw new ThalwegException(ErrorCode.DATETIME_OVERFLOW, "timestamp is out of range", e);
        }
    }
}
