package io.thalweg.jdbc.value;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.type.Field;
import io.thalweg.model.type.RowType;
import io.thalweg.model.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** Rows of parameters, kept by column and cut into pieces that are small enough to be sent. One owner thread. */
public final class ParameterBatch {
    /** A piece is complete when it has about so many bytes. */
    private static final int MAX_BYTES = 4 << 20;

    private final DeltaBatchBuilder builder;
    private final int columns;
    private final int bytesPerRow;
    private final List<DeltaBatch> complete = new ArrayList<>();

    public ParameterBatch(List<SqlType> types) {
        List<Field> fields = new ArrayList<>();
        int width = Integer.BYTES;
        for (int i = 0; i < types.size(); i++) {
            fields.add(new Field("p" + (i + 1), types.get(i)));
            width += 2 * Long.BYTES;
        }
        this.builder = new DeltaBatchBuilder(new RowType(fields));
        this.columns = fields.size();
        this.bytesPerRow = width;
    }

    /** Adds one row of values. */
    public void add(ParameterRow row) {
        row.appendTo(builder);
        if (builder.rowCount() == DeltaBatch.MAX_ROWS || estimatedBytes() >= MAX_BYTES) {
            complete.add(builder.build());
        }
    }

    /** All rows in order, in pieces; the batch is then empty. */
    public List<DeltaBatch> drain() {
        if (!builder.isEmpty()) {
            complete.add(builder.build());
        }
        List<DeltaBatch> pieces = List.copyOf(complete);
        complete.clear();
        return pieces;
    }

    private long estimatedBytes() {
        long bytes = (long) builder.rowCount() * bytesPerRow;
        for (int i = 0; i < columns; i++) {
            bytes += builder.column(i).dataLength();
        }
        return bytes;
    }
}
