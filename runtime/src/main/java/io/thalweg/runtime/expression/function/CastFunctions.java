package io.thalweg.runtime.expression.function;

import java.math.BigDecimal;
import java.util.Arrays;

/**
 * Conversions between types other than from and to dates and times. To an integer a number is rounded half away from
 * zero. A text that is cast to a shorter VARCHAR or CHAR is cut, as the standard says for an explicit CAST; any other
 * value whose text is too long is an error. VARBINARY and text convert as the bytes of the text in UTF-8.
 */
public final class CastFunctions {
    private static final double MAX_EXACT_DOUBLE = 1L << 53;
    private static final double LONG_BOUND = 0x1p63;
    private static final Slice TRUE = Slice.of("TRUE");
    private static final Slice FALSE = Slice.of("FALSE");

    private CastFunctions() {}

    /** A number of at least {@code min} and at most {@code max}. */
    public static long narrow(long value, long min, long max, Conversion conversion) {
        if (value < min || value > max) {
            conversion.outOfRange();
            return 0;
        }
        return value;
    }

    public static long toInteger(double value, long min, long max, Conversion conversion) {
        double whole = value < 0 ? Math.ceil(value) : Math.floor(value);
        double rounded = Math.abs(value - whole) >= 0.5 ? whole + Math.signum(value) : whole;
        if (!(rounded >= -LONG_BOUND && rounded < LONG_BOUND)) {
            conversion.outOfRange();
            return 0;
        }
        return narrow((long) rounded, min, max, conversion);
    }

    public static long toInteger(long unscaled, int scale, long min, long max, Conversion conversion) {
        return narrow(DecimalFunctions.cut(unscaled, scale, Rounding.HALF_AWAY), min, max, conversion);
    }

    public static long toInteger(
            WideDecimal value, int scale, long min, long max, WideDecimal scratch, Conversion conversion) {
        if (!DecimalFunctions.tryRescale(value, scale, WideArithmetic.MAX_POWER, 0, Rounding.HALF_AWAY, scratch)
                || !scratch.fitsLong()) {
            conversion.outOfRange();
            return 0;
        }
        return narrow(scratch.low, min, max, conversion);
    }

    public static void toDecimal(long value, int precision, int scale, WideDecimal result, Conversion conversion) {
        result.set(value);
        toDecimal(result, 0, precision, scale, result, conversion);
    }

    public static void toDecimal(
            WideDecimal value, int valueScale, int precision, int scale, WideDecimal result, Conversion conversion) {
        if (!DecimalFunctions.tryRescale(value, valueScale, precision, scale, Rounding.HALF_AWAY, result)) {
            conversion.outOfRange();
        }
    }

    /** By the shortest decimal number that reads back as the DOUBLE. */
    public static void toDecimal(double value, int precision, int scale, WideDecimal result, Conversion conversion) {
        if (Math.abs(value) < MAX_EXACT_DOUBLE && value == (long) value) {
            toDecimal((long) value, precision, scale, result, conversion);
            return;
        }
        toDecimal(Double.toString(value), value, precision, scale, result, conversion);
    }

    /** By the shortest decimal number that reads back as the REAL. */
    public static void realToDecimal(
            double value, int precision, int scale, WideDecimal result, Conversion conversion) {
        toDecimal(Float.toString((float) value), value, precision, scale, result, conversion);
    }

    private static void toDecimal(
            String digits, double value, int precision, int scale, WideDecimal result, Conversion conversion) {
        result.set(0);
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            conversion.outOfRange();
            return;
        }
        NumberText.parseDecimal(Slice.of(digits), precision, scale, result, conversion);
    }

    public static double toDouble(long unscaled, int scale) {
        if (Math.abs(unscaled) <= MAX_EXACT_DOUBLE && scale <= NumberText.MAX_EXACT_POWER) {
            return unscaled / NumberText.exactPower(scale);
        }
        return BigDecimal.valueOf(unscaled, scale).doubleValue();
    }

    public static double toDouble(WideDecimal value, int scale) {
        if (value.fitsLong()) {
            return toDouble(value.low, scale);
        }
        return new BigDecimal(value.toInt128().toBigInteger(), scale).doubleValue();
    }

    /** Rounds to REAL. */
    public static double toReal(double value, Conversion conversion) {
        float rounded = (float) value;
        if (Float.isInfinite(rounded) && !Double.isInfinite(value)) {
            conversion.outOfRange();
            return 0;
        }
        return rounded;
    }

    /** TRUE, T, YES, Y, ON, 1 and their opposites, in any case. */
    public static boolean toBoolean(Slice text, Conversion conversion) {
        int start = NumberText.first(text);
        int end = NumberText.end(text, start);
        switch (end - start) {
            case 1:
                int letter = text.data[start] | 0x20;
                if (letter == 't' || letter == 'y' || text.data[start] == '1') {
                    return true;
                }
                if (letter == 'f' || letter == 'n' || text.data[start] == '0') {
                    return false;
                }
                break;
            case 2:
                if (TextFunctions.equalsIgnoreCase(text.data, start, end, "on")) {
                    return true;
                }
                if (TextFunctions.equalsIgnoreCase(text.data, start, end, "no")) {
                    return false;
                }
                break;
            case 3:
                if (TextFunctions.equalsIgnoreCase(text.data, start, end, "yes")) {
                    return true;
                }
                if (TextFunctions.equalsIgnoreCase(text.data, start, end, "off")) {
                    return false;
                }
                break;
            case 4:
                if (TextFunctions.equalsIgnoreCase(text.data, start, end, "true")) {
                    return true;
                }
                break;
            case 5:
                if (TextFunctions.equalsIgnoreCase(text.data, start, end, "false")) {
                    return false;
                }
                break;
            default:
                break;
        }
        conversion.cannotRead(text);
        return false;
    }

    public static void print(boolean value, Slice result) {
        Slice text = value ? TRUE : FALSE;
        result.set(text.data, text.start, text.length);
    }

    /** Cuts a text to so many characters. */
    public static void cutText(Slice text, int length, Slice result) {
        result.setWithin(
                text, text.start, Utf8.offset(text.data, text.start, text.start + text.length, length) - text.start);
    }

    /** Cuts a text to so many characters, or fills it up with spaces. */
    public static void fitText(Slice text, int length, Slice result) {
        int missing = length - Utf8.count(text.data, text.start, text.start + text.length);
        if (missing <= 0) {
            cutText(text, length, result);
            return;
        }
        byte[] bytes = result.reserve((long) text.length + missing);
        System.arraycopy(text.data, text.start, bytes, 0, text.length);
        Arrays.fill(bytes, text.length, text.length + missing, (byte) ' ');
        result.length = text.length + missing;
    }

    /** Fails if a text, which is of ASCII characters, is too long. */
    public static void checkLength(Slice text, int length, Conversion conversion) {
        if (text.length > length) {
            conversion.tooLong(text);
        }
    }

    /** The bytes as text, if they are UTF-8. */
    public static void toText(Slice binary, Slice result, Conversion conversion) {
        if (!Utf8.isValid(binary.data, binary.start, binary.start + binary.length)) {
            conversion.notText();
            result.setEmpty();
            return;
        }
        result.setWithin(binary, binary.start, binary.length);
    }

    /** Cuts binary bytes. */
    public static void cutBinary(Slice binary, int length, Slice result) {
        result.setWithin(binary, binary.start, Math.min(length, binary.length));
    }
}
