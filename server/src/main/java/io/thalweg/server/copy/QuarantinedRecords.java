package io.thalweg.server.copy;

import io.thalweg.model.catalog.ErrorRows;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.type.RowType;

/** Gathers the records of a file that are no rows, on their way to where they are kept. One owner thread. */
final class QuarantinedRecords {
    /** So much is kept of a record. */
    static final int MAX_KEPT_BYTES = 1 << 20;

    private static final int MAX_ROWS = 4_096;
    private static final int MAX_BYTES = 4 << 20;

    private final String file;
    private final RowTaker taker;
    private final DeltaBatchBuilder builder;
    private final int bytesColumn;
    private long count;

    QuarantinedRecords(String file, RowTaker taker) {
        this.file = file;
        this.taker = taker;
        RowType type = ErrorRows.STORED;
        this.builder = new DeltaBatchBuilder(type);
        this.bytesColumn = type.indexOf("bytes");
    }

    /** Adds a record. It is durable after {@link #flush()}. */
    void add(RefusedRecord refused) {
        int column = 0;
        builder.column(column++).appendText(file);
        builder.column(column++).appendLong(refused.line());
        if (refused.column() == 0) {
            builder.column(column++).appendNull();
        } else {
            builder.column(column++).appendInt(refused.column());
        }
        builder.column(column++).appendNull();
        builder.column(column++).appendText(refused.code().sqlState());
        builder.column(column++).appendText(refused.reason());
        byte[] bytes = refused.bytes();
        builder.column(column).appendBytes(bytes, 0, Math.min(bytes.length, MAX_KEPT_BYTES));
        builder.endRow();
        count++;
        if (builder.rowCount() == MAX_ROWS || builder.column(bytesColumn).dataLength() > MAX_BYTES) {
            flush();
        }
    }

    /** Returns once all that were added are durable. */
    void flush() {
        if (!builder.isEmpty()) {
            taker.take(builder.build());
        }
    }

    /** How many there were. */
    long count() {
        return count;
    }
}
