package io.thalweg.model.catalog;

/** Where the value of a column comes from. */
public enum ColumnOrigin {
    /** It is stored with the row. */
    STORED,
    /** It is computed from stored columns whenever the row is read. */
    GENERATED,
    /** The log knows it: partition, offset or append time. */
    METADATA
}
