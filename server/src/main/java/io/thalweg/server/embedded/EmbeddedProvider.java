package io.thalweg.server.embedded;

import io.thalweg.model.time.Clock;
import io.thalweg.model.time.SystemClock;
import io.thalweg.server.ThalwegServer;
import io.thalweg.server.config.ServerConfig;
import io.thalweg.server.config.ServerOptions;
import io.thalweg.wire.link.EmbeddedEngine;
import io.thalweg.wire.link.EmbeddedEngineProvider;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Starts an embedded server for the driver. Its properties are the options of the server that do not concern a port. */
public final class EmbeddedProvider implements EmbeddedEngineProvider {
    @Override
    public EmbeddedEngine open(Optional<Path> directory, Map<String, String> properties) {
        Map<String, String> options = new TreeMap<>(properties);
        directory.ifPresent(path -> options.put(ServerOptions.DATA.name(), path.toString()));
        // Whoever runs the database in a process of theirs can read these files anyway.
        options.putIfAbsent(ServerOptions.FILES.name(), ".");
        ServerConfig config = ServerConfig.of(options);
        Clock clock = new SystemClock();
        ThalwegServer server =
                directory.isPresent() ? ThalwegServer.onDisk(config, clock) : ThalwegServer.inMemory(config, clock);
        // No warm-up: the first statement comes at once, and would only compete with it.
        return new EmbeddedServer(server);
    }
}
