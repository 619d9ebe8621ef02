package io.thalweg.wire.codec;

import io.thalweg.wire.WireLimits;
import io.thalweg.wire.message.Cancel;
import io.thalweg.wire.message.ClientMessage;
import io.thalweg.wire.message.CloseQuery;
import io.thalweg.wire.message.CloseStatement;
import io.thalweg.wire.message.Credit;
import io.thalweg.wire.message.Execute;
import io.thalweg.wire.message.ExecuteOptions;
import io.thalweg.wire.message.ExecutePrepared;
import io.thalweg.wire.message.Goodbye;
import io.thalweg.wire.message.Hello;
import io.thalweg.wire.message.Ping;
import io.thalweg.wire.message.Prepare;
import java.nio.ByteBuffer;

/** Writes what a client says. */
final class ClientMessageEncoder implements ClientMessage.Visitor<ByteBuffer> {
    static final ClientMessageEncoder INSTANCE = new ClientMessageEncoder();

    private ClientMessageEncoder() {}

    @Override
    public ByteBuffer visitHello(Hello hello) {
        return new FrameWriter('H', 128)
                .writeInt(WireLimits.MAGIC)
                .writeVarint(hello.version())
                .writeString(hello.clientName())
                .writeProperties(hello.properties())
                .toFrame();
    }

    @Override
    public ByteBuffer visitPrepare(Prepare prepare) {
        return new FrameWriter('p', prepare.sql().length() + 16)
                .writeVarint(prepare.statementId())
                .writeString(prepare.sql())
                .toFrame();
    }

    @Override
    public ByteBuffer visitCloseStatement(CloseStatement close) {
        return new FrameWriter('f', 10).writeVarint(close.statementId()).toFrame();
    }

    @Override
    public ByteBuffer visitExecute(Execute execute) {
        FrameWriter writer = new FrameWriter('e', execute.sql().length() + 64)
                .writeVarint(execute.queryId())
                .writeString(execute.sql());
        return writeOptions(writer, execute.options()).toFrame();
    }

    @Override
    public ByteBuffer visitExecutePrepared(ExecutePrepared execute) {
        FrameWriter writer = new FrameWriter('x', execute.parameters().length() + 64)
                .writeVarint(execute.queryId())
                .writeVarint(execute.statementId());
        return writeOptions(writer, execute.options())
                .writeBlock(execute.parameters())
                .toFrame();
    }

    @Override
    public ByteBuffer visitCredit(Credit credit) {
        return new FrameWriter('c', 20)
                .writeVarint(credit.queryId())
                .writeVarint(credit.frames())
                .toFrame();
    }

    @Override
    public ByteBuffer visitCancel(Cancel cancel) {
        return new FrameWriter('k', 10).writeVarint(cancel.queryId()).toFrame();
    }

    @Override
    public ByteBuffer visitCloseQuery(CloseQuery close) {
        return new FrameWriter('q', 10).writeVarint(close.queryId()).toFrame();
    }

    @Override
    public ByteBuffer visitPing(Ping ping) {
        return new FrameWriter('i', 8).writeLong(ping.number()).toFrame();
    }

    @Override
    public ByteBuffer visitGoodbye(Goodbye goodbye) {
        return new FrameWriter('g', 0).toFrame();
    }

    private static FrameWriter writeOptions(FrameWriter writer, ExecuteOptions options) {
        return writer.writeVarint(options.maxRows())
                .writeVarint(options.fetchRows())
                .writeVarint(options.timeoutMillis())
                .writeVarint(options.initialCredit())
                .writeProperties(options.properties());
    }
}
