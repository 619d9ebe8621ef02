package io.thalweg.runtime.expression.function;

/** Arithmetic of integers, REAL and DOUBLE. REAL values are doubles that are rounded to float at each result. */
public final class ArithmeticFunctions {
    private ArithmeticFunctions() {}

    public static int toTinyint(int value) {
        if (value != (byte) value) {
            throw EvaluationErrors.outOfRange("TINYINT");
        }
        return value;
    }

    public static int toSmallint(int value) {
        if (value != (short) value) {
            throw EvaluationErrors.outOfRange("SMALLINT");
        }
        return value;
    }

    public static int toInteger(long value) {
        if (value != (int) value) {
            throw EvaluationErrors.outOfRange("INTEGER");
        }
        return (int) value;
    }

    public static int add(int left, int right) {
        int sum = left + right;
        if (((left ^ sum) & (right ^ sum)) < 0) {
            throw EvaluationErrors.outOfRange("INTEGER");
        }
        return sum;
    }

    public static long add(long left, long right) {
        long sum = left + right;
        if (((left ^ sum) & (right ^ sum)) < 0) {
            throw EvaluationErrors.outOfRange("BIGINT");
        }
        return sum;
    }

    public static double add(double left, double right) {
        return checked(left + right, left, right);
    }

    public static int subtract(int left, int right) {
        int difference = left - right;
        if (((left ^ right) & (left ^ difference)) < 0) {
            throw EvaluationErrors.outOfRange("INTEGER");
        }
        return difference;
    }

    public static long subtract(long left, long right) {
        long difference = left - right;
        if (((left ^ right) & (left ^ difference)) < 0) {
            throw EvaluationErrors.outOfRange("BIGINT");
        }
        return difference;
    }

    public static double subtract(double left, double right) {
        return checked(left - right, left, right);
    }

    public static int multiply(int left, int right) {
        long product = (long) left * right;
        if (product != (int) product) {
            throw EvaluationErrors.outOfRange("INTEGER");
        }
        return (int) product;
    }

    public static long multiply(long left, long right) {
        long product = left * right;
        if (Math.multiplyHigh(left, right) != product >> 63) {
            throw EvaluationErrors.outOfRange("BIGINT");
        }
        return product;
    }

    public static double multiply(double left, double right) {
        return checked(left * right, left, right);
    }

    public static int divide(int left, int right) {
        if (right == 0) {
            throw EvaluationErrors.divisionByZero();
        }
        if (right == -1) {
            return negate(left);
        }
        return left / right;
    }

    public static long divide(long left, long right) {
        if (right == 0) {
            throw EvaluationErrors.divisionByZero();
        }
        if (right == -1) {
            return negate(left);
        }
        return left / right;
    }

    public static double divide(double left, double right) {
        if (right == 0) {
            throw EvaluationErrors.divisionByZero();
        }
        return checked(left / right, left, right);
    }

    public static int modulo(int left, int right) {
        if (right == 0) {
            throw EvaluationErrors.divisionByZero();
        }
        return right == -1 ? 0 : left % right;
    }

    public static long modulo(long left, long right) {
        if (right == 0) {
            throw EvaluationErrors.divisionByZero();
        }
        return right == -1 ? 0 : left % right;
    }

    public static double modulo(double left, double right) {
        if (right == 0) {
            throw EvaluationErrors.divisionByZero();
        }
        return left % right;
    }

    public static int negate(int value) {
        if (value == Integer.MIN_VALUE) {
            throw EvaluationErrors.outOfRange("INTEGER");
        }
        return -value;
    }

    public static long negate(long value) {
        if (value == Long.MIN_VALUE) {
            throw EvaluationErrors.outOfRange("BIGINT");
        }
        return -value;
    }

    public static double negate(double value) {
        return -value;
    }

    public static int absolute(int value) {
        return value < 0 ? negate(value) : value;
    }

    public static long absolute(long value) {
        return value < 0 ? negate(value) : value;
    }

    public static double absolute(double value) {
        return Math.abs(value);
    }

    public static int sign(int value) {
        return Integer.signum(value);
    }

    public static long sign(long value) {
        return Long.signum(value);
    }

    public static double sign(double value) {
        return Math.signum(value);
    }

    /** Rounds the result of an operation on two REALs to REAL. */
    public static double toReal(double value) {
        float rounded = (float) value;
        if (Float.isInfinite(rounded) && !Double.isInfinite(value)) {
            throw EvaluationErrors.outOfRange("REAL");
        }
        return rounded;
    }

    /** A result that is infinite although neither operand was has overflowed. */
    private static double checked(double result, double left, double right) {
        if (Double.isInfinite(result) && !Double.isInfinite(left) && !Double.isInfinite(right)) {
            throw EvaluationErrors.outOfRange("DOUBLE");
        }
        return result;
    }
}
