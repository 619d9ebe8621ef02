package io.thalweg.runtime.expression.function;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;

/** The errors that the evaluation of an expression can end with, each worded in one place. */
public final class EvaluationErrors {
    private static final int MAX_QUOTED_LENGTH = 64;

    private EvaluationErrors() {}

    public static ThalwegException outOfRange(String type) {
        return new ThalwegException(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "result is out of range for type " + type);
    }

    public static ThalwegException decimalOutOfRange(int precision, int scale) {
        return outOfRange("DECIMAL(" + precision + ", " + scale + ")");
    }

    public static ThalwegException divisionByZero() {
        return new ThalwegException(ErrorCode.DIVISION_BY_ZERO, "division by zero");
    }

    public static ThalwegException datetimeOverflow() {
        return new ThalwegException(ErrorCode.DATETIME_OVERFLOW, "date-time result is outside the years 0001 to 9999");
    }

    public static ThalwegException intervalOverflow() {
        return new ThalwegException(ErrorCode.DATETIME_OVERFLOW, "interval result is out of range");
    }

    public static ThalwegException argument(String message) {
        return new ThalwegException(ErrorCode.ARGUMENT_OUT_OF_RANGE, message);
    }

    public static ThalwegException datetimeFormat(String message) {
        return new ThalwegException(ErrorCode.DATETIME_FORMAT, message);
    }

    public static ThalwegException valueTooLarge(long length) {
        return new ThalwegException(
                ErrorCode.VALUE_TOO_LARGE,
                "text or binary value of " + length + " bytes is longer than the limit of " + Slice.MAX_LENGTH);
    }

    /** A value quoted for a message, cut where it is long. */
    static String quoted(String value) {
        if (value.length() <= MAX_QUOTED_LENGTH) {
            return '"' + value + '"';
        }
        int end = Character.isHighSurrogate(value.charAt(MAX_QUOTED_LENGTH - 1))
                ? MAX_QUOTED_LENGTH - 1
                : MAX_QUOTED_LENGTH;
        return '"' + value.substring(0, end) + "...\"";
    }
}
