package io.thalweg.jdbc.client;

/** How a wait for rows ended. */
public enum Arrival {
    /** There is a row. */
    ROW,
    /** No row came in the time given; one may come later. */
    NOTHING_YET,
    /** The result has no more rows. */
    END
}
