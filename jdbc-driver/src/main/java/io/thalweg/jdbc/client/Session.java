package io.thalweg.jdbc.client;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.model.time.Clock;
import io.thalweg.wire.WireLimits;
import io.thalweg.wire.codec.MessageCodec;
import io.thalweg.wire.link.FrameLink;
import io.thalweg.wire.link.FrameReceiver;
import io.thalweg.wire.message.ClientMessage;
import io.thalweg.wire.message.CloseStatement;
import io.thalweg.wire.message.Completed;
import io.thalweg.wire.message.Execute;
import io.thalweg.wire.message.ExecuteOptions;
import io.thalweg.wire.message.ExecutePrepared;
import io.thalweg.wire.message.Failed;
import io.thalweg.wire.message.Goodbye;
import io.thalweg.wire.message.Heartbeat;
import io.thalweg.wire.message.Hello;
import io.thalweg.wire.message.Ping;
import io.thalweg.wire.message.Pong;
import io.thalweg.wire.message.Prepare;
import io.thalweg.wire.message.Prepared;
import io.thalweg.wire.message.Progress;
import io.thalweg.wire.message.ResultHeader;
import io.thalweg.wire.message.RowBlock;
import io.thalweg.wire.message.Rows;
import io.thalweg.wire.message.ServerMessage;
import io.thalweg.wire.message.Welcome;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection: sends requests, and hands each answer to who waits for it. Thread-safe; several statements may run at
 * once. When the link ends, everything that waits fails with the reason.
 */
public final class Session implements AutoCloseable {
    private final Clock clock;
    private final CompletableFuture<Welcome> welcome = new CompletableFuture<>();
    private final Map<Long, RunningQuery> queries = new ConcurrentHashMap<>();
    private final Map<Long, CompletableFuture<Prepared>> preparing = new ConcurrentHashMap<>();
    private final Map<Long, CompletableFuture<Pong>> pings = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final FrameLink link;
    /** Why the session ended; set once, by whoever notices first. Volatile: any thread asks. */
    private volatile @Nullable ThalwegException end;

    private Session(Clock clock, Function<FrameReceiver, FrameLink> opener) {
        this.clock = clock;
        this.link = opener.apply(new Receiver());
    }

    /** Connects and waits for the server's welcome. */
    public static Session open(ConnectionConfig config, String clientName, Clock clock, Deadline deadline) {
        Session session =
                new Session(clock, receiver -> config.endpoint().accept(new Opener(config, deadline, receiver)));
        try {
            session.sendHello(new Hello(WireLimits.VERSION, clientName, config.sessionProperties()));
            session.await(session.welcome, deadline, "for its welcome");
            return session;
        } catch (RuntimeException e) {
            session.abort();
            throw e;
        }
    }

    private void sendHello(Hello hello) {
        try {
            send(hello);
        } catch (ThalwegException e) {
            // What listens there may have spoken first, and nonsense: the reader knows, and tells better than a broken
            // pipe.
            if (e.code() != ErrorCode.CONNECTION_LOST && e.code() != ErrorCode.CONNECTION_CLOSED) {
                throw e;
            }
        }
    }

    /** What the server said first. */
    public Welcome welcome() {
        return welcome.join();
    }

    public Clock clock() {
        return clock;
    }

    public boolean isClosed() {
        return end != null;
    }

    /** Throws the reason why the session has ended, if it has. */
    public void checkOpen() {
        ThalwegException reason = end;
        if (reason != null) {
            throw copyOf(reason);
        }
    }

    /** Has a statement checked; throws what is wrong with it. */
    public Prepared prepare(String sql, Deadline deadline) {
        long id = ids.incrementAndGet();
        CompletableFuture<Prepared> answer = new CompletableFuture<>();
        preparing.put(id, answer);
        try {
            send(new Prepare(id, sql));
            return await(answer, deadline, "to prepare a statement");
        } finally {
            preparing.remove(id);
        }
    }

