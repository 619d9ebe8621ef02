package io.thalweg.server.session;

import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.Decimal128Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DoubleColumn;
import io.thalweg.model.delta.IntColumn;
import io.thalweg.model.delta.LongColumn;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** Checks the values a client has bound, and takes them out of their batch where a query needs constants. */
final class ParameterValues {
    private ParameterValues() {}

    /** Throws PARAMETER_MISMATCH unless the batch has a column of the right kind for each parameter, and no weights. */
    static void check(DeltaBatch batch, List<SqlType> types) {
        if (batch.columnCount() != types.size()) {
            throw new ThalwegException(
                    ErrorCode.PARAMETER_MISMATCH,
                    "the statement has " + types.size() + " parameters, but " + batch.columnCount()
                            + " values were given");
        }
        for (int i = 0; i < types.size(); i++) {
            if (batch.column(i).kind() != types.get(i).kind()) {
                throw new ThalwegException(
                        ErrorCode.PARAMETER_MISMATCH,
                        "the values of parameter " + (i + 1) + " are not of type "
                                + types.get(i).sqlText());
            }
        }
        if (batch.weights() != null) {
            throw new ThalwegException(ErrorCode.PROTOCOL_VIOLATION, "parameters have no weights");
        }
    }

    /** The values of the only row. */
    static List<Literal> single(DeltaBatch batch, List<SqlType> types) {
        if (batch.rowCount() != 1) {
            throw new ThalwegException(
                    ErrorCode.PARAMETER_MISMATCH,
                    "a query takes one set of parameters, but " + batch.rowCount() + " were given");
        }
        List<Literal> literals = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            literals.add(literal(batch.column(i), types.get(i)));
        }
        return literals;
    }

    private static Literal literal(Column column, SqlType type) {
        if (column.isNull(0)) {
            return Literal.nullOf(type);
        }
        Object value;
        if (column instanceof IntColumn ints) {
            value = ints.value(0);
        } else if (column instanceof LongColumn longs) {
            value = longs.value(0);
        } else if (column instanceof DoubleColumn doubles) {
            value = doubles.value(0);
        } else if (column instanceof Decimal128Column decimals) {
            value = decimals.value(0);
        } else {
            BytesColumn bytes = (BytesColumn) column;
            value = type.name().isText() ? bytes.text(0) : bytes.bytes(0);
        }
        return new Literal(value, type);
    }
}
