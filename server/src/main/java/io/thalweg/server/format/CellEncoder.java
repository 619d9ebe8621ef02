package io.thalweg.server.format;

import io.thalweg.model.delta.Column;
import io.thalweg.model.type.SqlType;
import io.thalweg.runtime.expression.function.Slice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Values of one type as texts by themselves, such that {@link CellDecoder} reads the same value. One owner thread. */
public final class CellEncoder {
    private final SqlType type;
    private final CellPrinter scalar;
    private final JsonCellWriter nested;

    public CellEncoder(SqlType type) {
        this.type = type;
        this.scalar = new CellPrinter(type);
        this.nested = new JsonCellWriter(type);
    }

    /** Sets the result to the text of a value that is not NULL. */
    public void print(Column column, int row, Slice result) {
        if (!type.name().isNested()) {
            scalar.print(column, row, result);
            return;
        }
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        TextOutput output = new TextOutput(json);
        nested.write(column, row, output);
        try {
            output.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] bytes = json.toByteArray();
        result.set(bytes, 0, bytes.length);
    }
}
