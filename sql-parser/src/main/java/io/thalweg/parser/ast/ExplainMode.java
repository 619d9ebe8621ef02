package io.thalweg.parser.ast;

/** Which side of a plan {@code EXPLAIN} shows. */
public enum ExplainMode {
    /** What is computed. */
    LOGICAL,
    /** How it is computed; also without a word after {@code EXPLAIN}. */
    PHYSICAL,
    /** What each stage of the rewriting made of the query. */
    STAGES,
    /** What each operator keeps, and what bounds it. */
    STATE
}
