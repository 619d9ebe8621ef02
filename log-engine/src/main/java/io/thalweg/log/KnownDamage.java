package io.thalweg.log;

import io.thalweg.log.recovery.Damage;
import io.thalweg.log.recovery.QuarantineFile;
import io.thalweg.log.segment.FrameReader;
import io.thalweg.log.segment.Segment;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.util.Optional;

/**
 * What is damaged in a partition: what the start found, and what readers and the scrub have met since. Either way the
 * partition takes no more appends. Thread-safe.
 */
final class KnownDamage {
    private final PartitionId id;
    private final AppendQueue queue;
    private final Quarantine quarantine;
    private final LogCounters counters;
    private final Optional<Damage> atStart;

    KnownDamage(
            PartitionId id, AppendQueue queue, QuarantineFile file, LogCounters counters, Optional<Damage> atStart) {
        this.id = id;
        this.queue = queue;
        this.quarantine = new Quarantine(file);
        this.counters = counters;
        this.atStart = atStart;
        atStart.ifPresent(damage -> {
            counters.damage();
            queue.refuse(Refusal.corrupted(id, damage.offset(), damage.reason()), false);
        });
    }

    /** What the start found, which bounds what can be read. */
    Optional<Damage> atStart() {
        return atStart;
    }

    /** The first of all. */
    Optional<Damage> first() {
        return atStart.or(quarantine::first);
    }

    /** Throws when the start found a damage. */
    void requireSoundStart() {
        if (atStart.isPresent()) {
            Damage damage = atStart.get();
            throw found(damage.offset(), damage.reason());
        }
    }

    /** Throws when a damage is known, found by the start or later. */
    void requireNone() {
        requireSoundStart();
        queue.refusal()
                .filter(refusal -> refusal.code() == ErrorCode.DATA_CORRUPTED)
                .ifPresent(refusal -> {
                    throw refusal.exception();
                });
    }

    /** A frame below the visible end is damaged: no more appends, and this for its reader. */
    ThalwegException found(long offset, String reason) {
        Refusal corrupted = Refusal.corrupted(id, offset, reason);
        queue.refuse(corrupted, false);
        if (atStart.isEmpty() && quarantine.note(new Damage(offset, reason))) {
            counters.damage();
        }
        return corrupted.exception();
    }

    /** A segment does not go on as it should where a reader is. */
    ThalwegException found(Segment segment, FrameReader reader, FrameReader.Step step) {
        String what = step == FrameReader.Step.END ? "ends at position " : "has no whole frame at position ";
        return found(
                reader.expectedOffset(), "segment " + segment.path().getFileName() + " " + what + reader.position());
    }

    /** Leaves the partition's directory alone from now on. */
    void close() {
        quarantine.close();
    }
}
