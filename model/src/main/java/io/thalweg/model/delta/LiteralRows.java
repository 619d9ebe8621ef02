package io.thalweg.model.delta;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.type.Int128;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** Constants as batches and back, at the edges where a statement meets the engine. */
public final class LiteralRows {
    private LiteralRows() {}

    /** A batch of rows of constants, each of its column's kind. */
    public static DeltaBatch batch(RowType type, List<List<Literal>> rows) {
        DeltaBatchBuilder builder = new DeltaBatchBuilder(type);
        for (List<Literal> row : rows) {
            for (int i = 0; i < type.size(); i++) {
                append(row.get(i), builder.column(i));
            }
            builder.endRow();
        }
        return builder.build();
    }

    /** The same in as many batches of ordinary size as the rows need. */
    public static List<DeltaBatch> batches(RowType type, List<List<Literal>> rows) {
        List<DeltaBatch> batches = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += DeltaBatch.TARGET_ROWS) {
            batches.add(batch(type, rows.subList(from, Math.min(rows.size(), from + DeltaBatch.TARGET_ROWS))));
        }
        return batches;
    }

    private static void append(Literal literal, ColumnBuilder column) {
        Object value = literal.value();
        if (value == null) {
            column.appendNull();
        } else if (value instanceof Integer number) {
            column.appendInt(number);
        } else if (value instanceof Long number) {
            column.appendLong(number);
        } else if (value instanceof Double number) {
            column.appendDouble(number);
        } else if (value instanceof Int128 number) {
            column.appendDecimal128(number);
        } else if (value instanceof String text) {
            column.appendText(text);
        } else {
            byte[] bytes = (byte[]) value;
            column.appendBytes(bytes, 0, bytes.length);
        }
    }

    /** The values of one row as constants of these types. */
    public static List<Literal> row(DeltaBatch batch, int row, List<SqlType> types) {
        if (batch.columnCount() != types.size()) {
            throw new ThalwegException(
                    ErrorCode.PARAMETER_MISMATCH,
                    "the statement has " + types.size() + " parameters, but " + batch.columnCount()
                            + " values were given");
        }
        List<Literal> literals = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            literals.add(literal(batch.column(i), row, types.get(i)));
        }
        return literals;
    }

    private static Literal literal(Column column, int row, SqlType type) {
        if (column.kind() != type.kind()) {
            throw new ThalwegException(
                    ErrorCode.PARAMETER_MISMATCH, "a parameter of type " + type + " was given a value of another kind");
        }
        if (column.isNull(row)) {
            return Literal.nullOf(type);
        }
        Object value = switch (column.kind()) {
            case INT -> ((IntColumn) column).value(row);
            case LONG -> ((LongColumn) column).value(row);
            case DOUBLE -> ((DoubleColumn) column).value(row);
            case DECIMAL128 -> ((Decimal128Column) column).value(row);
            case BYTES -> {
                BytesColumn bytes = (BytesColumn) column;
                yield type.name().isText() ? bytes.text(row) : bytes.bytes(row);
            }
        };
        return new Literal(value, type);
    }
}
