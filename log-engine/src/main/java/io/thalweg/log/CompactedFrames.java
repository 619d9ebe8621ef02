package io.thalweg.log;

import io.thalweg.log.file.LogFile;
import io.thalweg.log.frame.Frame;
import io.thalweg.log.frame.FrameContent;
import io.thalweg.log.frame.FrameDraft;
import io.thalweg.log.frame.FrameOwner;
import io.thalweg.log.frame.ProducerSequence;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Writes the frames of a segment without the removed ones. Where rows are missing stands a gap, one for neighbours, so
 * that the frames still follow each other without a hole and a lost one is noticed as ever. One thread.
 */
final class CompactedFrames {
    private static final int BUFFER_BYTES = 1024 * 1024;

    private final LogFile file;
    private final FrameOwner owner;
    private final long producersKeptAfter;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private long position;

    /** The rows of the gap that is not written yet; 0 when there is none. */
    private int gapRows;

    private long gapBase;
    private long gapMaxEventTime;
    private long gapMaxEventTimeBefore;
    private long gapAppendedAt;

    /**
     * @param producersKeptAfter a removed frame that was appended after this keeps its producer
     */
    CompactedFrames(LogFile file, long position, FrameOwner owner, long producersKeptAfter) {
        this.file = file;
        this.position = position;
        this.owner = owner;
        this.producersKeptAfter = producersKeptAfter;
    }

    /** What becomes of frames, by their number. */
    interface Choice {
        /** Keeps all rows. */
        Choice EVERYTHING = new Choice() {
            @Override
            public boolean removes(int frame) {
                return false;
            }

            @Override
            public Optional<ByteBuffer> thinned(int frame, FrameCursor cursor) {
                return Optional.empty();
            }
        };

        /** Whether a frame is removed. */
        boolean removes(int frame);

        /** The payload of a frame without the rows that go; empty when all stay. */
        Optional<ByteBuffer> thinned(int frame, FrameCursor cursor);
    }

    /** Copies what is kept. */
    void copy(FrameCursor cursor, Choice choice) throws IOException {
        for (int number = 0; cursor.next(); number++) {
            Frame frame = cursor.frame();
            if (!frame.isGap() && !choice.removes(number)) {
                writeGap(ProducerSequence.NONE);
                Optional<ByteBuffer> thinned = choice.thinned(number, cursor);
                write(thinned.map(payload -> withPayload(frame, payload)).orElseGet(frame::stored));
            } else if (!frame.isMarker()
                    && frame.producer().isKnown()
                    && frame.appendedAtMicros() > producersKeptAfter) {
                writeGap(ProducerSequence.NONE);
                widenGap(frame);
                writeGap(frame.producer());
            } else {
                if ((long) gapRows + frame.rowCount() > Integer.MAX_VALUE) {
                    writeGap(ProducerSequence.NONE);
                }
                widenGap(frame);
            }
        }
        writeGap(ProducerSequence.NONE);
        flush();
    }

    /** The same frame with another payload. */
    private ByteBuffer withPayload(Frame frame, ByteBuffer payload) {
        FrameContent content = new FrameContent(
                frame.payloadKind(),
                payload,
                frame.rowCount(),
                frame.minEventTime(),
                frame.maxEventTime(),
                frame.producer());
        return ByteBuffer.wrap(new FrameDraft(owner, content)
                .seal(frame.baseOffset(), frame.maxEventTimeBefore(), frame.durableUpTo(), frame.appendedAtMicros()));
    }

    private void widenGap(Frame frame) {
        if (gapRows == 0) {
            gapBase = frame.baseOffset();
            gapMaxEventTimeBefore = frame.maxEventTimeBefore();
            gapMaxEventTime = frame.maxEventTime();
        }
        gapRows += frame.rowCount();
        gapMaxEventTime = Math.max(gapMaxEventTime, frame.maxEventTime());
        gapAppendedAt = frame.appendedAtMicros();
    }

    private void writeGap(ProducerSequence producer) throws IOException {
        if (gapRows > 0) {
            FrameDraft gap = new FrameDraft(owner, FrameContent.gap(gapRows, gapMaxEventTime, producer));
            write(ByteBuffer.wrap(gap.seal(gapBase, gapMaxEventTimeBefore, gapBase, gapAppendedAt)));
            gapRows = 0;
        }
    }

    private void write(ByteBuffer frame) throws IOException {
        if (frame.remaining() > buffer.remaining()) {
            flush();
        }
        if (frame.remaining() > buffer.remaining()) {
            int length = frame.remaining();
            file.writeFully(frame, position);
            position += length;
        } else {
            buffer.put(frame);
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        int length = buffer.remaining();
        file.writeFully(buffer, position);
        position += length;
        buffer.clear();
    }
}
