package io.thalweg.log;

import io.thalweg.log.frame.Frame;
import io.thalweg.log.frame.FrameFormat;
import io.thalweg.log.frame.FrameRole;
import io.thalweg.log.frame.ProducerSequence;
import java.nio.ByteBuffer;

/** A frame of which only the header was looked at, and where its bytes are. Immutable. */
public final class StoredFrame {
    private final Frame header;
    private final StoredRegion region;

    StoredFrame(Frame header, StoredRegion region) {
        this.header = header;
        this.region = region;
    }

    /** What the frame says of the rows with its offsets. */
    public FrameRole role() {
        return header.role();
    }

    /** Whether the payload is of this kind. */
    public boolean holds(PayloadKind kind) {
        return header.payloadKind() == kind.code();
    }

    public long baseOffset() {
        return header.baseOffset();
    }

    /** The offset after the last row. */
    public long endOffset() {
        return header.endOffset();
    }

    /** Who appended the frame. */
    public ProducerSequence producer() {
        return header.producer();
    }

    public long appendedAtMicros() {
        return header.appendedAtMicros();
    }

    /** The first bytes of the payload, up to 64. */
    public ByteBuffer payloadPrefix() {
        return header.payloadPrefix();
    }

    /** The whole frame, with its header and padding. */
    public StoredRegion frame() {
        return region;
    }

    /** The payload alone. */
    public StoredRegion payload() {
        return region.slice(FrameFormat.HEADER_BYTES, header.payloadBytes());
    }
}
