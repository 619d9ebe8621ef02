package io.thalweg.parser.ast;

/** What {@code SHOW} can list. */
public enum ShowTarget {
    STREAMS,
    TABLES,
    VIEWS,
    MATERIALIZED_VIEWS,
    QUERIES,
    PARTITIONS,
    SCHEMAS,
    FUNCTIONS,
    /** Also written {@code SHOW ALL}. */
    SETTINGS
}
