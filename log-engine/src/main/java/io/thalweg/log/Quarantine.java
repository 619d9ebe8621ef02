package io.thalweg.log;

import io.thalweg.log.recovery.Damage;
import io.thalweg.log.recovery.QuarantineFile;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The first damage of a partition that was found while it was open, kept on disk for the next start. Thread-safe. */
final class Quarantine {
    private final QuarantineFile file;
    /** Guarded by this. */
    private @Nullable Damage first;
    /** Guarded by this. */
    private boolean closed;

    Quarantine(QuarantineFile file) {
        this.file = file;
    }

    /** Notes a damage; false when it, or an earlier one in the partition, was noted before. */
    synchronized boolean note(Damage damage) {
        Damage known = first;
        if (closed || (known != null && known.offset() <= damage.offset())) {
            return false;
        }
        first = damage;
        try {
            file.write(damage);
        } catch (IOException e) {
            // The partition is refused all the same until the next start; a scrub after it finds the damage again.
        }
        return true;
    }

    synchronized Optional<Damage> first() {
        return Optional.ofNullable(first);
    }

    /** Leaves the file alone from now on. */
    synchronized void close() {
        closed = true;
    }
}
