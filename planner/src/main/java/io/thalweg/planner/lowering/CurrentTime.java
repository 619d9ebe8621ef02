package io.thalweg.planner.lowering;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.type.SqlType;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** The time that CURRENT_TIMESTAMP and its like stand for: one moment for the whole statement, or none. */
public final class CurrentTime {
    private final long nowMicros;
    private final ZoneId zone;
    private final boolean known;
    private boolean used;

    private final boolean moves;

    private CurrentTime(long nowMicros, ZoneId zone, boolean known) {
        this(nowMicros, zone, known, false);
    }

    private CurrentTime(long nowMicros, ZoneId zone, boolean known, boolean moves) {
        this.moves = moves;
        this.nowMicros = nowMicros;
        this.zone = zone;
        this.known = known;
    }

    /** @param nowMicros microseconds since 1970 in UTC */
    public static CurrentTime at(long nowMicros, ZoneId zone) {
        return new CurrentTime(nowMicros, zone, true);
    }

    /** For a generated column, or an answer that is final: the current time would never change there, so it is refused. */
    public static CurrentTime none() {
        return new CurrentTime(0, ZoneOffset.UTC, false);
    }

    /** For a query that does not end: the time of the step, which conditions can follow and nothing else. */
    public CurrentTime moving() {
        return new CurrentTime(0, zone, false, true);
    }

    /** Whether conditions can follow the time. */
    boolean moves() {
        return moves;
    }

    /** Whether the query ends, so that the time and all else is what it was at its start. */
    boolean isFixed() {
        return known;
    }

    /** Where the time is told. */
    ZoneId zone() {
        return zone;
    }

    /** Whether the plan holds the time. */
    public boolean isUsed() {
        return used;
    }

    Literal as(SqlType type) {
        if (moves) {
            throw new ThalwegException(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "the current time is not supported at this place of a query that does not end")
                    .withHint(
                            "It can be compared with a TIMESTAMP in WHERE, with a constant interval of days to seconds added to it:"
                                    + " WHERE ts > NOW() - INTERVAL '1' HOUR.");
        }
        if (!known) {
            throw new ThalwegException(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "the current time is not supported in a query that does not end or in a generated column")
                    .withHint("Let the source of the rows put the time into a column.");
        }
        used = true;
        long utcMicros = cut(nowMicros, type);
        LocalDateTime local = LocalDateTime.ofInstant(Instant.EPOCH.plus(utcMicros, ChronoUnit.MICROS), zone);
        return switch (type.name()) {
            case DATE -> new Literal((int) local.toLocalDate().toEpochDay(), type.notNull());
            case TIME -> new Literal(local.toLocalTime().toNanoOfDay() / 1_000, type.notNull());
            case TIMESTAMP_LTZ -> new Literal(utcMicros, type.notNull());
            default ->
                new Literal(ChronoUnit.MICROS.between(LocalDateTime.of(1970, 1, 1, 0, 0), local), type.notNull());
        };
    }

    private static long cut(long micros, SqlType type) {
        long unit = 1;
        for (int i = Math.max(type.precision(), 0); i < SqlType.MAX_TIME_PRECISION; i++) {
            unit *= 10;
        }
        return Math.floorDiv(micros, unit) * unit;
    }
}
