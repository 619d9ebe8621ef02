package io.thalweg.server.copy;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.RowType;
import io.thalweg.server.format.RowWriter;
import io.thalweg.server.query.QuerySink;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The answer of a query on its way into a file. The query's thread writes; another waits for the end. */
final class FileSink implements QuerySink {
    private final String file;
    private final WriterMaker maker;
    private final CompletableFuture<Long> rows = new CompletableFuture<>();
    private @Nullable RowWriter writer;
    private long written;

    /** Makes the writer once the columns are known. */
    interface WriterMaker {
        RowWriter make(RowType type) throws IOException;
    }

    FileSink(String file, WriterMaker maker) {
        this.file = file;
        this.maker = maker;
    }

    /** How many rows were written, once all were; fails as the query does. */
    CompletableFuture<Long> result() {
        return rows;
    }

    @Override
    public void header(RowType type, boolean endless, boolean changelog) {
        try {
            writer = maker.make(type);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public void rows(DeltaBatch batch) {
        try {
            writer().write(batch);
            written += batch.rowCount();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private RowWriter writer() {
        RowWriter made = writer;
        if (made == null) {
            throw new IllegalStateException("rows before their header");
        }
        return made;
    }

    @Override
    public void progress(long step, long watermarkMicros) {
        // There is one step.
    }

    @Override
    public void flush() {
        try {
            writer().finish();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private ThalwegException failure(IOException e) {
        return new ThalwegException(ErrorCode.IO_ERROR, "file " + file + " cannot be written", e);
    }

    @Override
    public void completed() {
        rows.complete(written);
    }

    @Override
    public void failed(ThalwegException error) {
        rows.completeExceptionally(error);
    }

    @Override
    public void wake() {
        // Writing to a file waits for nobody.
    }
}
