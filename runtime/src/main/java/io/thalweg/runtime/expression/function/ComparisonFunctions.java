package io.thalweg.runtime.expression.function;

import java.util.Arrays;

/**
 * Comparison of values that Java's operators do not compare as SQL does: a DOUBLE NaN equals NaN and is above all
 * numbers, and -0.0 equals 0.0; texts compare by their UTF-8 bytes, which is the order of code points.
 */
public final class ComparisonFunctions {
    private ComparisonFunctions() {}

    public static int compare(boolean left, boolean right) {
        return Boolean.compare(left, right);
    }

    public static int compare(int left, int right) {
        return Integer.compare(left, right);
    }

    public static int compare(long left, long right) {
        return Long.compare(left, right);
    }

    public static int compare(double left, double right) {
        if (left < right) {
            return -1;
        }
        if (left > right) {
            return 1;
        }
        return left == right ? 0 : Boolean.compare(Double.isNaN(left), Double.isNaN(right));
    }

    public static boolean equal(double left, double right) {
        return left == right || (Double.isNaN(left) && Double.isNaN(right));
    }

    public static boolean less(double left, double right) {
        return left < right || (Double.isNaN(right) && !Double.isNaN(left));
    }

    public static boolean lessOrEqual(double left, double right) {
        return left <= right || Double.isNaN(right);
    }

    public static int compare(Slice left, Slice right) {
        return Arrays.compareUnsigned(
                left.data, left.start, left.start + left.length, right.data, right.start, right.start + right.length);
    }

    public static boolean equal(Slice left, Slice right) {
        return left.length == right.length
                && Arrays.equals(
                        left.data,
                        left.start,
                        left.start + left.length,
                        right.data,
                        right.start,
                        right.start + right.length);
    }

    /** The text of a CHAR without the spaces that fill it up. */
    public static void withoutTrailingSpaces(Slice text, Slice result) {
        int end = text.start + text.length;
        while (end > text.start && text.data[end - 1] == ' ') {
            end--;
        }
        result.setWithin(text, text.start, end - text.start);
    }

    public static int compare(WideDecimal left, WideDecimal right) {
        return WideDecimal.compare(left, right);
    }

    public static boolean equal(WideDecimal left, WideDecimal right) {
        return left.low == right.low && left.high == right.high;
    }
}
