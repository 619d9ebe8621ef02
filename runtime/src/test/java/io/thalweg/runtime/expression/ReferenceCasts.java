package io.thalweg.runtime.expression;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;
import io.thalweg.runtime.expression.ReferenceEvaluator.Failure;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** CAST of the {@link ReferenceEvaluator}. */
final class ReferenceCasts {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?");
    private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})");
    private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d+))?)?");
    private static final Map<TypeName, Integer> BITS = Map.of(
            TypeName.TINYINT,
            7,
            TypeName.SMALLINT,
            15,
            TypeName.INTEGER,
            31,
            TypeName.BIGINT,
            63,
            TypeName.INTERVAL_MONTHS,
            31,
            TypeName.INTERVAL_MICROS,
            63);
    private static final Set<String> TRUE = Set.of("true", "t", "yes", "y", "on", "1");
    private static final Set<String> FALSE = Set.of("false", "f", "no", "n", "off", "0");

    private ReferenceCasts() {}

    static Object integer(BigInteger value, TypeName type) {
        if (value.bitLength() > BITS.get(type)) {
            throw ReferenceEvaluator.outOfRange();
        }
        return value.longValue();
    }

    static Object decimal(BigDecimal value, SqlType type) {
        BigDecimal rounded = value.setScale(type.scale(), RoundingMode.HALF_UP);
        if (rounded.unscaledValue().abs().compareTo(BigInteger.TEN.pow(type.precision())) >= 0) {
            throw ReferenceEvaluator.outOfRange();
        }
        return rounded;
    }

    static Object cast(Object value, SqlType from, SqlType to) {
        if (value instanceof String text) {
            return fromText(text, to);
        }
        return switch (to.name()) {
            case BOOLEAN -> truth(value, from);
            case TINYINT, SMALLINT, INTEGER, BIGINT, INTERVAL_MONTHS, INTERVAL_MICROS ->
                integer(number(value, from).setScale(0, RoundingMode.HALF_UP).toBigInteger(), to.name());
            case DECIMAL -> decimal(number(value, from), to);
            case DOUBLE ->
                value instanceof Double ? value : (Object) number(value, from).doubleValue();
            case REAL -> real(value, from);
            case CHAR, VARCHAR -> limited(print(value, from), from, to);
            case VARBINARY ->
                to.precision() < 0
                        ? value
                        : Arrays.copyOf((byte[]) value, Math.min(to.precision(), ((byte[]) value).length));
            case DATE -> value instanceof LocalDateTime timestamp ? timestamp.toLocalDate() : value;
            case TIME ->
                truncated(
                        value instanceof LocalDateTime timestamp ? timestamp.toLocalTime() : (LocalTime) value,
                        to.precision());
            case TIMESTAMP, TIMESTAMP_LTZ ->
                truncated(
                        value instanceof LocalDate date ? date.atStartOfDay() : (LocalDateTime) value, to.precision());
            case NULL -> null;
            case ARRAY, MAP, ROW -> throw new IllegalArgumentException("nested values have a test of their own");
        };
    }

    private static Object truth(Object value, SqlType from) {
        if (value instanceof Double number) {
            return number != 0;
        }
        return value instanceof Boolean ? value : (Object) (number(value, from).signum() != 0);
    }

    private static Object real(Object value, SqlType from) {
        if (value instanceof Double number) {
            float result = number.floatValue();
            if (Float.isInfinite(result) && !number.isInfinite()) {
                throw ReferenceEvaluator.outOfRange();
            }
            return (double) result;
        }
        return from.name() == TypeName.DECIMAL
                ? (double) (float) number(value, from).doubleValue()
                : (double) number(value, from).floatValue();
    }

    private static BigDecimal number(Object value, SqlType from) {
        if (value instanceof Boolean truth) {
            return truth ? BigDecimal.ONE : BigDecimal.ZERO;
        }
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof Double number) {
            if (number.isNaN() || number.isInfinite()) {
                throw ReferenceEvaluator.outOfRange();
            }
            return new BigDecimal(
                    from.name() == TypeName.REAL ? Float.toString(number.floatValue()) : number.toString());
        }
        return BigDecimal.valueOf((Long) value);
    }

    static LocalTime truncated(LocalTime time, int precision) {
        long unit = BigInteger.TEN.pow(9 - precision).longValue();
        return LocalTime.ofNanoOfDay(time.toNanoOfDay() / unit * unit);
    }

    static LocalDateTime truncated(LocalDateTime timestamp, int precision) {
        return timestamp.toLocalDate().atTime(truncated(timestamp.toLocalTime(), precision));
    }

    static String print(Object value, SqlType type) {
        String fraction = type.precision() > 0 ? "." + "S".repeat(type.precision()) : "";
        return switch (type.name()) {
            case BOOLEAN -> (Boolean) value ? "TRUE" : "FALSE";
            case REAL -> Float.toString(((Double) value).floatValue());
            case DECIMAL -> ((BigDecimal) value).toPlainString();
            case VARBINARY -> decoded((byte[]) value);
            case TIME -> ((LocalTime) value).format(DateTimeFormatter.ofPattern("HH:mm:ss" + fraction));
            case TIMESTAMP ->
                ((LocalDateTime) value).format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss" + fraction));
            case TIMESTAMP_LTZ ->
                ((LocalDateTime) value).format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss" + fraction + "'Z'"));
            default -> value.toString();
        };
    }

    private static String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new Failure(ErrorCode.CHARACTER_ENCODING);
        }
    }

    private static String limited(String text, SqlType from, SqlType to) {
        if (to.precision() < 0) {
            return text;
        }
        int length = text.codePointCount(0, text.length());
        if (length > to.precision() && !from.name().isText() && from.name() != TypeName.VARBINARY) {
            throw new Failure(ErrorCode.STRING_TOO_LONG);
        }
        if (length >= to.precision()) {
            return text.substring(0, text.offsetByCodePoints(0, to.precision()));
        }
        return to.name() == TypeName.CHAR ? text + " ".repeat(to.precision() - length) : text;
    }

    private static Object fromText(String text, SqlType to) {
        String stripped = text.replaceAll("^[ \\t-\\r]+|[ \\t-\\r]+$", "");
        Failure failure = new Failure(ErrorCode.CAST_FAILURE);
        switch (to.name()) {
            case CHAR, VARCHAR:
                return limited(text, SqlType.VARCHAR, to);
            case VARBINARY:
                return cast(text.getBytes(StandardCharsets.UTF_8), SqlType.VARBINARY, to);
            case BOOLEAN:
                if (!TRUE.contains(stripped.toLowerCase()) && !FALSE.contains(stripped.toLowerCase())) {
                    throw failure;
                }
                return TRUE.contains(stripped.toLowerCase());
            case TINYINT, SMALLINT, INTEGER, BIGINT:
                if (!stripped.matches("[+-]?\\d+")) {
                    throw failure;
                }
                return integer(new BigInteger(stripped), to.name());
            case DECIMAL, REAL, DOUBLE:
                if (!NUMBER.matcher(stripped).matches()) {
                    throw failure;
                }
                return number(stripped, to);
            default:
                return fromDateTimeText(stripped, to);
        }
    }

    private static Object number(String text, SqlType to) {
        if (to.name() == TypeName.DECIMAL) {
            return decimal(new BigDecimal(text), to);
        }
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw ReferenceEvaluator.outOfRange();
        }
        return to.name() == TypeName.REAL ? real(value, SqlType.DOUBLE) : (Object) value;
    }

    private static Object fromDateTimeText(String text, SqlType to) {
        try {
            return switch (to.name()) {
                case DATE -> date(text);
                case TIME -> truncated(time(text), to.precision());
                default -> {
                    String local =
                            text.endsWith("Z") && text.contains(":") ? text.substring(0, text.length() - 1) : text;
                    String[] parts = local.split("[ T]", 2);
                    LocalTime time = parts.length == 1 ? LocalTime.MIDNIGHT : time(parts[1]);
                    yield truncated(date(parts[0]).atTime(time), to.precision());
                }
            };
        } catch (DateTimeException unreadable) {
            throw new Failure(ErrorCode.DATETIME_FORMAT);
        }
    }

    private static LocalDate date(String text) {
        Matcher matcher = DATE.matcher(text);
        if (!matcher.matches() || matcher.group(1).equals("0000")) {
            throw new DateTimeException(text);
        }
        return LocalDate.of(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }

    private static LocalTime time(String text) {
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            throw new DateTimeException(text);
        }
        String second = matcher.group(3) == null ? "0" : matcher.group(3);
        String fraction = matcher.group(4) == null ? "" : matcher.group(4);
        return LocalTime.of(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(second),
                Integer.parseInt((fraction + "000000000").substring(0, 9)));
    }
}
