package io.thalweg.runtime.testkit;

import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.ColumnBuilder;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.type.PhysicalKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts text columns into dictionary codes, as the log hands them out. */
public final class Dictionaries {
    private Dictionaries() {}

    /** The same rows, with every column of bytes coded. */
    public static DeltaBatch encode(DeltaBatch batch) {
        Column[] columns = new Column[batch.columnCount()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = batch.column(i) instanceof BytesColumn bytes ? encode(bytes) : batch.column(i);
        }
        return new DeltaBatch(batch.rowCount(), columns, batch.weights());
    }

    private static BytesColumn encode(BytesColumn column) {
        Map<String, Integer> entries = new LinkedHashMap<>();
        ColumnBuilder builder = new ColumnBuilder(PhysicalKind.BYTES);
        int[] codes = new int[column.rowCount()];
        for (int row = 0; row < codes.length; row++) {
            if (!column.isNull(row)) {
                String text = new String(column.bytes(row), StandardCharsets.ISO_8859_1);
                Integer code = entries.get(text);
                if (code == null) {
                    code = entries.size();
                    entries.put(text, code);
                    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
                    builder.appendBytes(bytes, 0, bytes.length);
                }
                codes[row] = code;
            }
        }
        if (entries.isEmpty()) {
            builder.appendText("");
        }
        int size = builder.rowCount();
        BytesColumn dictionary = (BytesColumn) builder.build();
        int[] starts = Arrays.copyOf(dictionary.starts(), size);
        int[] lengths = Arrays.copyOf(dictionary.lengths(), size);
        return new BytesColumn(codes.length, dictionary.data(), starts, lengths, codes, column.nulls());
    }
}
