package io.thalweg.server.door.nativewire;

import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.server.failure.UserError;
import io.thalweg.server.query.Deadline;
import io.thalweg.server.session.PreparedSql;
import io.thalweg.server.session.Session;
import io.thalweg.server.session.StatementResult;
import io.thalweg.wire.WireLimits;
import io.thalweg.wire.codec.MessageCodec;
import io.thalweg.wire.link.FrameLink;
import io.thalweg.wire.link.FrameReceiver;
import io.thalweg.wire.message.Cancel;
import io.thalweg.wire.message.ClientMessage;
import io.thalweg.wire.message.CloseQuery;
import io.thalweg.wire.message.CloseStatement;
import io.thalweg.wire.message.Credit;
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
import io.thalweg.wire.message.Welcome;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The server's end of one connection, over a socket or within the process. It knows messages and nothing of what carries
 * them. Frames come in on one thread at a time, which is never held up: statements run on workers, in the order they
 * came, and a query whose rows are the answer runs beside them on a thread of its own.
 */
public final class NativeConnection implements FrameReceiver {
    private static final int MAX_QUERIES = 1_000;

    private final ConnectionServices services;
    private final MessageWriter writer;
    private final StatementQueue queue;
    /** Queries that have not said their last message, by the client's id. */
    private final Map<Long, ClientQuery> queries = new ConcurrentHashMap<>();
    /** Touched by the queue's tasks only. */
    private final PreparedStatements statements = new PreparedStatements();

    /** Written by the receiving thread, once; there is no session before the hello. */
    private volatile @Nullable Session session;
    /** Written when the connection has ended or is to end; nothing that comes in is heeded any more. */
    private volatile boolean closed;

    /** @param client where to say messages to the client */
    public NativeConnection(ConnectionServices services, FrameLink client) {
        this.services = services;
        this.writer = new MessageWriter(client);
        this.queue = new StatementQueue(services.workers());
    }

    /** The longest frame that the client may send now. */
    public int frameLimit() {
        return session == null ? WireLimits.MAX_HANDSHAKE_FRAME_BYTES : WireLimits.MAX_FRAME_BYTES;
    }

    /** Whether the client has said hello. */
    public boolean isOpen() {
        return session != null;
    }

    /** Tells a silent client that the server is there. */
    public void heartbeat() {
        if (isOpen() && !closed) {
            writer.sendIfOpen(new Heartbeat());
        }
    }

    @Override
    public void onFrame(ByteBuffer frame) {
        if (closed) {
            return;
        }
        int size = frame.remaining();
        try {
            ClientMessage message = MessageCodec.decodeClientMessage(frame);
            message.accept(session == null ? new BeforeHello() : new AfterHello(size));
        } catch (ThalwegException failure) {
            fail(failure);
        } catch (RuntimeException failure) {
            fail(UserError.of(failure));
        }
    }

    @Override
    public void onClose(@Nullable Throwable cause) {
        closed = true;
        queue.close();
        queries.values().forEach(query -> query.cancel(ErrorCode.CONNECTION_LOST));
        Session present = session;
        if (present != null) {
            services.sessions().close(present);
        }
    }

    /** Ends the connection with an error that the client is told. */
    public void fail(ThalwegException error) {
        closed = true;
        queue.close();
        queries.values().forEach(query -> query.cancel(error.code()));
        writer.failed(Failed.Subject.CONNECTION, 0, error);
        writer.close();
    }

    private static ThalwegException violation(String what) {
        return new ThalwegException(ErrorCode.PROTOCOL_VIOLATION, what);
    }

    private void welcome(Hello hello) {
        if (hello.version() < 1) {
            throw violation("protocol version " + hello.version() + " does not exist");
        }
        Map<String, String> properties = new TreeMap<>(hello.properties());
        // There are no users yet: on the machine's own addresses everybody is the one user.
        properties.remove("user");
        properties.remove("password");
        Session opened = services.sessions().open(hello.clientName(), properties);
        session = opened;
        int version = Math.min(hello.version(), WireLimits.VERSION);
        writer.send(new Welcome(
                version,
                services.serverVersion(),
                opened.id(),
                Map.of("schema", opened.settings().schema(), "timeZone", "UTC")));
    }

    /** Whoever speaks before the hello is not a client of ours. */
    private final class BeforeHello extends UnexpectedMessage {
        BeforeHello() {
            super("the first message of a connection must be a hello");
        }

        @Override
        public Boolean visitHello(Hello hello) {
            welcome(hello);
            return true;
        }
    }

    private final class AfterHello implements ClientMessage.Visitor<Boolean> {
        private final int size;

        AfterHello(int size) {
            this.size = size;
        }

        @Override
        public Boolean visitHello(Hello hello) {
            throw violation("a second hello on one connection");
        }

