package io.thalweg.server.copy;

import io.thalweg.model.delta.DeltaBatchBuilder;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.server.format.RowSchema;
import io.thalweg.server.query.QueryControl;
import java.io.IOException;
import java.util.Optional;

/**
 * Takes the rows of a file into a relation, some thousands at a time, so that no more than these are in memory. Rows are
 * durable batch by batch: when it fails, the batches before stay. One owner thread.
 */
final class FileCopy {
    /** What is left behind by a copy that has not come far. */
    static final String NOTHING = "nothing was inserted";

    private static final int BATCH_ROWS = 16_384;
    private static final long BATCH_BYTES = 4 << 20;

    private final Target target;
    private final QueryControl control;
    private final RunningCopy progress;
    private long rows;
    private long batches;
    /** Where the rows end that are durable. */
    private String lastPlace = "";

    /**
     * Where rows go.
     *
     * @param file the name of the file, for messages
     * @param quarantine takes records that are no rows; none if the first of them ends the copy
     */
    record Target(String file, RowSchema schema, RowTaker taker, Optional<QuarantinedRecords> quarantine) {}

    FileCopy(Target target, QueryControl control, RunningCopy progress) {
        this.target = target;
        this.control = control;
        this.progress = progress;
    }

    /** Copies all rows, and returns how many there were. */
    long copy(RowFile file) throws IOException {
        file.begin(target.schema());
        DeltaBatchBuilder builder = target.schema().newBuilder();
        long bytes = 0;
        while (read(file, builder)) {
            bytes += file.size();
            if (builder.rowCount() >= BATCH_ROWS || bytes > BATCH_BYTES) {
                take(builder, file.place());
                bytes = 0;
            }
        }
        take(builder, file.place());
        return rows;
    }

    private boolean read(RowFile file, DeltaBatchBuilder builder) throws IOException {
        control.check();
        try {
            return file.read(builder);
        } catch (RefusedRecord refused) {
            QuarantinedRecords quarantine =
                    target.quarantine().orElseThrow(() -> failure(target.file(), refused, whatStays()));
            quarantine.add(refused);
            return true;
        }
    }

    /** What is said of a record that ends the statement. */
    static ThalwegException failure(String file, RefusedRecord refused, String whatStays) {
        return new ThalwegException(
                refused.code(), "file " + file + ", " + refused.place() + ": " + refused.reason() + "; " + whatStays);
    }

    private void take(DeltaBatchBuilder builder, String place) {
        control.check();
        int count = builder.rowCount();
        try {
            // First, so that no row is taken from behind a record of which nothing is known.
            target.quarantine().ifPresent(QuarantinedRecords::flush);
            if (count > 0) {
                target.taker().take(builder.build());
            }
        } catch (ThalwegException failure) {
            throw rows == 0 ? failure : withWhatStays(failure);
        }
        rows += count;
        batches++;
        lastPlace = place;
        progress.inserted(rows, batches);
    }

    private ThalwegException withWhatStays(ThalwegException failure) {
        ThalwegException told = new ThalwegException(failure.code(), failure.message() + "; " + whatStays(), failure);
        return failure.hint().isPresent() ? told.withHint(failure.hint().get()) : told;
    }

    private String whatStays() {
        return rows == 0
                ? NOTHING
                : "the " + rows + " rows up to " + lastPlace + " were inserted and stay, nothing behind them was";
    }
}
