package io.thalweg.runtime.expression.function;

import java.nio.charset.StandardCharsets;

/**
 * Numbers to text and back, on bytes. Spaces around a number are ignored. Integers are a sign and digits; DECIMAL and
 * floating numbers may have a point and an exponent.
 */
public final class NumberText {
    private static final int MAX_LONG_DIGITS = 18;
    private static final int MAX_DECIMAL_LENGTH = 64;
    private static final long MAX_EXACT_DOUBLE = 1L << 53;
    /** The largest power of ten that a double holds exactly. */
    static final int MAX_EXACT_POWER = 22;

    private static final int MAX_EXPONENT = 100_000;
    private static final double[] EXACT_POWERS = new double[MAX_EXACT_POWER + 1];

    static {
        double power = 1;
        for (int i = 0; i <= MAX_EXACT_POWER; i++) {
            EXACT_POWERS[i] = power;
            power *= 10;
        }
    }

    private NumberText() {}

    /** 10 to the power of 0 to 22. */
    static double exactPower(int exponent) {
        return EXACT_POWERS[exponent];
    }

    /** An integer of at least {@code min} and at most {@code max}. */
    public static long parseInteger(Slice text, long min, long max, Conversion conversion) {
        byte[] data = text.data;
        int at = first(text);
        int end = end(text, at);
        boolean negative = at < end && data[at] == '-';
        if (at < end && (negative || data[at] == '+')) {
            at++;
        }
        if (at == end) {
            conversion.cannotRead(text);
            return 0;
        }
        // Counted downwards, since the smallest number has no positive counterpart.
        long value = 0;
        boolean overflow = false;
        for (; at < end; at++) {
            int digit = data[at] - '0';
            if (digit < 0 || digit > 9) {
                conversion.cannotRead(text);
                return 0;
            }
            overflow |= value < Long.MIN_VALUE / 10 || value * 10 < Long.MIN_VALUE + digit;
            value = value * 10 - digit;
        }
        if (overflow || (!negative && value == Long.MIN_VALUE)) {
            conversion.outOfRange(text);
            return 0;
        }
        long result = negative ? value : -value;
        if (result < min || result > max) {
            conversion.outOfRange(text);
            return 0;
        }
        return result;
    }

    /** A DECIMAL, rounded half away from zero to its scale. */
    public static void parseDecimal(Slice text, int precision, int scale, WideDecimal result, Conversion conversion) {
        byte[] data = text.data;
        int start = first(text);
        int end = end(text, start);
        boolean negative = start < end && data[start] == '-';
        if (start < end && (negative || data[start] == '+')) {
            start++;
        }
        long shape = shape(data, start, end);
        result.set(0);
        if (shape < 0) {
            conversion.cannotRead(text);
            return;
        }
        int digitsEnd = (int) (shape >>> 32);
        // How many of the digits, counted from the first, the result has.
        int wanted = pointOf(data, start, digitsEnd) + exponentOf(data, digitsEnd, end) + scale;
        if (!collect(data, start, digitsEnd, wanted, result) || !WideArithmetic.hasDigits(result, precision)) {
            result.set(0);
            conversion.outOfRange(text);
            return;
        }
        if (negative) {
            WideArithmetic.negate(result);
        }
    }

    /** Collects so many digits, with zeros where there are none, and rounds by the first that is left out. */
    private static boolean collect(byte[] data, int start, int end, int wanted, WideDecimal result) {
        int taken = 0;
        long chunk = 0;
        int chunkDigits = 0;
        int at = start;
        for (; at < end && taken < wanted; at++) {
            if (data[at] == '.') {
                continue;
            }
            chunk = chunk * 10 + (data[at] - '0');
            taken++;
            if (++chunkDigits == MAX_LONG_DIGITS) {
                if (!append(result, chunk, chunkDigits)) {
                    return false;
                }
                chunk = 0;
                chunkDigits = 0;
            }
        }
        if (!append(result, chunk, chunkDigits)) {
            return false;
        }
        if (taken < wanted) {
            return result.isZero() || WideArithmetic.scaleUp(result, wanted - taken, result);
        }
        if (at < end && data[at] == '.') {
            at++;
        }
        if (wanted >= 0 && at < end && data[at] >= '5' && ++result.low == 0) {
            result.high++;
        }
        return true;
    }

