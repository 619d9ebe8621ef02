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
import io.thalweg.wire.message.RowBlock;
import java.util.Map;

/** Reads what a client says. */
final class ClientMessageDecoder {
    private ClientMessageDecoder() {}

    static ClientMessage decode(FrameReader reader) {
        int type = reader.readByte();
        return switch (type) {
            case 'H' -> readHello(reader);
            case 'p' -> new Prepare(reader.readVarint(), reader.readString());
            case 'f' -> new CloseStatement(reader.readVarint());
            case 'e' -> new Execute(reader.readVarint(), reader.readString(), readOptions(reader));
            case 'x' -> readExecutePrepared(reader);
            case 'c' -> new Credit(reader.readVarint(), readAtLeastOne(reader));
            case 'k' -> new Cancel(reader.readVarint());
            case 'q' -> new CloseQuery(reader.readVarint());
            case 'i' -> new Ping(reader.readLong());
            case 'g' -> new Goodbye();
            default -> throw FrameReader.violation("a client does not send messages of type " + type);
        };
    }

    private static Hello readHello(FrameReader reader) {
        if (reader.readInt() != WireLimits.MAGIC) {
            throw FrameReader.violation("the client does not speak this protocol");
        }
        return new Hello(reader.readSmallVarint(), reader.readString(), reader.readProperties());
    }

    private static ExecutePrepared readExecutePrepared(FrameReader reader) {
        long queryId = reader.readVarint();
        long statementId = reader.readVarint();
        ExecuteOptions options = readOptions(reader);
        RowBlock parameters = reader.readBlock();
        return new ExecutePrepared(queryId, statementId, parameters, options);
    }

    private static ExecuteOptions readOptions(FrameReader reader) {
        long maxRows = reader.readVarint();
        int fetchRows = reader.readSmallVarint();
        long timeoutMillis = reader.readVarint();
        int initialCredit = readAtLeastOne(reader);
        Map<String, String> properties = reader.readProperties();
        return new ExecuteOptions(maxRows, fetchRows, timeoutMillis, initialCredit, properties);
    }

    private static int readAtLeastOne(FrameReader reader) {
        int value = reader.readSmallVarint();
        if (value == 0) {
            throw FrameReader.violation("credit of 0 frames");
        }
        return value;
    }
}
