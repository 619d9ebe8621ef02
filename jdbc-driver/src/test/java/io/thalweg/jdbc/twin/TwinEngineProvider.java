package io.thalweg.jdbc.twin;

import io.thalweg.wire.codec.MessageCodec;
import io.thalweg.wire.link.EmbeddedEngine;
import io.thalweg.wire.link.EmbeddedEngineProvider;
import io.thalweg.wire.link.FrameLink;
import io.thalweg.wire.link.FrameReceiver;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A twin in the same process; remembers each engine that was opened. */
public final class TwinEngineProvider implements EmbeddedEngineProvider {
    /** All engines, in the order in which they were opened. */
    public static final List<Engine> OPENED = new CopyOnWriteArrayList<>();

    @Override
    public EmbeddedEngine open(Optional<Path> directory, Map<String, String> properties) {
        Engine engine = new Engine(directory, properties);
        OPENED.add(engine);
        return engine;
    }

    /** An engine that answers on a thread of its own. */
    public static final class Engine implements EmbeddedEngine {
        private final Optional<Path> directory;
        private final Map<String, String> properties;
        private final ExecutorService executor = Executors.newSingleThreadExecutor(action -> {
            Thread thread = new Thread(action, "twin-engine");
            thread.setDaemon(true);
            return thread;
        });

        private Engine(Optional<Path> directory, Map<String, String> properties) {
            this.directory = directory;
            this.properties = properties;
        }

        public Optional<Path> directory() {
            return directory;
        }

        public Map<String, String> properties() {
            return properties;
        }

        public boolean isClosed() {
            return executor.isShutdown();
        }

        @Override
        public FrameLink connect(FrameReceiver client) {
            TwinScripts scripts = new TwinScripts();
            scripts.on("CREATE STREAM s (a INT)", query -> query.complete(-1, "created stream s"));
            TwinSession session = new TwinSession(scripts, message -> client.onFrame(MessageCodec.encode(message)));
            return new FrameLink() {
                @Override
                public void send(ByteBuffer frame) {
                    executor.execute(() -> session.onFrame(frame));
                }

                @Override
                public void close() {
                    client.onClose(null);
                }
            };
        }

        @Override
        public void close() {
            executor.shutdown();
        }
    }
}
