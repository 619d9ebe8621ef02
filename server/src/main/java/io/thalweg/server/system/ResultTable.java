package io.thalweg.server.system;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.LiteralRows;
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
        return LiteralRows.batches(type, rows).stream()
                .map(batch -> batch.project(chosen))
                .toList();
    }
}
