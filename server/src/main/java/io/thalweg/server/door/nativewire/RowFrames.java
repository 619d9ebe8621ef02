package io.thalweg.server.door.nativewire;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.RowType;
import io.thalweg.server.query.BatchSize;
import java.util.function.Consumer;

/**
 * Cuts and joins the batches of a result so that frames have a good size: small batches are gathered until there are
 * enough rows or the query says that no more are ready; large ones go out in parts. One owner thread.
 */
final class RowFrames {
    /** A batch of so many rows is worth a frame of its own. */
    private static final int WORTH_A_FRAME = 1_024;
    /** About how large a frame should be at most. */
    private static final long TARGET_BYTES = 1 << 20;
    /** So many bytes of gathered rows go out, even if there are few. */
    private static final long GATHERED_BYTES = 64 << 10;

    private final int maxRows;
    private final Consumer<DeltaBatch> output;
    private final DeltaBatchBuilder gathered;
    private long gatheredBytes;

    /**
     * @param fetchRows the most rows of a frame; 0 for no wish
     * @param output takes the rows of each frame; throws VALUE_TOO_LARGE if they do not fit one
     */
    RowFrames(RowType type, int fetchRows, Consumer<DeltaBatch> output) {
        this.maxRows = fetchRows == 0 ? DeltaBatch.TARGET_ROWS : Math.min(fetchRows, DeltaBatch.MAX_ROWS);
        this.output = output;
        this.gathered = new DeltaBatchBuilder(type);
    }

    /** Takes rows, and sends frames that have become full. */
    void add(DeltaBatch rows) {
        if (gathered.isEmpty() && rows.rowCount() >= Math.min(WORTH_A_FRAME, maxRows)) {
            send(rows);
            return;
        }
        gatheredBytes += BatchSize.bytes(rows);
        for (int row = 0; row < rows.rowCount(); row++) {
            gathered.appendRow(rows, row, 1);
            if (gathered.rowCount() >= maxRows) {
                flush();
            }
        }
        if (gatheredBytes >= GATHERED_BYTES) {
            flush();
        }
    }

    /** Sends what was gathered: no more rows are ready. */
    void flush() {
        if (!gathered.isEmpty()) {
            gatheredBytes = 0;
            send(gathered.build());
        }
    }

    private void send(DeltaBatch rows) {
        int count = rows.rowCount();
        int rowsPerFrame =
                (int) Math.max(1, Math.min(maxRows, TARGET_BYTES * count / Math.max(1, BatchSize.bytes(rows))));
        for (int from = 0; from < count; from += rowsPerFrame) {
            sendHalving(rows.slice(from, Math.min(rowsPerFrame, count - from)));
        }
    }

    /** The estimate goes by the average row; where a few rows are huge, halves are tried until they fit. */
    private void sendHalving(DeltaBatch rows) {
        try {
            output.accept(rows);
        } catch (ThalwegException failure) {
            if (failure.code() != ErrorCode.VALUE_TOO_LARGE || rows.rowCount() == 1) {
                throw failure;
            }
            int half = rows.rowCount() / 2;
            sendHalving(rows.slice(0, half));
            sendHalving(rows.slice(half, rows.rowCount() - half));
        }
    }
}