        @Override
        public Boolean visitPrepare(Prepare prepare) {
            return enqueue(() -> prepare(prepare), Failed.Subject.STATEMENT, prepare.statementId());
        }

        @Override
        public Boolean visitCloseStatement(CloseStatement close) {
            return enqueue(() -> statements.remove(close.statementId()), Failed.Subject.STATEMENT, close.statementId());
        }

        @Override
        public Boolean visitExecute(Execute execute) {
            return execute(
                    execute.queryId(),
                    execute.options(),
                    query -> services.statements()
                            .execute(
                                    openSession(),
                                    execute.sql(),
                                    execute.options().properties(),
                                    query.control()));
        }

        @Override
        public Boolean visitExecutePrepared(ExecutePrepared execute) {
            return execute(execute.queryId(), execute.options(), query -> {
                PreparedSql statement = statements.require(execute.statementId());
                DeltaBatch parameters = execute.parameters().decode();
                return services.statements()
                        .execute(
                                openSession(),
                                statement,
                                parameters,
                                execute.options().properties(),
                                query.control());
            });
        }

        @Override
        public Boolean visitCredit(Credit credit) {
            ClientQuery query = queries.get(credit.queryId());
            if (query != null) {
                query.addCredit(credit.frames());
            }
            return true;
        }

        @Override
        public Boolean visitCancel(Cancel cancel) {
            ClientQuery query = queries.get(cancel.queryId());
            if (query != null) {
                query.cancel(ErrorCode.QUERY_CANCELED);
            }
            return true;
        }

        @Override
        public Boolean visitCloseQuery(CloseQuery close) {
            ClientQuery query = queries.get(close.queryId());
            if (query != null) {
                query.close();
            }
            return true;
        }

        @Override
        public Boolean visitPing(Ping ping) {
            writer.sendIfOpen(new Pong(ping.number()));
            return true;
        }

        @Override
        public Boolean visitGoodbye(Goodbye goodbye) {
            closed = true;
            queue.close();
            queries.values().forEach(ClientQuery::close);
            writer.close();
            return true;
        }

        private boolean execute(long queryId, ExecuteOptions options, Execution execution) {
            ClientQuery query = new ClientQuery(queryId, options, writer, queries::remove);
            if (queries.putIfAbsent(queryId, query) != null) {
                throw violation("query " + queryId + " is in use on this connection");
            }
            if (queries.size() > MAX_QUERIES) {
                query.failed(new ThalwegException(
                        ErrorCode.TOO_MANY_QUERIES, "the connection has " + MAX_QUERIES + " queries already"));
                return true;
            }
            return enqueue(() -> run(query, execution), Failed.Subject.QUERY, queryId);
        }

        private boolean enqueue(Runnable task, Failed.Subject subject, long id) {
            if (!queue.add(task, size)) {
                if (subject == Failed.Subject.QUERY) {
                    queries.remove(id);
                }
                writer.failed(
                        subject,
                        id,
                        new ThalwegException(
                                        ErrorCode.TOO_MANY_QUERIES,
                                        "too many statements of the connection wait their turn")
                                .withHint("Wait for answers before sending more."));
            }
            return true;
        }
    }

    /** The work of a statement, up to its result. */
    private interface Execution {
        StatementResult run(ClientQuery query);
    }

    private Session openSession() {
        Session present = session;
        if (present == null) {
            throw violation("a statement before the hello");
        }
        return present;
    }

    private void prepare(Prepare prepare) {
        long id = prepare.statementId();
        try {
            statements.requireRoom(prepare.sql());
            PreparedSql prepared = services.statements().prepare(openSession(), prepare.sql());
            if (!statements.add(id, prepared)) {
                fail(violation("statement " + id + " is in use on this connection"));
                return;
            }
            writer.sendIfOpen(
                    new Prepared(id, WireStatementKind.of(prepared.kind()), prepared.parameters(), prepared.result()));
        } catch (RuntimeException | Error failure) {
            writer.failed(Failed.Subject.STATEMENT, id, UserError.of(failure));
        }
    }

    private void run(ClientQuery query, Execution execution) {
        try {
            query.control().check();
            result(query, execution).accept(new StatementResult.Visitor<Boolean>() {
                @Override
                public Boolean visitDone(StatementResult.Done done) {
                    query.done(done);
                    return true;
                }

                @Override
                public Boolean visitQuery(StatementResult.Query result) {
                    query.runsAs(services.queries()
                            .start(result.plan(), result.parameters(), query, query.limited(result.options())));
                    return true;
                }
            });
        } catch (RuntimeException | Error failure) {
            query.failed(UserError.of(failure));
        }
    }

    private StatementResult result(ClientQuery query, Execution execution) {
        Deadline limit = services.queries().deadline(query.control(), query.timeoutNanos());
        try {
            return execution.run(query);
        } finally {
            limit.close();
        }
    }
}