    private static boolean append(WideDecimal result, long chunk, int digits) {
        if (digits == 0) {
            return true;
        }
        if (!WideArithmetic.scaleUp(result, digits, result)) {
            return false;
        }
        long low = result.low + chunk;
        if (Long.compareUnsigned(low, chunk) < 0) {
            result.high++;
        }
        result.low = low;
        return result.high >= 0;
    }

    /** Where the digits with their point end, in the upper half, if the text is a number; otherwise below 0. */
    private static long shape(byte[] data, int start, int end) {
        int at = start;
        int digits = 0;
        boolean point = false;
        for (; at < end; at++) {
            if (isDigit(data[at])) {
                digits++;
            } else if (data[at] == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        if (digits == 0) {
            return -1;
        }
        long result = (long) at << 32;
        if (at == end) {
            return result;
        }
        if ((data[at] | 0x20) != 'e') {
            return -1;
        }
        at++;
        if (at < end && (data[at] == '-' || data[at] == '+')) {
            at++;
        }
        if (at == end) {
            return -1;
        }
        for (; at < end; at++) {
            if (!isDigit(data[at])) {
                return -1;
            }
        }
        return result;
    }

    /** How many digits there are before the point. */
    private static int pointOf(byte[] data, int start, int digitsEnd) {
        for (int at = start; at < digitsEnd; at++) {
            if (data[at] == '.') {
                return at - start;
            }
        }
        return digitsEnd - start;
    }

    private static int exponentOf(byte[] data, int digitsEnd, int end) {
        if (digitsEnd == end) {
            return 0;
        }
        int at = digitsEnd + 1;
        boolean negative = data[at] == '-';
        if (negative || data[at] == '+') {
            at++;
        }
        int exponent = 0;
        for (; at < end; at++) {
            exponent = Math.min(MAX_EXPONENT, exponent * 10 + (data[at] - '0'));
        }
        return negative ? -exponent : exponent;
    }

    /** A DOUBLE: a number, NaN, Infinity or -Infinity. */
    public static double parseDouble(Slice text, Conversion conversion) {
        byte[] data = text.data;
        int at = first(text);
        int end = end(text, at);
        boolean negative = at < end && data[at] == '-';
        int start = at < end && (negative || data[at] == '+') ? at + 1 : at;
        long shape = shape(data, start, end);
        if (shape < 0) {
            return parseSpecial(text, start, end, negative, conversion);
        }
        int digitsEnd = (int) (shape >>> 32);
        int power = exponentOf(data, digitsEnd, end) + pointOf(data, start, digitsEnd);
        long mantissa = 0;
        int digits = 0;
        for (int i = start; i < digitsEnd && mantissa < MAX_EXACT_DOUBLE; i++) {
            if (data[i] != '.') {
                mantissa = mantissa * 10 + (data[i] - '0');
                digits++;
                power--;
            }
        }
        boolean exact = mantissa < MAX_EXACT_DOUBLE && digits == digitCount(data, start, digitsEnd);
        if (exact && Math.abs(power) <= MAX_EXACT_POWER) {
            // Both numbers are exact, so one operation rounds once.
            double value = power < 0 ? mantissa / EXACT_POWERS[-power] : mantissa * EXACT_POWERS[power];
            return negative ? -value : value;
        }
        double value = Double.parseDouble(new String(data, at, end - at, StandardCharsets.ISO_8859_1));
        if (Double.isInfinite(value)) {
            conversion.outOfRange(text);
            return 0;
        }
        return value;
    }

    private static int digitCount(byte[] data, int start, int digitsEnd) {
        int count = digitsEnd - start;
        return pointOf(data, start, digitsEnd) < count ? count - 1 : count;
    }

    private static double parseSpecial(Slice text, int start, int end, boolean negative, Conversion conversion) {
        if (TextFunctions.equalsIgnoreCase(text.data, start, end, "infinity")) {
            return negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (!negative && TextFunctions.equalsIgnoreCase(text.data, start, end, "nan")) {
            return Double.NaN;
        }
        conversion.cannotRead(text);
        return 0;
    }

    /** The digits of an integer. */
    public static void print(long value, Slice result) {
        byte[] bytes = result.reserve(20);
        result.length = write(value, bytes, 0);
    }

    /** Writes an integer and returns where it ends. */
    static int write(long value, byte[] bytes, int at) {
        int position = at;
        long rest = value;
        if (value < 0) {
            bytes[position++] = '-';
        } else {
            rest = -value;
        }
        int digits = 1;
        for (long bound = -10; rest <= bound && digits < 19; bound *= 10) {
            digits++;
        }
        for (int i = position + digits - 1; i >= position; i--) {
            bytes[i] = (byte) ('0' - rest % 10);
            rest /= 10;
        }
        return position + digits;
    }

    /** Writes a number that is not negative with leading zeros and returns where it ends. */
    static int writePadded(long value, int digits, byte[] bytes, int at) {
        long rest = value;
        for (int i = at + digits - 1; i >= at; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return at + digits;
    }

    /** A DECIMAL of at most 18 digits with all the digits of its scale. */
    public static void printDecimal(long value, int scale, Slice result) {
        byte[] bytes = result.reserve(24);
        int at = 0;
        if (value < 0) {
            bytes[at++] = '-';
        }
        long power = WideArithmetic.longPower(scale);
        long absolute = Math.abs(value);
        at = write(absolute / power, bytes, at);
        if (scale > 0) {
            bytes[at++] = '.';
            at = writePadded(absolute % power, scale, bytes, at);
        }
        result.length = at;
    }

    /** A DECIMAL with all the digits of its scale. */
    public static void printDecimal(WideDecimal value, int scale, WideDecimal scratch, Slice result) {
        byte[] bytes = result.reserve(MAX_DECIMAL_LENGTH);
        DecimalFunctions.absolute(value, scratch);
        // From the last digit to the first, towards the front of the memory.
        int at = MAX_DECIMAL_LENGTH;
        int written = 0;
        do {
            long low = scratch.low;
            long divisor = WideArithmetic.longPower(MAX_LONG_DIGITS);
            WideArithmetic.divide(scratch, 0, divisor, Rounding.TOWARDS_ZERO, scratch);
            long chunk = low - scratch.low * divisor;
            boolean last = scratch.isZero();
            for (int i = 0; i < MAX_LONG_DIGITS && (chunk != 0 || !last || written <= scale); i++) {
                if (written == scale && scale > 0) {
                    bytes[--at] = '.';
                }
                bytes[--at] = (byte) ('0' + chunk % 10);
                chunk /= 10;
                written++;
            }
        } while (!scratch.isZero() || written <= scale);
        if (value.isNegative()) {
            bytes[--at] = '-';
        }
        result.start = at;
        result.length = MAX_DECIMAL_LENGTH - at;
    }

    /** The shortest text that reads back as the same DOUBLE, as Java writes it; Infinity and NaN by these names. */
    public static void print(double value, Slice result) {
        if (value == (int) value && Math.abs(value) < 10_000_000 && (value != 0 || 1 / value > 0)) {
            byte[] bytes = result.reserve(16);
            int at = write((long) value, bytes, 0);
            bytes[at++] = '.';
            bytes[at++] = '0';
            result.length = at;
            return;
        }
        copy(Double.toString(value), result);
    }

    /** The shortest text that reads back as the same REAL. */
    public static void printReal(double value, Slice result) {
        copy(Float.toString((float) value), result);
    }

    /** Copies a text of ASCII characters. */
    static void copy(String text, Slice result) {
        byte[] bytes = result.reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[i] = (byte) text.charAt(i);
        }
        result.length = text.length();
    }

    static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    /** Where a text begins behind its leading spaces. */
    static int first(Slice text) {
        int at = text.start;
        int end = text.start + text.length;
        while (at < end && TextFunctions.isSpace(text.data[at])) {
            at++;
        }
        return at;
    }

    /** Where a text ends before its trailing spaces. */
    static int end(Slice text, int first) {
        int end = text.start + text.length;
        while (end > first && TextFunctions.isSpace(text.data[end - 1])) {
            end--;
        }
        return end;
    }
}
