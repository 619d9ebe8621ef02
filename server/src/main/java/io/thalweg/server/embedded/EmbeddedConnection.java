package io.thalweg.server.embedded;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.server.door.nativewire.ConnectionServices;
import io.thalweg.server.door.nativewire.NativeConnection;
import io.thalweg.wire.link.FrameLink;
import io.thalweg.wire.link.FrameReceiver;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Both ends of a connection within the process, tied together by two hand-overs. */
final class EmbeddedConnection {
    private final OrderedHandOver toClient;
    private final OrderedHandOver toServer;
    private final NativeConnection connection;
    private final Consumer<EmbeddedConnection> whenClosed;

    /** @param whenClosed is given this when either side has closed the path, perhaps more than once */
    EmbeddedConnection(ConnectionServices services, FrameReceiver client, Consumer<EmbeddedConnection> whenClosed) {
        this.toClient = new OrderedHandOver(client);
        this.connection = new NativeConnection(services, new End(toClient));
        this.toServer = new OrderedHandOver(connection);
        this.whenClosed = whenClosed;
    }

    /** Where the client sends. */
    FrameLink clientEnd() {
        return new End(toServer);
    }

    /** Ends the connection from the server's side, and tells the client why. */
    void end(ThalwegException reason) {
        connection.fail(reason);
    }

    private void close() {
        toServer.close();
        toClient.close();
        whenClosed.accept(this);
    }

    /** The sending end of one direction; closing either end closes both directions. */
    private final class End implements FrameLink {
        private final OrderedHandOver target;

        End(OrderedHandOver target) {
            this.target = target;
        }

        @Override
        public void send(ByteBuffer frame) {
            if (!target.give(frame)) {
                throw new ThalwegException(ErrorCode.CONNECTION_CLOSED, "the connection is closed");
            }
        }

        @Override
        public void close() {
            EmbeddedConnection.this.close();
        }
    }
}
