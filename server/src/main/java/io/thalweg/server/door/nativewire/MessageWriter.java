package io.thalweg.server.door.nativewire;

import io.thalweg.model.error.ThalwegException;
import io.thalweg.wire.codec.MessageCodec;
import io.thalweg.wire.link.FrameLink;
import io.thalweg.wire.message.Completed;
import io.thalweg.wire.message.Failed;
import io.thalweg.wire.message.ServerMessage;
import io.thalweg.wire.message.WireError;
import java.util.List;

/** Says messages to the client. Thread-safe; may block while the transport takes the bytes. */
final class MessageWriter {
    private final FrameLink client;

    MessageWriter(FrameLink client) {
        this.client = client;
    }

    /** Throws VALUE_TOO_LARGE if the message does not fit a frame, CONNECTION_LOST if the client is gone. */
    void send(ServerMessage message) {
        client.send(MessageCodec.encode(message));
    }

    /** Sends a last word, if there is still somebody to hear it. */
    void sendIfOpen(ServerMessage message) {
        try {
            send(message);
        } catch (ThalwegException gone) {
            // The receiver of the link learns it too, and ends everything that belongs to the connection.
        }
    }

    void completed(long queryId, long updateCount, String info, List<String> warnings) {
        sendIfOpen(new Completed(queryId, updateCount, info, warnings));
    }

    void failed(Failed.Subject subject, long id, ThalwegException error) {
        sendIfOpen(new Failed(subject, id, WireError.of(error)));
    }

    void close() {
        client.close();
    }
}
