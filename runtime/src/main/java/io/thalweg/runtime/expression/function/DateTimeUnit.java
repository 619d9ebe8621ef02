package io.thalweg.runtime.expression.function;

import io.thalweg.model.type.TypeName;
import java.util.Locale;

/** The units and fields of dates and times, by the names that SQL has for them. */
public enum DateTimeUnit {
    MICROSECOND(1),
    MILLISECOND(1_000),
    SECOND(1_000_000),
    MINUTE(60_000_000L),
    HOUR(3_600_000_000L),
    DAY(DateTimeFunctions.MICROS_PER_DAY),
    WEEK(7 * DateTimeFunctions.MICROS_PER_DAY),
    MONTH(0),
    QUARTER(0),
    YEAR(0),
    DECADE(0),
    CENTURY(0),
    MILLENNIUM(0),
    DOW(0),
    ISODOW(0),
    DOY(0),
    ISOYEAR(0),
    EPOCH(0);

    private final long micros;

    DateTimeUnit(long micros) {
        this.micros = micros;
    }

    /** The unit of a name, in any case. */
    public static DateTimeUnit of(String name) {
        try {
            return valueOf(name.trim().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw EvaluationErrors.argument("there is no date-time unit " + EvaluationErrors.quoted(name));
        }
    }

    /** The length in microseconds, 0 if it is not always the same. */
    long micros() {
        return micros;
    }

    /** Whether the unit is a part of a day. */
    public boolean isTime() {
        return micros > 0 && micros < DateTimeFunctions.MICROS_PER_DAY;
    }

    /** How many months the unit has, 0 if it is not made of months. */
    int months() {
        return switch (this) {
            case MONTH -> 1;
            case QUARTER -> 3;
            case YEAR -> 12;
            case DECADE -> 120;
            case CENTURY -> 1_200;
            case MILLENNIUM -> 12_000;
            default -> 0;
        };
    }

    /** Whether values of a type can be rounded to the unit. */
    public boolean canRound(TypeName type) {
        return type == TypeName.TIME ? isTime() : micros > 0 || months() > 0;
    }

    /** Whether values of a type have the field. */
    public boolean isFieldOf(TypeName type) {
        return switch (type) {
            case TIME -> isTime() || this == EPOCH;
            case INTERVAL_MICROS -> isTime() || this == DAY || this == EPOCH;
            case INTERVAL_MONTHS -> this == YEAR || this == MONTH || this == QUARTER;
            default -> type == TypeName.DATE || type.isTimestamp();
        };
    }
}
