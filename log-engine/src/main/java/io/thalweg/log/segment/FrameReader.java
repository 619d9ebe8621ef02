package io.thalweg.log.segment;

import io.thalweg.log.file.LogFile;
import io.thalweg.log.frame.Frame;
import io.thalweg.log.frame.FrameFormat;
import io.thalweg.log.frame.FrameOwner;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Reads the frames of one segment in order and believes nothing: a frame counts only if its header is plausible, its
 * offset is the expected one and its checksum matches. One thread.
 */
public final class FrameReader {
    private static final int FIRST_READ_BYTES = 16 * 1024;
    private static final int LARGEST_READ_BYTES = 1024 * 1024;

    private final LogFile file;
    private final FrameOwner owner;
    private final Frame frame = new Frame();

    private byte[] buffer = new byte[0];
    private int bufferStart;
    private int bufferEnd;
    private int nextReadBytes = FIRST_READ_BYTES;
    private long position;
    private long expectedOffset;

    /** What stands at the reader's position. */
    public enum Step {
        /** A whole frame; the reader has moved behind it. */
        FRAME,
        /** Nothing: the file ends exactly here. */
        END,
        /** Bytes that are not the expected frame; the reader has not moved. */
        DAMAGED
    }

    /** A reader that starts at a place where the frame with this offset must begin. */
    public FrameReader(LogFile file, FrameOwner owner, long position, long expectedOffset) {
        this.file = file;
        this.owner = owner;
        this.position = position;
        this.expectedOffset = expectedOffset;
    }

    /** Moves to the next frame. */
    public Step next() throws IOException {
        if (available() < FrameFormat.HEADER_BYTES && fill(FrameFormat.HEADER_BYTES) < FrameFormat.HEADER_BYTES) {
            return available() == 0 ? Step.END : Step.DAMAGED;
        }
        if (!FrameFormat.isPlausibleHeader(buffer, bufferStart, owner)) {
            return Step.DAMAGED;
        }
        int length = FrameFormat.frameBytesAt(buffer, bufferStart);
        if (available() < length && (position + length > file.size() || fill(length) < length)) {
            return Step.DAMAGED;
        }
        frame.moveTo(buffer, bufferStart);
        if (frame.baseOffset() != expectedOffset || !FrameFormat.checksumMatches(buffer, bufferStart, owner)) {
            return Step.DAMAGED;
        }
        bufferStart += length;
        position += length;
        expectedOffset = frame.endOffset();
        return Step.FRAME;
    }

    /** The frame that the last {@link #next} moved over. */
    public Frame frame() {
        return frame;
    }

    /** The byte position after the last frame. */
    public long position() {
        return position;
    }

    /** The offset after the last frame. */
    public long expectedOffset() {
        return expectedOffset;
    }

    private int available() {
        return bufferEnd - bufferStart;
    }

    /** Makes at least so many bytes available if the file has them; returns how many are. */
    private int fill(int wanted) throws IOException {
        int kept = available();
        int capacity = Math.max(wanted, nextReadBytes);
        nextReadBytes = Math.min(LARGEST_READ_BYTES, 2 * nextReadBytes);
        if (capacity > buffer.length) {
            byte[] larger = new byte[capacity];
            System.arraycopy(buffer, bufferStart, larger, 0, kept);
            buffer = larger;
        } else {
            System.arraycopy(buffer, bufferStart, buffer, 0, kept);
        }
        bufferStart = 0;
        int read = file.readFully(ByteBuffer.wrap(buffer, kept, buffer.length - kept), position + kept);
        bufferEnd = kept + read;
        return bufferEnd;
    }
}
