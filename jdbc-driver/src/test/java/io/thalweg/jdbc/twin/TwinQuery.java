package io.thalweg.jdbc.twin;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.RowType;
import io.thalweg.wire.message.Completed;
import io.thalweg.wire.message.ExecuteOptions;
import io.thalweg.wire.message.Failed;
import io.thalweg.wire.message.Progress;
import io.thalweg.wire.message.ResultHeader;
import io.thalweg.wire.message.RowBlock;
import io.thalweg.wire.message.Rows;
import io.thalweg.wire.message.ServerMessage;
import io.thalweg.wire.message.WireError;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** An execution as a script sees it. */
public final class TwinQuery {
    private final long id;
    private final ExecuteOptions options;
    private final DeltaBatch parameters;
    private final Consumer<ServerMessage> out;
    /** Guarded by this object's monitor, like all below. */
    private int credit;

    private boolean canceled;
    private boolean deaf;
    private boolean over;

    TwinQuery(long id, ExecuteOptions options, DeltaBatch parameters, Consumer<ServerMessage> out) {
        this.id = id;
        this.options = options;
        this.parameters = parameters;
        this.out = out;
        this.credit = options.initialCredit();
    }

    public ExecuteOptions options() {
        return options;
    }

    public DeltaBatch parameters() {
        return parameters;
    }

    public TwinQuery header(RowType type) {
        out.accept(new ResultHeader(id, type, false, false));
        return this;
    }

    public TwinQuery endless(RowType type) {
        out.accept(new ResultHeader(id, type, true, false));
        return this;
    }

    /** Sends rows as soon as there is credit; does nothing if the query has ended meanwhile. */
    public TwinQuery rows(DeltaBatch batch) {
        synchronized (this) {
            awaitUntil(() -> credit > 0 || over);
            if (over) {
                return this;
            }
            credit--;
        }
        out.accept(new Rows(id, RowBlock.of(batch)));
        return this;
    }

    public TwinQuery progress(long step, long watermarkMicros) {
        out.accept(new Progress(id, step, OptionalLong.of(watermarkMicros), ""));
        return this;
    }

    /** Sends whatever is said, also against the rules. */
    public TwinQuery say(ServerMessage message) {
        out.accept(message);
        return this;
    }

    public void complete(long updateCount, String info, String... warnings) {
        if (end()) {
            out.accept(new Completed(id, updateCount, info, List.of(warnings)));
        }
    }

    public void complete() {
        complete(Completed.NO_COUNT, "");
    }

    public void fail(ThalwegException error) {
        if (end()) {
            out.accept(new Failed(Failed.Subject.QUERY, id, WireError.of(error)));
        }
    }

    public long id() {
        return id;
    }

    /** Waits until the client has cancelled, at most ten seconds. */
    public synchronized boolean awaitCancel() {
        awaitUntil(() -> canceled);
        return canceled;
    }

    synchronized void addCredit(int frames) {
        credit += frames;
        notifyAll();
    }

    synchronized void cancel() {
        canceled = true;
        notifyAll();
    }

    /** From here on the script, and not the twin, answers a cancel. */
    public synchronized TwinQuery ignoreCancel() {
        deaf = true;
        return this;
    }

    void failAsCanceled() {
        synchronized (this) {
            if (deaf) {
                return;
            }
        }
        fail(new ThalwegException(ErrorCode.QUERY_CANCELED, "query was cancelled"));
    }

    private synchronized boolean end() {
        boolean first = !over;
        over = true;
        notifyAll();
        return first;
    }

    private synchronized void awaitUntil(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        try {
            while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
                wait(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            over = true;
        }
    }
}
