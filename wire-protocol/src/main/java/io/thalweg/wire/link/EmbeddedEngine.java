package io.thalweg.wire.link;

/** A running server in the same process. Thread-safe. */
public interface EmbeddedEngine extends AutoCloseable {
    /**
     * Opens a connection that behaves like one over a socket: the client sends its hello first.
     *
     * @param client receives what the server sends, on a thread of the engine
     * @return the client's end
     */
    FrameLink connect(FrameReceiver client);

    /** Ends all connections, makes everything acknowledged durable, stops. May be called many times. */
    @Override
    void close();
}
