package io.thalweg.log;

import io.thalweg.log.frame.Frame;
import io.thalweg.log.frame.FrameRole;
import io.thalweg.log.frame.ProducerSequence;
import io.thalweg.log.recovery.Damage;
import io.thalweg.log.segment.FrameReader;
import io.thalweg.log.segment.Segment;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Walks over the segments of a partition, from the segment and the index entry that an offset is found with. */
final class FrameCursor implements LogCursor {
    private final PartitionLog partition;
    private final SegmentSet segments;
    private final long toOffset;
    private final Optional<Damage> damageAtEnd;

    /** The offset that is still to be found or read. */
    private long wantedOffset;

    private @Nullable Segment segment;
    private @Nullable FrameReader reader;
    /** Whether the reader started where the index said and has not met a frame yet. */
    private boolean trustsIndex;

    private boolean showsGaps;
    private AbortedRows hidden = new AbortedRows(List.of());

    /**
     * @param damageAtEnd what the interval runs into behind toOffset, if it does
     */
    FrameCursor(
            PartitionLog partition, SegmentSet segments, long fromOffset, long toOffset, Optional<Damage> damageAtEnd) {
        this.partition = partition;
        this.segments = segments;
        this.wantedOffset = fromOffset;
        this.toOffset = toOffset;
        this.damageAtEnd = damageAtEnd;
    }

    /**
     * Shows what is in the files: gaps and markers too, which have offsets and perhaps a producer but no payload,
     * and rows below the start as long as they are there.
     */
    FrameCursor showingGaps() {
        showsGaps = true;
        return this;
    }

    @Override
    public boolean next() {
        partition.requirePresent();
        while (wantedOffset < toOffset) {
            if (!showsGaps) {
                partition.requireStarted(wantedOffset);
            }
            try {
                if (readFrame()) {
                    return true;
                }
            } catch (IOException e) {
                partition.requireStarted(wantedOffset);
                partition.requirePresent();
                if (!reopenReplaced()) {
                    throw partition.readFailure(e);
                }
            }
        }
        if (damageAtEnd.isPresent()) {
            throw partition.damage().found(wantedOffset, damageAtEnd.get().reason());
        }
        return false;
    }

    /** Takes one step: opens a segment, or moves over a frame; true when that frame holds the wanted offset. */
    private boolean readFrame() throws IOException {
        Segment current = segment;
        FrameReader source = reader;
        if (current == null || source == null || wantedOffset >= segments.endOffset(current)) {
            openSegment();
            return false;
        }
        FrameReader.Step step = source.next();
        if (step == FrameReader.Step.FRAME) {
            trustsIndex = false;
            if (source.frame().endOffset() <= wantedOffset) {
                return false;
            }
            wantedOffset = source.frame().endOffset();
            return isShown(source.frame());
        }
        if (trustsIndex) {
            trustsIndex = false;
            reader = current.readerAtStart();
            return false;
        }
        if (reopenReplaced()) {
            return false;
        }
        throw partition.damage().found(current, source, step);
    }

    private boolean isShown(Frame frame) {
        return showsGaps || !(frame.isGap() || frame.isMarker() || hidden.contains(frame));
    }

    /** Leaves out rows of aborted transactions. */
    FrameCursor hiding(AbortedRows aborted) {
        hidden = aborted;
        return this;
    }

    /** Lets go of a segment that compaction has replaced; false when it is still the right one. */
    private boolean reopenReplaced() {
        Segment current = segment;
        if (current == null || segments.holds(current)) {
            return false;
        }
        segment = null;
        reader = null;
        return true;
    }

    private void openSegment() throws IOException {
        Segment found = segments.holding(wantedOffset).orElseThrow(() -> missing());
        segment = found;
        reader = found.readerNear(wantedOffset);
        trustsIndex = true;
    }

    private ThalwegException missing() {
        partition.requireStarted(wantedOffset);
        return partition.damage().found(wantedOffset, "the segment is missing");
    }

    @Override
    public long baseOffset() {
        return frame().baseOffset();
    }

    @Override
    public int rowCount() {
        return frame().rowCount();
    }

    @Override
    public PayloadKind payloadKind() {
        byte code = frame().payloadKind();
        return PayloadKind.ofCode(code)
                .orElseThrow(() -> new ThalwegException(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "payload kind " + code + " at offset " + baseOffset() + " of " + partition.id()
                                + " needs a newer release"));
    }

    @Override
    public ByteBuffer payload() {
        return frame().payload();
    }

    @Override
    public long minEventTime() {
        return frame().minEventTime();
    }

    @Override
    public long maxEventTime() {
        return frame().maxEventTime();
    }

    @Override
    public long maxEventTimeBefore() {
        return frame().maxEventTimeBefore();
    }

    @Override
    public long appendedAtMicros() {
        return frame().appendedAtMicros();
    }

    @Override
    public FrameRole role() {
        return frame().role();
    }

    @Override
    public ProducerSequence producer() {
        return frame().producer();
    }

    @Override
    public void close() {
        reader = null;
        segment = null;
    }

    /** The current frame. */
    Frame frame() {
        FrameReader source = reader;
        if (source == null) {
            throw new IllegalStateException("the cursor is not on a frame");
        }
        return source.frame();
    }
}
