package io.thalweg.runtime.expression.function;

/**
 * Functions of DATE (days), TIME (microseconds of the day), TIMESTAMP (microseconds since 1970) and intervals. EXTRACT of
 * MILLISECOND and MICROSECOND counts from the start of the minute, as in PostgreSQL.
 */
public final class DateTimeFunctions {
    static final long MICROS_PER_SECOND = 1_000_000;
    static final long MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;
    static final long MICROS_PER_HOUR = 60 * MICROS_PER_MINUTE;
    static final long MICROS_PER_DAY = 24 * MICROS_PER_HOUR;
    static final long MIN_TIMESTAMP = CivilDate.MIN_DAY * MICROS_PER_DAY;
    static final long MAX_TIMESTAMP = (CivilDate.MAX_DAY + 1) * MICROS_PER_DAY - 1;

    private DateTimeFunctions() {}

    public static int checkedDay(long day) {
        if (day < CivilDate.MIN_DAY || day > CivilDate.MAX_DAY) {
            throw EvaluationErrors.datetimeOverflow();
        }
        return (int) day;
    }

    public static long checkedTimestamp(long micros) {
        if (micros < MIN_TIMESTAMP || micros > MAX_TIMESTAMP) {
            throw EvaluationErrors.datetimeOverflow();
        }
        return micros;
    }

    /** A time or timestamp without the digits of a second beyond its precision. */
    public static long truncated(long micros, int precision) {
        return micros - Math.floorMod(micros, WideArithmetic.longPower(6 - precision));
    }

    static long dayOf(long timestamp) {
        return Math.floorDiv(timestamp, MICROS_PER_DAY);
    }

    public static long extractFromDate(DateTimeUnit unit, int day) {
        return switch (unit) {
            case EPOCH -> day * 86_400L;
            case MICROSECOND, MILLISECOND, SECOND, MINUTE, HOUR -> 0;
            default -> dateField(unit, day);
        };
    }

    public static long extractFromTime(DateTimeUnit unit, long micros) {
        return switch (unit) {
            case EPOCH -> micros / MICROS_PER_SECOND;
            case MICROSECOND -> micros % MICROS_PER_MINUTE;
            case MILLISECOND -> micros % MICROS_PER_MINUTE / 1_000;
            case SECOND -> micros % MICROS_PER_MINUTE / MICROS_PER_SECOND;
            case MINUTE -> micros % MICROS_PER_HOUR / MICROS_PER_MINUTE;
            case HOUR -> micros / MICROS_PER_HOUR;
            default -> throw EvaluationErrors.argument(unit + " is not a field of a TIME");
        };
    }

    public static long extractFromTimestamp(DateTimeUnit unit, long micros) {
        return switch (unit) {
            case EPOCH -> Math.floorDiv(micros, MICROS_PER_SECOND);
            case MICROSECOND, MILLISECOND, SECOND, MINUTE, HOUR ->
                extractFromTime(unit, Math.floorMod(micros, MICROS_PER_DAY));
            default -> dateField(unit, dayOf(micros));
        };
    }

    public static long extractFromMonths(DateTimeUnit unit, int months) {
        return switch (unit) {
            case YEAR -> months / 12;
            case QUARTER -> months % 12 / 3 + (months < 0 ? -1 : 1);
            default -> months % 12;
        };
    }

    public static long extractFromMicros(DateTimeUnit unit, long micros) {
        return switch (unit) {
            case DAY -> micros / MICROS_PER_DAY;
            case EPOCH -> micros / MICROS_PER_SECOND;
            default -> extractFromTime(unit, micros % MICROS_PER_DAY);
        };
    }

