package io.thalweg.wire.link;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The server as a driver in the same process finds it, by {@link java.util.ServiceLoader}. */
public interface EmbeddedEngineProvider {
    /**
     * Starts an engine that listens on no port.
     *
     * @param directory where its data live; none keeps everything in memory
     * @param properties settings of the engine, from the connection that caused it to start
     */
    EmbeddedEngine open(Optional<Path> directory, Map<String, String> properties);
}
