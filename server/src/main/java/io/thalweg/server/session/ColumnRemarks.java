package io.thalweg.server.session;

import io.thalweg.model.catalog.CatalogObject;
import io.thalweg.model.catalog.ColumnDefinition;
import io.thalweg.model.catalog.RowColumns;
import io.thalweg.model.catalog.StreamDefinition;
import io.thalweg.model.catalog.TableDefinition;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What DESCRIBE says of a column beside its type. */
final class ColumnRemarks {
    private ColumnRemarks() {}

    /** The columns of a stream or a table as they were declared; none for other objects. */
    static List<ColumnDefinition> columns(CatalogObject object) {
        return rowColumns(object).map(RowColumns::columns).orElse(List.of());
    }

    /** Key, watermark, default and source of a column, joined by commas; empty if there is nothing to say. */
    static String extra(CatalogObject object, int column) {
        Optional<RowColumns> columns = rowColumns(object);
        if (columns.isEmpty()) {
            return "";
        }
        List<String> remarks = new ArrayList<>();
        int stored = columns.get().storedIndex(column);
        if (object instanceof TableDefinition table && table.primaryKey().contains(stored)) {
            remarks.add("primary key");
        }
        if (object instanceof StreamDefinition stream) {
            if (stream.distribution().contains(stored)) {
                remarks.add("distribution");
            }
            stream.watermark()
                    .filter(watermark -> watermark.column() == stored)
                    .ifPresent(watermark -> remarks.add("watermark delayed by "
                            + BigDecimal.valueOf(watermark.delayMicros(), 6)
                                    .stripTrailingZeros()
                                    .toPlainString()
                            + " s"));
        }
        source(columns.get().columns().get(column)).ifPresent(remarks::add);
        return String.join(", ", remarks);
    }

    private static Optional<String> source(ColumnDefinition column) {
        return column.expression().map(expression -> switch (column.origin()) {
            case STORED -> "default " + expression;
            case GENERATED -> "generated as " + expression;
            case METADATA -> "metadata " + expression;
        });
    }

    private static Optional<RowColumns> rowColumns(CatalogObject object) {
        if (object instanceof StreamDefinition stream) {
            return Optional.of(stream.columns());
        }
        return object instanceof TableDefinition table ? Optional.of(table.columns()) : Optional.empty();
    }
}
