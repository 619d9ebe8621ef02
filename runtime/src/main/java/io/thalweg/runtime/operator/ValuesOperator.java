package io.thalweg.runtime.operator;

import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.plan.ValuesNode;
import io.thalweg.model.type.Int128;
import java.util.ArrayList;
import java.util.List;

/** A fixed relation. Its rows are asked for once, before anything else happens in the first step. */
public final class ValuesOperator implements Operator {
    private final List<DeltaBatch> batches;

    public ValuesOperator(ValuesNode node) {
        List<DeltaBatch> built = new ArrayList<>();
        DeltaBatchBuilder builder = new DeltaBatchBuilder(node.type());
        for (List<Literal> row : node.rows()) {
            for (int column = 0; column < row.size(); column++) {
                append(row.get(column), builder.column(column));
            }
            builder.endRow();
            if (builder.isFull()) {
                built.add(builder.build());
            }
        }
        if (!builder.isEmpty()) {
            built.add(builder.build());
        }
        this.batches = List.copyOf(built);
    }

    /** Emits all rows. */
    public void emitAll(Output output) {
        batches.forEach(output::emit);
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
}
