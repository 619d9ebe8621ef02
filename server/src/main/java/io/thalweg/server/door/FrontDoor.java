package io.thalweg.server.door;

import java.net.InetSocketAddress;
import java.util.List;

/** A place where clients of one protocol come in. Thread-safe. */
public interface FrontDoor extends AutoCloseable {
    /** Where it listens, with the ports it really got. */
    List<InetSocketAddress> addresses();

    /** Lets nobody in any more and ends all connections. May be called many times. */
    @Override
    void close();
}
