package io.thalweg.wire.message;

import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.util.List;
import java.util.Optional;

/**
 * A statement is ready to be executed.
 *
 * @param parameters the type of each parameter in the order of the question marks
 * @param result the columns, if it returns rows
 */
public record Prepared(long statementId, StatementKind kind, List<SqlType> parameters, Optional<RowType> result)
        implements ServerMessage {
    public Prepared {
        parameters = List.copyOf(parameters);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
        return visitor.visitPrepared(this);
    }
}
