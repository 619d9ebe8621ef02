package io.thalweg.server.door.nativewire;

import java.util.Optional;

/**
 * Counts connections. There is no limit for one address as long as all clients share the machine's own. Thread-safe.
 */
final class ConnectionSlots {
    private final int maxConnections;
    private final int maxWithoutHello;
    /** Guarded by this. */
    private int open;
    /** Guarded by this: of the open ones, those that have not said hello. */
    private int withoutHello;

    ConnectionSlots(int maxConnections, int maxWithoutHello) {
        this.maxConnections = maxConnections;
        this.maxWithoutHello = maxWithoutHello;
    }

    /** A place for one more connection, if there is one. */
    synchronized Optional<Slot> take() {
        if (open >= maxConnections || withoutHello >= maxWithoutHello) {
            return Optional.empty();
        }
        open++;
        withoutHello++;
        return Optional.of(new Slot());
    }

    /** The place of one connection, until it is closed. */
    final class Slot {
        private boolean greeted;
        private boolean closed;

        private Slot() {}

        /** The client has said hello. */
        void greeted() {
            synchronized (ConnectionSlots.this) {
                if (!greeted && !closed) {
                    greeted = true;
                    withoutHello--;
                }
            }
        }

        void close() {
            synchronized (ConnectionSlots.this) {
                if (!closed) {
                    greeted();
                    closed = true;
                    open--;
                }
            }
        }
    }
}
