package io.thalweg.server.query;

import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;

/** Estimates how many bytes the rows of a batch take as a block. */
public final class BatchSize {
    private static final int BYTES_PER_VALUE = 8;

    private BatchSize() {}

    /** The estimate for all rows of a batch; the entries of a dictionary count once at most. */
    public static long bytes(DeltaBatch rows) {
        long bytes = 0;
        for (int i = 0; i < rows.columnCount(); i++) {
            Column column = rows.column(i);
            bytes += (long) BYTES_PER_VALUE * rows.rowCount();
            if (column instanceof BytesColumn texts) {
                bytes += texts.codes() == null ? values(texts) : Math.min(values(texts), texts.data().length);
            }
        }
        return bytes;
    }

    private static long values(BytesColumn texts) {
        long bytes = 0;
        for (int row = 0; row < texts.rowCount(); row++) {
            bytes += texts.isNull(row) ? 0 : texts.length(row);
        }
        return bytes;
    }
}
