package io.thalweg.server.door.nativewire;

import io.thalweg.model.delta.BytesColumn;
import io.thalweg.model.delta.Column;
import io.thalweg.model.delta.DeltaBatch;
import io.thalweg.model.delta.DoubleColumn;
import io.thalweg.model.delta.IntColumn;
import io.thalweg.model.delta.LongColumn;
import io.thalweg.wire.WireLimits;
import io.thalweg.wire.codec.MessageCodec;
import io.thalweg.wire.link.FrameLink;
import io.thalweg.wire.link.FrameReceiver;
import io.thalweg.wire.message.ClientMessage;
import io.thalweg.wire.message.Completed;
import io.thalweg.wire.message.Execute;
import io.thalweg.wire.message.ExecuteOptions;
import io.thalweg.wire.message.ExecutePrepared;
import io.thalweg.wire.message.Failed;
import io.thalweg.wire.message.Heartbeat;
import io.thalweg.wire.message.Hello;
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
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A client that speaks raw messages over any link, and writes down what it hears as text. */
public final class ProtocolClient implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final FrameLink server;
    private long lastQuery;

    /** @param connect opens the link */
    public ProtocolClient(Function<FrameReceiver, FrameLink> connect) {
        server = connect.apply(new FrameReceiver() {
            @Override
            public void onFrame(ByteBuffer frame) {
                String text = MessageCodec.decodeServerMessage(frame).accept(new Writer());
                if (!text.isEmpty()) {
                    heard.add(text);
                }
            }

            @Override
            public void onClose(Throwable cause) {
                heard.add("closed");
            }
        });
    }

    /** Says hello and expects to be welcome. */
    public ProtocolClient hello(Map<String, String> properties) {
        send(new Hello(WireLimits.VERSION, "test", properties));
        String answer = next();
        if (!answer.startsWith("welcome")) {
            throw new AssertionError(answer);
        }
        return this;
    }

    public void send(ClientMessage message) {
        server.send(MessageCodec.encode(message));
    }

    /** What is heard next; fails the test if nothing is for long. */
    public String next() {
        try {
            String message = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("nothing heard for " + PATIENCE_SECONDS + " s");
            }
            return message;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    /** Executes a statement and returns all that is heard of it, up to its last message. */
    public String execute(String sql) {
        long id = ++lastQuery;
        send(new Execute(id, sql, ExecuteOptions.DEFAULT));
        return untilEnd();
    }

    /** Begins to execute a statement; what is heard of it comes by {@link #next}. */
    public void start(String sql) {
        send(new Execute(++lastQuery, sql, ExecuteOptions.DEFAULT));
    }

    /** Prepares a statement, executes it with these parameters, and returns all that is heard of both. */
    public String executePrepared(String sql, DeltaBatch parameters) {
        long id = ++lastQuery;
        send(new Prepare(id, sql));
        String prepared = next();
        send(new ExecutePrepared(id, id, RowBlock.of(parameters), ExecuteOptions.DEFAULT));
        return prepared + "\n" + untilEnd();
    }

    /** Everything up to the end of a query. */
    public String untilEnd() {
        StringBuilder all = new StringBuilder();
        while (true) {
            String message = next();
            all.append(message).append('\n');
            if (message.startsWith("completed") || message.startsWith("failed") || message.equals("closed")) {
                return all.toString();
            }
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private static String rows(DeltaBatch batch) {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < batch.rowCount(); row++) {
            text.append(row == 0 ? "" : "\n");
            for (int i = 0; i < batch.columnCount(); i++) {
                text.append(i == 0 ? "" : " | ").append(cell(batch.column(i), row));
            }
        }
        return text.toString();
    }

    private static String cell(Column column, int row) {
        if (column.isNull(row)) {
            return "null";
        }
        if (column instanceof IntColumn ints) {
            return String.valueOf(ints.value(row));
        }
        if (column instanceof LongColumn longs) {
            return String.valueOf(longs.value(row));
        }
        if (column instanceof DoubleColumn doubles) {
            return String.valueOf(doubles.value(row));
        }
        return column instanceof BytesColumn bytes ? bytes.text(row) : "?";
    }

    private static final class Writer implements ServerMessage.Visitor<String> {
        @Override
        public String visitWelcome(Welcome welcome) {
            return "welcome " + new TreeMap<>(welcome.properties());
        }

        @Override
        public String visitPrepared(Prepared prepared) {
            return "prepared " + prepared.kind() + " " + prepared.parameters()
                    + prepared.result().map(type -> " returns " + type).orElse("");
        }

        @Override
        public String visitResultHeader(ResultHeader header) {
            return "header " + header.type() + (header.endless() ? " endless" : "")
                    + (header.changelog() ? " changelog" : "");
        }

        @Override
        public String visitRows(Rows rows) {
            return rows(rows.rows().decode());
        }

        /** Left out: how many steps there are is the engine's business. */
        @Override
        public String visitProgress(Progress progress) {
            return "";
        }

        @Override
        public String visitCompleted(Completed completed) {
            return "completed " + completed.updateCount() + " " + completed.info()
                    + (completed.warnings().isEmpty() ? "" : " " + completed.warnings());
        }

        @Override
        public String visitFailed(Failed failed) {
            return "failed " + failed.subject() + " " + failed.error().sqlState() + " "
                    + failed.error().message()
                    + failed.error()
                            .span()
                            .map(span -> " at " + span.startLine() + ":" + span.startColumn())
                            .orElse("")
                    + failed.error().hint().map(hint -> " (" + hint + ")").orElse("");
        }

        @Override
        public String visitPong(Pong pong) {
            return "pong " + pong.number();
        }

        @Override
        public String visitHeartbeat(Heartbeat heartbeat) {
            return "";
        }
    }
}
