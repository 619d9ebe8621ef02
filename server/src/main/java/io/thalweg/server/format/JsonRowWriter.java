package io.thalweg.server.format;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.type.RowType;
import java.io.IOException;
import java.io.OutputStream;

/** Rows as JSON lines: an object with all columns on each line. */
public final class JsonRowWriter implements RowWriter {
    private final RowType type;
    private final JsonCellWriter[] cells;
    private final TextOutput output;

    public JsonRowWriter(RowType type, OutputStream target) {
        this.type = type;
        this.output = new TextOutput(target);
        this.cells = new JsonCellWriter[type.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = new JsonCellWriter(type.type(i));
        }
    }

    @Override
    public void write(DeltaBatch rows) throws IOException {
        for (int row = 0; row < rows.rowCount(); row++) {
            for (int i = 0; i < cells.length; i++) {
                output.put(i == 0 ? '{' : ',');
                JsonCellWriter.writeName(type.field(i).name(), output);
                cells[i].write(rows.column(i), row, output);
            }
            output.put('}');
            output.put('\n');
            output.passOn();
        }
    }

    @Override
    public void finish() throws IOException {
        output.flush();
    }
}
