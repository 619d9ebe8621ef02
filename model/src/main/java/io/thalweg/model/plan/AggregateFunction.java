package io.thalweg.model.plan;

/**
 * The functions that fold the rows of a group into one value. Rows in which an argument is NULL do not count, unless said
 * otherwise; over no rows the value is NULL, but for counts. The names are part of the stored plan.
 */
public enum AggregateFunction {
    /** Rows, whatever their values: no argument. BIGINT. */
    COUNT_ROWS(0),
    /** Values that are not NULL. BIGINT. */
    COUNT(1),
    /** BIGINT for integers, DECIMAL(38, s), DOUBLE (exact, rounded once) for REAL and DOUBLE. */
    SUM(1),
    /** DOUBLE, or DECIMAL for DECIMAL. */
    AVERAGE(1),
    MINIMUM(1),
    MAXIMUM(1),

    // Of integers, bit by bit; the result has the type of the argument.
    BIT_AND(1),
    BIT_OR(1),
    BIT_XOR(1),

    // Of DOUBLEs, computed from exact sums of values and of their products. DOUBLE.
    VARIANCE_OF_POPULATION(1),
    /** NULL over one row, as all that is of a sample. */
    VARIANCE_OF_SAMPLE(1),
    DEVIATION_OF_POPULATION(1),
    DEVIATION_OF_SAMPLE(1),

    // Of pairs of DOUBLEs: y, then x, the one that is independent. DOUBLE.
    COVARIANCE_OF_POPULATION(2),
    COVARIANCE_OF_SAMPLE(2),
    CORRELATION(2),
    /** BIGINT. */
    REGRESSION_COUNT(2),
    REGRESSION_AVERAGE_X(2),
    REGRESSION_AVERAGE_Y(2),
    REGRESSION_SUM_XX(2),
    REGRESSION_SUM_YY(2),
    REGRESSION_SUM_XY(2),
    REGRESSION_SLOPE(2),
    REGRESSION_INTERCEPT(2),
    REGRESSION_R2(2),

    /** value, key: the value, perhaps NULL, of the row with the lowest key; of several the lowest, NULL before all. */
    VALUE_AT_MINIMUM(2),
    /** value, key: the value, perhaps NULL, of the row with the highest key; of several the highest. */
    VALUE_AT_MAXIMUM(2),
    /** The most frequent value; of several the lowest. */
    MODE(1),
    /** The order says of what; the constant is a fraction, a DOUBLE. The value at or next above it. */
    PERCENTILE_DISCRETE(1),
    /** As before, of DOUBLEs: between two values the one in proportion. */
    PERCENTILE_CONTINUOUS(1),
    /** Texts one behind the other, with a constant separator between; by the order, and by themselves where that is equal. */
    LIST_OF_TEXT(1),
    /** An ARRAY of the last fields of ROWs, in the order of the ROWs. */
    ARRAY_AGGREGATE(1),
    /** A MAP of ROWs of key and value, those with a NULL key left out; of one key the greatest value. */
    MAP_AGGREGATE(1);

    private final int argumentCount;

    AggregateFunction(int argumentCount) {
        this.argumentCount = argumentCount;
    }

    /** How many columns it folds. */
    public int argumentCount() {
        return argumentCount;
    }
}
