package io.thalweg.model.catalog;

import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import java.util.ArrayList;
import java.util.List;

/** The columns of a stream or a table, as a query sees them and as the log stores them. */
public record RowColumns(List<ColumnDefinition> columns) {
    public RowColumns {
        columns = List.copyOf(columns);
    }

    /** These columns and one more. */
    public RowColumns with(ColumnDefinition added) {
        List<ColumnDefinition> all = new ArrayList<>(columns);
        all.add(added);
        return new RowColumns(all);
    }

    /** All columns. */
    public RowType visibleType() {
        return new RowType(
                columns.stream().map(c -> new Field(c.name(), c.type())).toList());
    }

    /** The stored columns only, in order. */
    public RowType storedType() {
        return new RowType(columns.stream()
                .filter(ColumnDefinition::isStored)
                .map(c -> new Field(c.name(), c.type()))
                .toList());
    }

    /** Where among the stored columns the column of this visible index lies; -1 if it is not stored. */
    public int storedIndex(int visibleIndex) {
        if (!columns.get(visibleIndex).isStored()) {
            return -1;
        }
        int stored = 0;
        for (int i = 0; i < visibleIndex; i++) {
            if (columns.get(i).isStored()) {
                stored++;
            }
        }
        return stored;
    }
}
