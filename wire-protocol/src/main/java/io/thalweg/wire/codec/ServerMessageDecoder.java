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
import io.thalweg.wire.message.StatementKind;
import io.thalweg.wire.message.Welcome;
import io.thalweg.wire.message.WireError;

/** Reads what a server says. */
final class ServerMessageDecoder {
    private static final StatementKind[] KINDS = StatementKind.values();
    private static final Failed.Subject[] SUBJECTS = Failed.Subject.values();

    private ServerMessageDecoder() {}

    static ServerMessage decode(FrameReader reader) {
        int type = reader.readByte();
        return switch (type) {
            case 'W' -> readWelcome(reader);
            case 'P' ->
                new Prepared(
                        reader.readVarint(), reader.readEnum(KINDS), reader.readTypes(), reader.readOptionalRowType());
            case 'R' ->
                new ResultHeader(reader.readVarint(), reader.readRowType(), reader.readBoolean(), reader.readBoolean());
            case 'D' -> new Rows(reader.readVarint(), reader.readBlock());
            case 'S' ->
                new Progress(reader.readVarint(), reader.readVarint(), reader.readOptionalLong(), reader.readString());
            case 'C' ->
                new Completed(
                        reader.readVarint(),
                        reader.readVarint() + Completed.NO_COUNT,
                        reader.readString(),
                        reader.readStrings());
            case 'F' -> new Failed(reader.readEnum(SUBJECTS), reader.readVarint(), readError(reader));
            case 'O' -> new Pong(reader.readLong());
            case 'B' -> new Heartbeat();
            default -> throw FrameReader.violation("a server does not send messages of type " + type);
        };
    }

    private static Welcome readWelcome(FrameReader reader) {
        if (reader.readInt() != WireLimits.MAGIC) {
            throw FrameReader.violation("the server does not speak this protocol");
        }
        return new Welcome(reader.readSmallVarint(), reader.readString(), reader.readVarint(), reader.readProperties());
    }

    private static WireError readError(FrameReader reader) {
        return new WireError(
                reader.readSmallVarint(),
                reader.readString(),
                reader.readString(),
                reader.readOptionalSpan(),
                reader.readOptionalString());
    }
}
