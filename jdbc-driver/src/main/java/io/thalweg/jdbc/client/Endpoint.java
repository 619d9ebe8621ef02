package io.thalweg.jdbc.client;

import java.nio.file.Path;
import java.util.Optional;

/** What a connection leads to. */
public sealed interface Endpoint {
    <R> R accept(Visitor<R> visitor);

    /** One method for each kind of endpoint. */
    interface Visitor<R> {
        R visitServer(Server server);

        R visitDirectory(Directory directory);

        R visitMemory(Memory memory);
    }

    /** A server that listens on a port. */
    record Server(String host, int port) implements Endpoint {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitServer(this);
        }
    }

    /** An engine in this process that keeps its data in a directory; all connections to a directory share it. */
    record Directory(Path path) implements Endpoint {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitDirectory(this);
        }
    }

    /**
     * An engine in this process that keeps its data in memory.
     *
     * @param name connections of one name share the engine; without a name it belongs to one connection alone
     */
    record Memory(Optional<String> name) implements Endpoint {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitMemory(this);
        }
    }
}
