package io.thalweg.server;

import io.thalweg.server.door.nativewire.NativeConnection;
import io.thalweg.server.door.nativewire.ProtocolClient;
import io.thalweg.wire.link.FrameLink;
import java.nio.ByteBuffer;
import java.util.Map;

/** Connects clients to a server that has no door. */
final class InProcessClient {
    private InProcessClient() {}

    static ProtocolClient connect(ThalwegServer server) {
        return new ProtocolClient(client -> {
                    NativeConnection connection = new NativeConnection(server.connections(), link(client::onFrame));
                    return link(connection::onFrame);
                })
                .hello(Map.of());
    }

    private interface Receiver {
        void take(ByteBuffer frame);
    }

    private static FrameLink link(Receiver receiver) {
        return new FrameLink() {
            @Override
            public void send(ByteBuffer frame) {
                receiver.take(frame);
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }
}
