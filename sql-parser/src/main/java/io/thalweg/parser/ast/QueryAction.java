package io.thalweg.parser.ast;

/** What is done to a running continuous query. */
public enum QueryAction {
    PAUSE,
    RESUME,
    DROP
}
