package io.thalweg.model.plan;

/** The functions that fold the rows of a group into one value. The names are part of the stored plan. */
public enum AggregateFunction {
    /** Rows, whatever their values: no argument. BIGINT. */
    COUNT_ROWS,
    /** Values that are not NULL. BIGINT. */
    COUNT,
    /** NULL over no values. BIGINT for integers, DECIMAL(38, s), DOUBLE (exact, rounded once) for REAL and DOUBLE. */
    SUM,
    /** NULL over no values. DOUBLE, or DECIMAL for DECIMAL. */
    AVERAGE,
    MINIMUM,
    MAXIMUM
}
