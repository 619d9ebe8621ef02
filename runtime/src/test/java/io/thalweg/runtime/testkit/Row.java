package io.thalweg.runtime.testkit;

import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.Decimal128Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DoubleColumn;
import io.thalweg.model.delta.IntColumn;
import io.thalweg.model.delta.LongColumn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows as lists of Java objects, and relations as maps from rows to weights: slow, plain, and easy to believe. */
public final class Row {
    private Row() {}

    /** A row's values: null, Integer, Long, Double, BigInteger or String. */
    public static List<Object> of(DeltaBatch batch, int row) {
        List<Object> values = new ArrayList<>();
        for (Column column : batch.columns()) {
            values.add(value(column, row));
        }
        return values;
    }

    private static Object value(Column column, int row) {
        if (column.isNull(row)) {
            return null;
        }
        return switch (column.kind()) {
            case INT -> ((IntColumn) column).value(row);
            case LONG -> ((LongColumn) column).value(row);
            case DOUBLE -> ((DoubleColumn) column).value(row) + 0.0;
            case DECIMAL128 -> ((Decimal128Column) column).value(row).toBigInteger();
            case BYTES -> new String(((BytesColumn) column).bytes(row), StandardCharsets.ISO_8859_1);
        };
    }

    /** The sum of batches, without rows of weight 0. */
    public static Map<List<Object>, Long> sum(List<DeltaBatch> batches) {
        Map<List<Object>, Long> sum = new HashMap<>();
        for (DeltaBatch batch : batches) {
            addTo(sum, batch);
        }
        return sum;
    }

    /** Adds a batch to a relation. */
    public static void addTo(Map<List<Object>, Long> relation, DeltaBatch batch) {
        for (int row = 0; row < batch.rowCount(); row++) {
            add(relation, of(batch, row), batch.weight(row));
        }
    }

    /** Adds a row to a relation; a row of weight 0 is not there. */
    public static void add(Map<List<Object>, Long> relation, List<Object> row, long weight) {
        if (relation.merge(row, weight, Long::sum) == 0) {
            relation.remove(row);
        }
    }
}
