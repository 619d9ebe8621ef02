package io.thalweg.wire.codec;

import io.thalweg.wire.WireLimits;
import io.thalweg.wire.message.Completed;
import io.thalweg.wire.message.Failed;
import io.thalweg.wire.message.Heartbeat;
import io.thalweg.wire.message.Pong;
import io.thalweg.wire.message.Prepared;
import io.thalweg.wire.message.Progress;
import io.thalweg.wire.message.ResultHeader;
import io.thalweg.wire.message.Rows;
import io.thalweg.wire.message.ServerMessage;
import io.thalweg.wire.message.Welcome;
import io.thalweg.wire.message.WireError;
import java.nio.ByteBuffer;

/** Writes what a server says. */
final class ServerMessageEncoder implements ServerMessage.Visitor<ByteBuffer> {
    static final ServerMessageEncoder INSTANCE = new ServerMessageEncoder();

    private ServerMessageEncoder() {}

    @Override
    public ByteBuffer visitWelcome(Welcome welcome) {
        return new FrameWriter('W', 128)
                .writeInt(WireLimits.MAGIC)
                .writeVarint(welcome.version())
                .writeString(welcome.serverVersion())
                .writeVarint(welcome.sessionId())
                .writeProperties(welcome.properties())
                .toFrame();
    }

    @Override
    public ByteBuffer visitPrepared(Prepared prepared) {
        return new FrameWriter('P', 256)
                .writeVarint(prepared.statementId())
                .writeByte(prepared.kind().ordinal())
                .writeTypes(prepared.parameters())
                .writeOptionalRowType(prepared.result())
                .toFrame();
    }

    @Override
    public ByteBuffer visitResultHeader(ResultHeader header) {
        return new FrameWriter('R', 256)
                .writeVarint(header.queryId())
                .writeRowType(header.type())
                .writeBoolean(header.endless())
                .writeBoolean(header.changelog())
                .toFrame();
    }

    @Override
    public ByteBuffer visitRows(Rows rows) {
        return new FrameWriter('D', rows.rows().length() + 10)
                .writeVarint(rows.queryId())
                .writeBlock(rows.rows())
                .toFrame();
    }

    @Override
    public ByteBuffer visitProgress(Progress progress) {
        return new FrameWriter('S', 40)
                .writeVarint(progress.queryId())
                .writeVarint(progress.step())
                .writeOptionalLong(progress.watermarkMicros())
                .writeString(progress.resumeToken())
                .toFrame();
    }

    @Override
    public ByteBuffer visitCompleted(Completed completed) {
        return new FrameWriter('C', 64)
                .writeVarint(completed.queryId())
                .writeVarint(completed.updateCount() - Completed.NO_COUNT)
                .writeString(completed.info())
                .writeStrings(completed.warnings())
                .toFrame();
    }

    @Override
    public ByteBuffer visitFailed(Failed failed) {
        WireError error = failed.error();
        return new FrameWriter('F', 128)
                .writeByte(failed.subject().ordinal())
                .writeVarint(failed.id())
                .writeVarint(error.code())
                .writeString(error.sqlState())
                .writeString(error.message())
                .writeOptionalSpan(error.span())
                .writeOptionalString(error.hint())
                .toFrame();
    }

    @Override
    public ByteBuffer visitPong(Pong pong) {
        return new FrameWriter('O', 8).writeLong(pong.number()).toFrame();
    }

    @Override
    public ByteBuffer visitHeartbeat(Heartbeat heartbeat) {
        return new FrameWriter('B', 0).toFrame();
    }
}
