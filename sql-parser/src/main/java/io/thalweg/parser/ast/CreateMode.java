package io.thalweg.parser.ast;

/** What {@code CREATE} does if the name is taken. */
public enum CreateMode {
    /** It fails. */
    NEW,
    /** {@code OR REPLACE}: the new definition takes the place of the old one. */
    OR_REPLACE,
    /** {@code IF NOT EXISTS}: the old definition stays. */
    IF_NOT_EXISTS
}