    /** Forgets a prepared statement. */
    public void closeStatement(long statementId) {
        sendQuietly(new CloseStatement(statementId));
    }

    /** Starts a statement. */
    public RunningQuery execute(String sql, ExecuteOptions options) {
        return start(options, id -> new Execute(id, sql, options));
    }

    /** Starts a prepared statement, once for each row of parameters. */
    public RunningQuery execute(long statementId, RowBlock parameters, ExecuteOptions options) {
        return start(options, id -> new ExecutePrepared(id, statementId, parameters, options));
    }

    /** Whether the server answers before the deadline. */
    public boolean ping(Deadline deadline) {
        long number = ids.incrementAndGet();
        CompletableFuture<Pong> answer = new CompletableFuture<>();
        pings.put(number, answer);
        try {
            send(new Ping(number));
            await(answer, deadline, "for a pong");
            return true;
        } catch (ThalwegException e) {
            return false;
        } finally {
            pings.remove(number);
        }
    }

    /** Says goodbye and ends the connection; everything that runs on it fails. May be called many times. */
    @Override
    public void close() {
        // The reason comes first: the server may close the link as soon as it has read the goodbye.
        if (finish(closedError())) {
            try {
                link.send(MessageCodec.encode(new Goodbye()));
            } catch (ThalwegException e) {
                // The link is gone, which is what the goodbye asks for.
            }
        }
        link.close();
    }

    /** Ends the connection without a word. */
    public void abort() {
        finish(closedError());
        link.close();
    }

    /** Sends a message that only matters while the connection lives; a dead one is noticed elsewhere. */
    void sendQuietly(ClientMessage message) {
        try {
            send(message);
        } catch (ThalwegException e) {
            // Whoever waits for an answer is told by finish().
        }
    }

    private RunningQuery start(ExecuteOptions options, Function<Long, ClientMessage> request) {
        RunningQuery query = new RunningQuery(this, ids.incrementAndGet(), options.initialCredit());
        queries.put(query.id(), query);
        try {
            send(request.apply(query.id()));
        } catch (RuntimeException e) {
            queries.remove(query.id());
            throw e;
        }
        // The link may have ended between the check in send() and now.
        ThalwegException ended = end;
        if (ended != null) {
            query.onFailed(ended);
        }
        return query;
    }

    private void send(ClientMessage message) {
        checkOpen();
        link.send(MessageCodec.encode(message));
    }

