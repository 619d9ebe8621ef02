package io.thalweg.runtime.expression.function;

/** Functions of whole numbers. */
public final class IntegerFunctions {
    private static final int MAX_FACTORIAL = 20;

    private IntegerFunctions() {}

    public static long greatestCommonDivisor(long left, long right) {
        long a = left;
        long b = right;
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        if (a == Long.MIN_VALUE) {
            throw EvaluationErrors.outOfRange("BIGINT");
        }
        return Math.abs(a);
    }

    public static long leastCommonMultiple(long left, long right) {
        if (left == 0 || right == 0) {
            return 0;
        }
        try {
            return Math.absExact(Math.multiplyExact(left / greatestCommonDivisor(left, right), right));
        } catch (ArithmeticException e) {
            throw EvaluationErrors.outOfRange("BIGINT");
        }
    }

    public static long factorial(long value) {
        if (value < 0) {
            throw EvaluationErrors.argument("the factorial of the negative number " + value + " is undefined");
        }
        if (value > MAX_FACTORIAL) {
            throw EvaluationErrors.outOfRange("BIGINT");
        }
        long product = 1;
        for (long i = 2; i <= value; i++) {
            product *= i;
        }
        return product;
    }

    /** By so many places to the left, or to the right if negative; beyond 63 all bits are lost. */
    public static long shiftLeft(long value, long places) {
        if (places < 0) {
            return places == Long.MIN_VALUE ? value >> 63 : shiftRight(value, -places);
        }
        return places > 63 ? 0 : value << places;
    }

    /** By so many places to the right, the sign staying, or to the left if negative. */
    public static long shiftRight(long value, long places) {
        if (places < 0) {
            return places == Long.MIN_VALUE ? 0 : shiftLeft(value, -places);
        }
        return value >> Math.min(places, 63);
    }

    /** Which of so many parts of equal size between two bounds a value is in, from 1; the bounds may descend. */
    public static long widthBucket(double value, double low, double high, long buckets) {
        boolean finite = Double.isFinite(low) && Double.isFinite(high) && !Double.isNaN(value);
        if (!finite || low == high) {
            throw EvaluationErrors.argument("the bounds of WIDTH_BUCKET are equal or not finite");
        }
        if (buckets <= 0 || buckets == Long.MAX_VALUE) {
            throw EvaluationErrors.argument("the number of buckets " + buckets + " is out of range");
        }
        boolean ascending = low < high;
        if (ascending ? value < low : value > low) {
            return 0;
        }
        if (ascending ? value >= high : value <= high) {
            return buckets + 1;
        }
        // Halved, so that the width of the widest range is finite.
        double part = (value / 2 - low / 2) / (high / 2 - low / 2);
        return Math.min(buckets, (long) (part * buckets) + 1);
    }

    /** The digits of a number in a base from 2 to 36, with its sign. */
    public static void digitsInBase(long value, long base, Slice result) {
        result.setText(Long.toString(value, checkedBase(base)));
    }

    /** The number that digits stand for, in upper or lower case. */
    public static long numberInBase(Slice digits, long base) {
        int radix = checkedBase(base);
        try {
            return Long.parseLong(digits.text(), radix);
        } catch (NumberFormatException e) {
            throw EvaluationErrors.argument(
                    EvaluationErrors.quoted(digits.text()) + " is not a BIGINT in base " + radix);
        }
    }

    private static int checkedBase(long base) {
        if (base < Character.MIN_RADIX || base > Character.MAX_RADIX) {
            throw EvaluationErrors.argument("base " + base + " is not between 2 and 36");
        }
        return (int) base;
    }
}
