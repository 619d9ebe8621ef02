package io.thalweg.model.type;

/** How the values of a column lie in memory. */
public enum PhysicalKind {
    /** {@code int[]}: BOOLEAN (0 or 1), TINYINT, SMALLINT, INTEGER, DATE (days since 1970-01-01), INTERVAL of months. */
    INT,
    /**
     * {@code long[]}: BIGINT, DECIMAL of at most 18 digits (unscaled), TIME (microseconds of the day), TIMESTAMP
     * (microseconds since 1970-01-01 00:00:00, local for TIMESTAMP, UTC for TIMESTAMP WITH LOCAL TIME ZONE), INTERVAL of
     * microseconds.
     */
    LONG,
    /** {@code double[]}: DOUBLE, and REAL (rounded to float at every result). */
    DOUBLE,
    /** Two {@code long[]}, high and low: DECIMAL of 19 to 38 digits, the unscaled value in two's complement. */
    DECIMAL128,
    /** Slices of a {@code byte[]}: CHAR and VARCHAR as UTF-8, VARBINARY, and ARRAY, MAP and ROW in a format of their own. */
    BYTES
}