    private static long dateField(DateTimeUnit unit, long day) {
        switch (unit) {
            case DOW:
                return CivilDate.isoDayOfWeek(day) % 7 + 1L;
            case ISODOW:
                return CivilDate.isoDayOfWeek(day);
            case ISOYEAR:
                return CivilDate.year(CivilDate.of(CivilDate.thursday(day)));
            case WEEK:
                long thursday = CivilDate.thursday(day);
                return (CivilDate.dayOfYear(thursday, CivilDate.year(CivilDate.of(thursday))) - 1L) / 7 + 1;
            default:
                break;
        }
        long civil = CivilDate.of(day);
        int year = CivilDate.year(civil);
        return switch (unit) {
            case YEAR -> year;
            case QUARTER -> (CivilDate.month(civil) + 2) / 3;
            case MONTH -> CivilDate.month(civil);
            case DAY -> CivilDate.dayOfMonth(civil);
            case DOY -> CivilDate.dayOfYear(day, year);
            case DECADE -> year / 10;
            case CENTURY -> (year + 99) / 100;
            default -> (year + 999) / 1_000;
        };
    }

    public static int floorDate(DateTimeUnit unit, int day) {
        return unit.isTime() ? day : checkedDay(floorDay(unit, day));
    }

    public static int ceilingDate(DateTimeUnit unit, int day) {
        if (unit.isTime()) {
            return day;
        }
        long floor = floorDay(unit, day);
        return floor == day ? day : checkedDay(nextDay(unit, floor));
    }

    /** Down to the start of the unit, for TIMESTAMP, and for TIME with units below a day. */
    public static long floorTimestamp(DateTimeUnit unit, long micros) {
        if (unit.isTime()) {
            return micros - Math.floorMod(micros, unit.micros());
        }
        return checkedTimestamp(floorDay(unit, dayOf(micros)) * MICROS_PER_DAY);
    }

    public static long ceilingTimestamp(DateTimeUnit unit, long micros) {
        if (unit.isTime()) {
            long floor = micros - Math.floorMod(micros, unit.micros());
            return floor == micros ? micros : checkedTimestamp(floor + unit.micros());
        }
        long floorDay = floorDay(unit, dayOf(micros));
        if (floorDay * MICROS_PER_DAY == micros) {
            return micros;
        }
        return checkedTimestamp(nextDay(unit, floorDay) * MICROS_PER_DAY);
    }

    /** Up to the next unit; past midnight it is 00:00:00. */
    public static long ceilingTime(DateTimeUnit unit, long micros) {
        return ceilingTimestamp(unit, micros) % MICROS_PER_DAY;
    }

    private static long floorDay(DateTimeUnit unit, long day) {
        if (unit == DateTimeUnit.DAY) {
            return day;
        }
        if (unit == DateTimeUnit.WEEK) {
            return day - CivilDate.isoDayOfWeek(day) + 1;
        }
        long civil = CivilDate.of(day);
        int year = CivilDate.year(civil);
        return switch (unit) {
            case MONTH -> CivilDate.day(year, CivilDate.month(civil), 1);
            case QUARTER -> CivilDate.day(year, (CivilDate.month(civil) - 1) / 3 * 3 + 1, 1);
            case YEAR -> CivilDate.day(year, 1, 1);
            case DECADE -> CivilDate.day(year / 10 * 10L, 1, 1);
            case CENTURY -> CivilDate.day((year - 1) / 100 * 100L + 1, 1, 1);
            default -> CivilDate.day((year - 1) / 1_000 * 1_000L + 1, 1, 1);
        };
    }

    private static long nextDay(DateTimeUnit unit, long floorDay) {
        return unit.months() == 0
                ? floorDay + unit.micros() / MICROS_PER_DAY
                : CivilDate.plusMonths(floorDay, unit.months());
    }

    public static int addMonthsToDate(int day, int months) {
        return (int) CivilDate.plusMonths(day, months);
    }

    public static long addMonthsToTimestamp(long timestamp, int months) {
        long day = dayOf(timestamp);
        return CivilDate.plusMonths(day, months) * MICROS_PER_DAY + (timestamp - day * MICROS_PER_DAY);
    }

    /** A DATE stays a DATE: a part of a day is dropped. */
    public static int addMicrosToDate(int day, long micros) {
        return checkedDay(day + Math.floorDiv(micros, MICROS_PER_DAY));
    }

    public static long addMicrosToTimestamp(long timestamp, long micros) {
        long sum = timestamp + micros;
        if (((timestamp ^ sum) & (micros ^ sum)) < 0) {
            throw EvaluationErrors.datetimeOverflow();
        }
        return checkedTimestamp(sum);
    }

