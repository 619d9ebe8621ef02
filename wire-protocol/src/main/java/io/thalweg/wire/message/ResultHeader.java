package io.thalweg.wire.message;

import io.thalweg.model.type.RowType;

/**
 * The statement returns rows, which will follow. Sent as soon as the query runs, before there are rows.
 *
 * @param endless whether the rows go on until the query is cancelled or closed
 * @param changelog whether the first column is {@code op}, and rows can take back earlier ones
 */
public record ResultHeader(long queryId, RowType type, boolean endless, boolean changelog) implements ServerMessage {
    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitResultHeader(this);
    }
}
