package io.thalweg.wire.message;

/**
 * Some rows of a result, in order; a row of weight n stands for n equal rows, and no weight is below 1. Takes one credit.
 * Sent when full, and otherwise as soon as no more rows are ready.
 */
public record Rows(long queryId, RowBlock rows) implements ServerMessage {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitRows(this);
    }
}