    /** A TIME goes round at midnight. */
    public static long addMicrosToTime(long time, long micros) {
        return Math.floorMod(time + micros % MICROS_PER_DAY, MICROS_PER_DAY);
    }

    public static long dateToTimestamp(int day) {
        return day * MICROS_PER_DAY;
    }

    public static int timestampToDate(long timestamp) {
        return (int) dayOf(timestamp);
    }

    public static long timestampToTime(long timestamp) {
        return Math.floorMod(timestamp, MICROS_PER_DAY);
    }

    /** Whole units from one timestamp (or time) to another, towards zero. */
    public static long difference(DateTimeUnit unit, long from, long to) {
        if (unit.micros() > 0) {
            return (to - from) / unit.micros();
        }
        long fromDay = dayOf(from);
        long toDay = dayOf(to);
        long fromCivil = CivilDate.of(fromDay);
        long toCivil = CivilDate.of(toDay);
        long months = (CivilDate.year(toCivil) - CivilDate.year(fromCivil)) * 12L
                + CivilDate.month(toCivil)
                - CivilDate.month(fromCivil);
        long fromRest = CivilDate.dayOfMonth(fromCivil) * MICROS_PER_DAY + from - fromDay * MICROS_PER_DAY;
        long toRest = CivilDate.dayOfMonth(toCivil) * MICROS_PER_DAY + to - toDay * MICROS_PER_DAY;
        if (months > 0 && toRest < fromRest) {
            months--;
        } else if (months < 0 && toRest > fromRest) {
            months++;
        }
        return months / unit.months();
    }

    public static int multiplyMonths(int months, long factor) {
        return toMonths(multiplyMicros(months, factor));
    }

    public static int multiplyMonths(int months, double factor) {
        return toMonths(multiplyMicros(months, factor));
    }

    public static long multiplyMicros(long micros, long factor) {
        long product = micros * factor;
        if (Math.multiplyHigh(micros, factor) != product >> 63) {
            throw EvaluationErrors.intervalOverflow();
        }
        return product;
    }

    public static long multiplyMicros(long micros, double factor) {
        return rounded(micros * factor);
    }

    public static int divideMonths(int months, long divisor) {
        return toMonths(divideMicros(months, divisor));
    }

    public static int divideMonths(int months, double divisor) {
        return toMonths(divideMicros(months, divisor));
    }

    /** Towards zero. */
    public static long divideMicros(long micros, long divisor) {
        if (divisor == 0) {
            throw EvaluationErrors.divisionByZero();
        }
        if (divisor == -1 && micros == Long.MIN_VALUE) {
            throw EvaluationErrors.intervalOverflow();
        }
        return micros / divisor;
    }

    public static long divideMicros(long micros, double divisor) {
        if (divisor == 0) {
            throw EvaluationErrors.divisionByZero();
        }
        return rounded(micros / divisor);
    }

    private static long rounded(double value) {
        double whole = value < 0 ? Math.ceil(value) : Math.floor(value);
        double result = Math.abs(value - whole) >= 0.5 ? whole + Math.signum(value) : whole;
        if (!(Math.abs(result) < 0x1p63)) {
            throw EvaluationErrors.intervalOverflow();
        }
        return (long) result;
    }

    private static int toMonths(long months) {
        if (months != (int) months) {
            throw EvaluationErrors.intervalOverflow();
        }
        return (int) months;
    }

    public static long timestampFromMillis(long millis) {
        if (millis < MIN_TIMESTAMP / 1_000 || millis > MAX_TIMESTAMP / 1_000) {
            throw EvaluationErrors.datetimeOverflow();
        }
        return millis * 1_000;
    }

    public static long millisFromTimestamp(long timestamp) {
        return Math.floorDiv(timestamp, 1_000L);
    }

    /** The start of the window of this size that a timestamp is in; windows start at the offset. */
    public static long tumbleStart(long timestamp, long size, long offset) {
        return checkedTimestamp(timestamp - Math.floorMod(timestamp - offset, size));
    }
}
