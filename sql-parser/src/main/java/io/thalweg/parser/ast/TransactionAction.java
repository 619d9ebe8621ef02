package io.thalweg.parser.ast;

/** The bounds of a transaction. */
public enum TransactionAction {
    BEGIN,
    COMMIT,
    ROLLBACK
}
