package io.thalweg.jdbc.client;

import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import io.thalweg.wire.link.EmbeddedEngine;
import io.thalweg.wire.link.EmbeddedEngineProvider;
import io.thalweg.wire.link.FrameLink;
import io.thalweg.wire.link.FrameReceiver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The engines that run in this process: one for each directory or name, started by its first connection, with that
 * connection's properties, and closed with its last. Thread-safe.
 */
final class EmbeddedEngines {
    /** Guarded by this class's monitor, which is held while an engine starts or closes. */
    private static final Map<String, SharedEngine> SHARED = new HashMap<>();

    private EmbeddedEngines() {}

    /** Connects to the engine of a directory. */
    static FrameLink connect(Endpoint.Directory directory, Map<String, String> properties, FrameReceiver receiver) {
        Path path = realPath(directory.path());
        return connectShared("directory:" + path, Optional.of(path), properties, receiver);
    }

    /** Connects to the engine of a name, or to one of the connection's own. */
    static FrameLink connect(Endpoint.Memory memory, Map<String, String> properties, FrameReceiver receiver) {
        if (memory.name().isPresent()) {
            return connectShared("memory:" + memory.name().get(), Optional.empty(), properties, receiver);
        }
        EmbeddedEngine engine = start(Optional.empty(), properties);
        return link(engine, engine::close, receiver);
    }

    private static FrameLink connectShared(
            String key, Optional<Path> directory, Map<String, String> properties, FrameReceiver receiver) {
        synchronized (EmbeddedEngines.class) {
            SharedEngine shared = SHARED.get(key);
            if (shared == null) {
                shared = new SharedEngine(start(directory, properties));
                SHARED.put(key, shared);
            }
            shared.connections++;
            return link(shared.engine, () -> release(key), receiver);
        }
    }

    private static void release(String key) {
        synchronized (EmbeddedEngines.class) {
            SharedEngine shared = SHARED.get(key);
            if (shared != null && --shared.connections == 0) {
                SHARED.remove(key);
                shared.engine.close();
            }
        }
    }

    private static FrameLink link(EmbeddedEngine engine, Runnable release, FrameReceiver receiver) {
        try {
            return new EngineLink(engine.connect(receiver), release);
        } catch (RuntimeException e) {
            release.run();
            throw e;
        }
    }

    private static EmbeddedEngine start(Optional<Path> directory, Map<String, String> properties) {
        return provider().open(directory, properties);
    }

    private static EmbeddedEngineProvider provider() {
        return ServiceLoader.load(EmbeddedEngineProvider.class)
                .findFirst()
                .or(() -> ServiceLoader.load(EmbeddedEngineProvider.class, EmbeddedEngines.class.getClassLoader())
                        .findFirst())
                .orElseThrow(() -> new ThalwegException(
                                ErrorCode.CONNECTION_FAILED,
                                "there is no embedded engine on the class path: artifact io.thalweg:thalweg-server is"
                                        + " missing")
                        .withHint(
                                "Add io.thalweg:thalweg-server, or connect to a server by jdbc:thalweg://host:port/."));
    }

    /** The same path for one directory however it is written; the directory need not exist yet. */
    private static Path realPath(Path path) {
        try {
            return Files.exists(path) ? path.toRealPath() : path;
        } catch (IOException e) {
            return path;
        }
    }

    /** An engine and how many connections it has. */
    private static final class SharedEngine {
        private final EmbeddedEngine engine;
        private int connections;

        SharedEngine(EmbeddedEngine engine) {
            this.engine = engine;
        }
    }

    /** A link that lets its engine go when it is closed. */
    private static final class EngineLink implements FrameLink {
        private final FrameLink link;
        private final Runnable release;
        private final AtomicBoolean closed = new AtomicBoolean();

        EngineLink(FrameLink link, Runnable release) {
            this.link = link;
            this.release = release;
        }

        @Override
        public void send(ByteBuffer frame) {
            link.send(frame);
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                try {
                    link.close();
                } finally {
                    release.run();
                }
            }
        }
    }
}
