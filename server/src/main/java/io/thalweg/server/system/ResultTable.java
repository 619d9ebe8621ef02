package io.thalweg.server.system;

import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.expression.Literal;
import io.thalweg.model.plan.EmitMode;
import io.thalweg.model.plan.PhysicalPlan;
import io.thalweg.model.plan.ValuesNode;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A small table that is written out row by row: the answer of a SHOW statement, or a system table. One owner thread. */
public final class ResultTable {
    private final RowType type;
    private final List<List<Literal>> rows = new ArrayList<>();

    public ResultTable(RowType type) {
        this.type = type;
    }

    /** The columns. */
    public RowType type() {
        return type;
    }

    /** Adds a row: null, or for each column an Integer, a Long or a String as its type wants it. */
    public ResultTable add(@Nullable Object... values) {
        List<Literal> row = new ArrayList<>(values.length);
        for (int i = 0; i < values.length; i++) {
            SqlType columnType = type.type(i);
            row.add(new Literal(values[i], values[i] == null ? columnType.withNullable(true) : columnType));
        }
        rows.add(List.copyOf(row));
        return this;
    }

    /** The table as a query that returns it. */
    public PhysicalPlan plan() {
        return new PhysicalPlan(new ValuesNode(rows, type), EmitMode.SNAPSHOT, true, Optional.empty(), List.of());
    }

    /** The chosen columns of all rows. */
    public List<DeltaBatch> batches(List<Integer> columns) {
        int[] chosen = columns.stream().mapToInt(Integer::intValue).toArray();
        List<DeltaBatch> batches = new ArrayList<>();
        DeltaBatchBuilder builder = new DeltaBatchBuilder(type);
        for (List<Literal> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                append(builder.column(i), row.get(i).value());
            }
            builder.endRow();
            if (builder.isFull()) {
                batches.add(builder.build().project(chosen));
            }
        }
        if (!builder.isEmpty()) {
            batches.add(builder.build().project(chosen));
        }
        return batches;
    }

    private static void append(ColumnBuilder column, @Nullable Object value) {
        if (value == null) {
            column.appendNull();
        } else if (value instanceof Integer number) {
            column.appendInt(number);
        } else if (value instanceof Long number) {
            column.appendLong(number);
        } else if (value instanceof String text) {
            column.appendText(text);
        } else {
            throw new IllegalArgumentException("a " + value.getClass().getSimpleName() + " in a system table");
        }
    }
}
