package io.thalweg.parser.ast;

/** What a type says about nulls. */
public enum Nullability {
    /** Nothing, which means that nulls are allowed, except in a primary key. */
    UNSPECIFIED,
    /** {@code NULL}. */
    NULLABLE,
    /** {@code NOT NULL}. */
    NOT_NULL
}
