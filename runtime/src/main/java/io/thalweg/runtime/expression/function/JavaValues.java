package io.thalweg.runtime.expression.function;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.Int128;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** Values as functions in Java take and give them, and what their failures become. For generated code. */
public final class JavaValues {
    private static final int MAX_MESSAGE_LENGTH = 300;
    private static final int MICROS = 1_000_000;
    private static final long MIN_DAY = LocalDate.of(1, 1, 1).toEpochDay();
    private static final long MAX_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

    private JavaValues() {}

    /** The error of a query whose function has thrown something. What ends the process is thrown on. */
    public static ThalwegException failure(String function, Throwable thrown) {
        if (thrown instanceof OutOfMemoryError fatal) {
            throw fatal;
        }
        if (thrown instanceof MissingJar) {
            return new ThalwegException(
                            ErrorCode.FUNCTION_FAILED,
                            "function " + function + " cannot be called: " + thrown.getMessage())
                    .withHint(
                            "Put the jar that the function was made with into the directory for functions and restart the"
                                    + " server.");
        }
        return new ThalwegException(
                ErrorCode.FUNCTION_FAILED, "function " + function + " failed: " + message(thrown), thrown);
    }

    private static final class MissingJar extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MissingJar(String message) {
            super(message);
        }
    }

    /** What a call fails with if its jar is not there. */
    public static RuntimeException missing(String message) {
        return new MissingJar(message);
    }

    /** What a failure of a user's code says, on one line; what kind it is if it says nothing. */
    public static String message(Throwable thrown) {
        String kind = thrown.getClass().getSimpleName();
        String said;
        try {
            said = thrown.getMessage();
        } catch (RuntimeException | StackOverflowError | LinkageError broken) {
            said = null;
        }
        if (said == null || said.isBlank()) {
            return kind;
        }
        String line = said.strip().replaceAll("\\p{Cntrl}+", " ");
        String text = thrown instanceof LinkageError ? kind + " " + line : line;
        return text.length() <= MAX_MESSAGE_LENGTH ? text : text.substring(0, MAX_MESSAGE_LENGTH) + "...";
    }

    public static BigDecimal decimal(long unscaled, int scale) {
        return BigDecimal.valueOf(unscaled, scale);
    }

    public static BigDecimal decimal(WideDecimal value, int scale) {
        return new BigDecimal(value.toInt128().toBigInteger(), scale);
    }

    /** Rounds half away from zero to a scale, as a cast does. */
    public static void setDecimal(BigDecimal value, int precision, int scale, WideDecimal result) {
        // A number of so many digits would take for ever to round.
        if ((long) value.precision() - value.scale() > precision) {
            throw EvaluationErrors.decimalOutOfRange(precision, scale);
        }
        BigInteger unscaled = value.setScale(scale, RoundingMode.HALF_UP).unscaledValue();
        if (new BigDecimal(unscaled).precision() > precision) {
            throw EvaluationErrors.decimalOutOfRange(precision, scale);
        }
        Int128 exact = Int128.of(unscaled);
        result.set(exact.high(), exact.low());
    }

    public static LocalDate date(int days) {
        return LocalDate.ofEpochDay(days);
    }

    public static int days(LocalDate date) {
        return (int) checkedDay(date.toEpochDay());
    }

    private static long checkedDay(long day) {
        if (day < MIN_DAY || day > MAX_DAY) {
            throw EvaluationErrors.datetimeOverflow();
        }
        return day;
    }

    public static LocalTime time(long micros) {
        return LocalTime.ofNanoOfDay(micros * 1_000);
    }

    public static long micros(LocalTime time) {
        return time.toNanoOfDay() / 1_000;
    }

    public static LocalDateTime dateTime(long micros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000, ZoneOffset.UTC);
    }

    public static long micros(LocalDateTime time) {
        checkedDay(time.toLocalDate().toEpochDay());
        return time.toEpochSecond(ZoneOffset.UTC) * MICROS + time.getNano() / 1_000;
    }

    public static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000L);
    }

    public static long micros(Instant instant) {
        try {
            return micros(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
        } catch (DateTimeException outside) {
            throw EvaluationErrors.datetimeOverflow();
        }
    }

    /** A text into a slice, if it is not too long. */
    public static void setText(String text, Slice result) {
        if (text.length() > Slice.MAX_LENGTH) {
            throw EvaluationErrors.valueTooLarge(text.length());
        }
        setBytes(text.getBytes(StandardCharsets.UTF_8), result);
    }

    /** Bytes into a slice, if they are not too many. Whoever made them may use the array again. */
    public static void setBytes(byte[] bytes, Slice result) {
        if (bytes.length > Slice.MAX_LENGTH) {
            throw EvaluationErrors.valueTooLarge(bytes.length);
        }
        result.setPassing(bytes, bytes.length);
    }
}