    private <T> T await(CompletableFuture<T> answer, Deadline deadline, String purpose) {
        ThalwegException ended = end;
        if (ended != null) {
            answer.completeExceptionally(ended);
        }
        try {
            return answer.get(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new ThalwegException(
                    ErrorCode.CONNECTION_LOST,
                    "server did not answer within " + deadline.millis() + " ms when asked " + purpose,
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ThalwegException(
                    ErrorCode.QUERY_CANCELED, "thread was interrupted while it waited for the server", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ThalwegException cause
                    ? copyOf(cause)
                    : new ThalwegException(ErrorCode.INTERNAL_ERROR, "waiting for the server failed", e);
        }
    }

    /** Ends the session for this reason; false if it has ended already, for another one. */
    private boolean finish(ThalwegException reason) {
        synchronized (this) {
            if (end != null) {
                return false;
            }
            end = reason;
        }
        welcome.completeExceptionally(reason);
        List<CompletableFuture<?>> waiting = new ArrayList<>(preparing.values());
        waiting.addAll(pings.values());
        waiting.forEach(answer -> answer.completeExceptionally(reason));
        queries.values().forEach(query -> query.onFailed(reason));
        queries.clear();
        return true;
    }

    private static ThalwegException closedError() {
        return new ThalwegException(ErrorCode.CONNECTION_CLOSED, "connection is closed");
    }

    /** The same error with the stack of the thread that meets it. */
    private static ThalwegException copyOf(ThalwegException error) {
        ThalwegException copy = new ThalwegException(error.code(), error.message(), error);
        if (error.span().isPresent()) {
            copy = copy.at(error.span().get());
        }
        return error.hint().isPresent() ? copy.withHint(error.hint().get()) : copy;
    }

    /** Makes the link to an endpoint. */
    private record Opener(ConnectionConfig config, Deadline deadline, FrameReceiver receiver)
            implements Endpoint.Visitor<FrameLink> {
        @Override
        public FrameLink visitServer(Endpoint.Server server) {
            return SocketLink.open(server, deadline, receiver);
        }

        @Override
        public FrameLink visitDirectory(Endpoint.Directory directory) {
            return EmbeddedEngines.connect(directory, config.engineProperties(), receiver);
        }

        @Override
        public FrameLink visitMemory(Endpoint.Memory memory) {
            return EmbeddedEngines.connect(memory, config.engineProperties(), receiver);
        }
    }

    /** Hands what the server says to who waits for it; each visit tells whether somebody did. */
    private final class Receiver implements FrameReceiver, ServerMessage.Visitor<Boolean> {
        @Override
        public void onFrame(ByteBuffer frame) {
            try {
                MessageCodec.decodeServerMessage(frame).accept(this);
            } catch (ThalwegException e) {
                finish(e);
                // The reader may come before the constructor has stored the link: then the handshake fails and aborts.
                if (link != null) {
                    link.close();
                }
            }
        }

        @Override
        public void onClose(@Nullable Throwable cause) {
            if (cause instanceof ThalwegException reason) {
                finish(reason);
            } else if (cause != null) {
                finish(new ThalwegException(ErrorCode.CONNECTION_LOST, "connection to the server was lost", cause));
            } else {
                finish(new ThalwegException(ErrorCode.CONNECTION_LOST, "connection was closed by the server"));
            }
        }

        @Override
        public Boolean visitWelcome(Welcome message) {
            if (message.version() != WireLimits.VERSION) {
                throw new ThalwegException(
                        ErrorCode.PROTOCOL_VIOLATION,
                        "server speaks version " + message.version() + " of the protocol, this driver version "
                                + WireLimits.VERSION);
            }
            return welcome.complete(message);
        }

        @Override
        public Boolean visitPrepared(Prepared message) {
            CompletableFuture<Prepared> answer = preparing.get(message.statementId());
            if (answer != null) {
                return answer.complete(message);
            }
            // Nobody waits any more, so nobody would ever close it.
            closeStatement(message.statementId());
            return false;
        }

        @Override
        public Boolean visitResultHeader(ResultHeader message) {
            RunningQuery query = queries.get(message.queryId());
            if (query != null) {
                query.onHeader(message);
            }
            return query != null;
        }

        @Override
        public Boolean visitRows(Rows message) {
            RunningQuery query = queries.get(message.queryId());
            if (query != null) {
                query.onRows(message);
            }
            return query != null;
        }

        @Override
        public Boolean visitProgress(Progress message) {
            RunningQuery query = queries.get(message.queryId());
            if (query != null) {
                query.onProgress(message);
            }
            return query != null;
        }

        @Override
        public Boolean visitCompleted(Completed message) {
            RunningQuery query = queries.remove(message.queryId());
            if (query != null) {
                query.onCompleted(message);
            }
            return query != null;
        }

        @Override
        public Boolean visitFailed(Failed message) {
            ThalwegException error = message.error().toException();
            return switch (message.subject()) {
                case CONNECTION -> {
                    finish(error);
                    yield true;
                }
                case STATEMENT -> {
                    CompletableFuture<Prepared> answer = preparing.get(message.id());
                    yield answer != null && answer.completeExceptionally(error);
                }
                case QUERY -> {
                    RunningQuery query = queries.remove(message.id());
                    if (query != null) {
                        query.onFailed(error);
                    }
                    yield query != null;
                }
            };
        }

        @Override
        public Boolean visitPong(Pong message) {
            CompletableFuture<Pong> answer = pings.get(message.number());
            return answer != null && answer.complete(message);
        }

        @Override
        public Boolean visitHeartbeat(Heartbeat message) {
            return true;
        }
    }
}
