package io.thalweg.log.segment;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The channel through which a segment file is sent to sockets: opened for the first lease, shared by those that follow,
 * closed with the last. It is not the channel of the segment's readers, since an interrupted transfer closes its channel
 * for all who use it; then those under way fail, and the next lease opens another. Thread-safe.
 */
final class TransferChannels {
    /** Guarded by this; absent when nobody has a lease. */
    private @Nullable Shared current;

    /** Opens the file. */
    @FunctionalInterface
    interface Opening {
        Optional<FileChannel> open() throws IOException;
    }

    /** A channel and how many leases it has; guarded by the owner. */
    private static final class Shared {
        private final Optional<FileChannel> channel;
        private int leases;

        Shared(Optional<FileChannel> channel) {
            this.channel = channel;
        }

        boolean isOpen() {
            return channel.map(FileChannel::isOpen).orElse(true);
        }
    }

    synchronized SegmentLease lease(Opening opening) throws IOException {
        Shared shared = current;
        if (shared == null || !shared.isOpen()) {
            shared = new Shared(opening.open());
            current = shared;
        }
        shared.leases++;
        return new Lease(shared);
    }

    private synchronized void release(Shared shared) throws IOException {
        if (--shared.leases == 0) {
            if (shared.equals(current)) {
                current = null;
            }
            if (shared.channel.isPresent()) {
                shared.channel.get().close();
            }
        }
    }

    private final class Lease implements SegmentLease {
        private final Shared shared;
        private final AtomicBoolean closed = new AtomicBoolean();

        Lease(Shared shared) {
            this.shared = shared;
        }

        @Override
        public Optional<FileChannel> channel() {
            return shared.channel;
        }

        @Override
        public void close() throws IOException {
            if (closed.compareAndSet(false, true)) {
                release(shared);
            }
        }
    }
}
