package io.thalweg.runtime.expression.function;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.SqlType;
import io.thalweg.model.type.TypeName;

/**
 * What one CAST or TRY_CAST converts to and what it does with a value that cannot be converted: CAST throws, TRY_CAST
 * notes the failure without the cost of an exception. One owner thread.
 */
public final class Conversion {
    private final SqlType target;
    private final boolean lenient;
    private boolean failed;

    /**
     * @param lenient whether this is TRY_CAST
     */
    public Conversion(SqlType target, boolean lenient) {
        this.target = target;
        this.lenient = lenient;
    }

    SqlType target() {
        return target;
    }

    /** Forgets an earlier failure. */
    public void begin() {
        failed = false;
    }

    /** Whether the conversion since {@link #begin} has failed. */
    public boolean failed() {
        return failed;
    }

    /** The text is none of the target type. */
    void cannotRead(Slice text) {
        failed = true;
        if (!lenient) {
            boolean datetime = target.name() == TypeName.DATE
                    || target.name() == TypeName.TIME
                    || target.name().isTimestamp();
            throw new ThalwegException(
                    datetime ? ErrorCode.DATETIME_FORMAT : ErrorCode.CAST_FAILURE,
                    "cannot cast " + EvaluationErrors.quoted(text.text()) + " to " + target.sqlText());
        }
    }

    /** The number is beyond the target type. */
    void outOfRange() {
        failed = true;
        if (!lenient) {
            throw new ThalwegException(
                    ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "value is out of range for type " + target.sqlText());
        }
    }

    /** The number that a text stands for is beyond the target type. */
    void outOfRange(Slice text) {
        failed = true;
        if (!lenient) {
            throw new ThalwegException(
                    ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                    "value " + EvaluationErrors.quoted(text.text()) + " is out of range for type " + target.sqlText());
        }
    }

    /** The text of the value is longer than the target type. */
    void tooLong(Slice text) {
        failed = true;
        if (!lenient) {
            throw new ThalwegException(
                    ErrorCode.STRING_TOO_LONG,
                    "value " + EvaluationErrors.quoted(text.text()) + " is too long for type " + target.sqlText());
        }
    }

    /** The bytes are not UTF-8. */
    void notText() {
        failed = true;
        if (!lenient) {
            throw new ThalwegException(
                    ErrorCode.CHARACTER_ENCODING,
                    "cannot cast a binary value that is not UTF-8 to " + target.sqlText());
        }
    }

    /** The date is outside the years 0001 to 9999. */
    void datetimeOverflow() {
        failed = true;
        if (!lenient) {
            throw EvaluationErrors.datetimeOverflow();
        }
    }
}
