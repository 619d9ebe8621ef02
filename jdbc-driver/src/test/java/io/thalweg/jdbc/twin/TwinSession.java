package io.thalweg.jdbc.twin;

import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.wire.codec.MessageCodec;
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
import io.thalweg.wire.message.Hello;
import io.thalweg.wire.message.Ping;
import io.thalweg.wire.message.Pong;
import io.thalweg.wire.message.Prepare;
import io.thalweg.wire.message.Prepared;
import io.thalweg.wire.message.ServerMessage;
import io.thalweg.wire.message.Welcome;
import io.thalweg.wire.message.WireError;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** One connection of a twin: answers what is always answered the same way and runs the scripts. */
final class TwinSession implements ClientMessage.Visitor<Boolean> {
    private final TwinScripts scripts;
    private final Consumer<ServerMessage> out;
    private final Map<Long, TwinQuery> queries = new ConcurrentHashMap<>();
    private final Map<Long, String> statements = new ConcurrentHashMap<>();

    TwinSession(TwinScripts scripts, Consumer<ServerMessage> out) {
        this.scripts = scripts;
        this.out = out;
    }

    /** Heeds a message; false if it was the last. */
    boolean onFrame(ByteBuffer frame) {
        ClientMessage message = MessageCodec.decodeClientMessage(frame);
        scripts.receive(message);
        return message.accept(this);
    }

    @Override
    public Boolean visitHello(Hello hello) {
        if ("wrong".equals(hello.properties().get("password"))) {
            out.accept(new Failed(
                    Failed.Subject.CONNECTION,
                    0,
                    WireError.of(new ThalwegException(ErrorCode.CONNECTION_FAILED, "password is wrong"))));
            return false;
        }
        if (!"silent".equals(hello.properties().get("user"))) {
            out.accept(new Welcome(1, "0.1.0-SNAPSHOT", 7, Map.of("schema", "public")));
        }
        return true;
    }

    @Override
    public Boolean visitPrepare(Prepare prepare) {
        try {
            Prepared answer = scripts.prepared(prepare.sql());
            statements.put(prepare.statementId(), prepare.sql());
            out.accept(new Prepared(prepare.statementId(), answer.kind(), answer.parameters(), answer.result()));
        } catch (ThalwegException e) {
            out.accept(new Failed(Failed.Subject.STATEMENT, prepare.statementId(), WireError.of(e)));
        }
        return true;
    }

    @Override
    public Boolean visitCloseStatement(CloseStatement close) {
        statements.remove(close.statementId());
        return true;
    }

    @Override
    public Boolean visitExecute(Execute execute) {
        run(execute.queryId(), execute.sql(), execute.options(), noParameters());
        return true;
    }

    @Override
    public Boolean visitExecutePrepared(ExecutePrepared execute) {
        String sql = statements.getOrDefault(execute.statementId(), "a statement that was not prepared");
        run(execute.queryId(), sql, execute.options(), execute.parameters().decode());
        return true;
    }

    private static DeltaBatch noParameters() {
        return new DeltaBatch(1, new Column[0], null);
    }

    private void run(long id, String sql, ExecuteOptions options, DeltaBatch parameters) {
        TwinQuery query = new TwinQuery(id, options, parameters, out);
        queries.put(id, query);
        Thread thread = new Thread(() -> runScript(sql, query), "twin-query-" + id);
        thread.setDaemon(true);
        thread.start();
    }

    private void runScript(String sql, TwinQuery query) {
        try {
            scripts.script(sql).accept(query);
        } catch (UncheckedIOException e) {
            // The client has gone while the script spoke.
        }
    }

    @Override
    public Boolean visitCredit(Credit credit) {
        queries.get(credit.queryId()).addCredit(credit.frames());
        return true;
    }

    @Override
    public Boolean visitCancel(Cancel cancel) {
        TwinQuery query = queries.get(cancel.queryId());
        query.cancel();
        query.failAsCanceled();
        return true;
    }

    @Override
    public Boolean visitCloseQuery(CloseQuery close) {
        queries.get(close.queryId()).complete();
        return true;
    }

    @Override
    public Boolean visitPing(Ping ping) {
        out.accept(new Pong(ping.number()));
        return true;
    }

    @Override
    public Boolean visitGoodbye(Goodbye goodbye) {
        return false;
    }
}
