package io.thalweg.server.embedded;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.server.ThalwegServer;
import io.thalweg.wire.link.EmbeddedEngine;
import io.thalweg.wire.link.FrameLink;
import io.thalweg.wire.link.FrameReceiver;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A server whose only clients are in its own process. */
final class EmbeddedServer implements EmbeddedEngine {
    private final ThalwegServer server;
    private final Set<EmbeddedConnection> connections = ConcurrentHashMap.newKeySet();
    /** Guarded by this. */
    private boolean closed;

    EmbeddedServer(ThalwegServer server) {
        this.server = server;
    }

    @Override
    public synchronized FrameLink connect(FrameReceiver client) {
        if (closed) {
            throw new ThalwegException(ErrorCode.SERVER_SHUTTING_DOWN, "the embedded server is closed");
        }
        EmbeddedConnection connection = new EmbeddedConnection(server.connections(), client, connections::remove);
        connections.add(connection);
        return connection.clientEnd();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        ThalwegException reason =
                new ThalwegException(ErrorCode.SERVER_SHUTTING_DOWN, "the embedded server is shutting down");
        List.copyOf(connections).forEach(connection -> connection.end(reason));
        server.close();
    }
}
