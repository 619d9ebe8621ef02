package io.thalweg.server.door.nativewire;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.type.RowType;
import io.thalweg.server.query.QueryControl;
import io.thalweg.server.query.QueryOptions;
import io.thalweg.server.query.QuerySink;
import io.thalweg.server.query.RunningQuery;
import io.thalweg.server.session.StatementResult;
import io.thalweg.wire.message.ExecuteOptions;
import io.thalweg.wire.message.Failed;
import io.thalweg.wire.message.Progress;
import io.thalweg.wire.message.ResultHeader;
import io.thalweg.wire.message.RowBlock;
import io.thalweg.wire.message.Rows;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One execution that a client asked for, from the request to its last message. Rows go out only while the client has
 * given credit; without it the query's thread waits here, and cancel, close and the end of the connection wake it.
 *
 * <p>The methods of {@link QuerySink} are called by the query's thread, all others by any thread.
 */
final class ClientQuery implements QuerySink {
    private final long id;
    private final ExecuteOptions options;
    private final MessageWriter writer;
    private final LongConsumer whenEnded;
    private final QueryControl control = new QueryControl();

    /** Guarded by this: how many more frames of rows the client takes. */
    private long credit;
    /** Guarded by this: the client has seen enough, which is no error. */
    private boolean closedByClient;
    /** Guarded by this: somebody has stopped the query, so that nothing waits for credit any more. */
    private boolean stopped;
    /** Guarded by this: the last message was said. */
    private boolean ended;

    private @Nullable RowFrames frames;
    private boolean rowsSinceProgress = true;
    private long lastWatermark = Long.MIN_VALUE;

    /** @param whenEnded is given the id before the last message, so that the client may use it again at once */
    ClientQuery(long id, ExecuteOptions options, MessageWriter writer, LongConsumer whenEnded) {
        this.id = id;
        this.options = options;
        this.writer = writer;
        this.whenEnded = whenEnded;
        this.credit = options.initialCredit();
        control.onCancel(this::wake);
    }

    /** What stops the execution before there is a running query, and what the running query is tied to. */
    QueryControl control() {
        return control;
    }

    /** Ties the execution to the query that runs it. */
    void runsAs(RunningQuery query) {
        control.onCancel(() -> query.cancel(reason()));
    }

    /** How long the request allows its statement to take; 0 for no limit. */
    long timeoutNanos() {
        return TimeUnit.MILLISECONDS.toNanos(options.timeoutMillis());
    }

    /** The limits of the session, or those of the request where they are stricter. */
    QueryOptions limited(QueryOptions session) {
        return new QueryOptions(
                session.text(),
                stricter(session.maxRows(), options.maxRows()),
                stricter(session.timeoutNanos(), timeoutNanos()));
    }

    /** The smaller limit, where 0 is none. */
    private static long stricter(long one, long other) {
        return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
    }

    private ErrorCode reason() {
        try {
            control.check();
            return ErrorCode.QUERY_CANCELED;
        } catch (ThalwegException reason) {
            return reason.code();
        }
    }

    void addCredit(int more) {
        synchronized (this) {
            credit += more;
            notifyAll();
        }
    }

    /** The client wants no more rows: the query ends well. */
    void close() {
        synchronized (this) {
            closedByClient = true;
        }
        control.cancel(ErrorCode.QUERY_CANCELED);
    }

    /** The query is to end with this error. */
    void cancel(ErrorCode reason) {
        control.cancel(reason);
    }

    @Override
    public void wake() {
        synchronized (this) {
            stopped = true;
            notifyAll();
        }
    }

    @Override
    public void header(RowType type, boolean endless, boolean changelog) {
        frames = new RowFrames(type, options.fetchRows(), this::sendRows);
        writer.send(new ResultHeader(id, type, endless, changelog));
    }

    @Override
    public void rows(DeltaBatch rows) {
        frames().add(rows);
    }

    @Override
    public void progress(long step, long watermarkMicros) {
        frames().flush();
        // A client that takes no rows is not flooded with progress either: it gets that of a later step.
        if (hasCredit() && (rowsSinceProgress || watermarkMicros != lastWatermark)) {
            rowsSinceProgress = false;
            lastWatermark = watermarkMicros;
            OptionalLong watermark =
                    watermarkMicros == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(watermarkMicros);
            writer.send(new Progress(id, step, watermark, ""));
        }
    }

    @Override
    public void flush() {
        frames().flush();
    }

    @Override
    public void completed() {
        done(StatementResult.Done.of(""));
    }

    private RowFrames frames() {
        RowFrames present = frames;
        if (present == null) {
            throw new ThalwegException(ErrorCode.INTERNAL_ERROR, "a query sent rows before its columns");
        }
        return present;
    }

    private void sendRows(DeltaBatch rows) {
        RowBlock block = RowBlock.of(rows);
        awaitCredit();
        writer.send(new Rows(id, block));
        synchronized (this) {
            credit--;
        }
        rowsSinceProgress = true;
    }

    private synchronized boolean hasCredit() {
        return credit > 0;
    }

    /** Returns when the client takes rows; throws when the query is to stop instead. */
    private void awaitCredit() {
        control.check();
        synchronized (this) {
            while (credit <= 0 && !stopped) {
                try {
                    wait();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    stopped = true;
                }
            }
            if (stopped) {
                // The engine knows why and puts its reason in the place of this one.
                throw new ThalwegException(ErrorCode.QUERY_CANCELED, "the query was canceled");
            }
        }
    }

    /** Says that the execution ended well; the first end counts. */
    void done(StatementResult.Done done) {
        end(null, done);
    }

    @Override
    public void failed(ThalwegException error) {
        boolean asWished;
        synchronized (this) {
            asWished = closedByClient && error.code() == ErrorCode.QUERY_CANCELED;
        }
        end(asWished ? null : error, StatementResult.Done.of(""));
    }

    private void end(@Nullable ThalwegException error, StatementResult.Done done) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
        }
        whenEnded.accept(id);
        if (error != null) {
            writer.failed(Failed.Subject.QUERY, id, error);
        } else {
            writer.completed(id, done.updateCount(), done.info(), done.warnings());
        }
    }
}
