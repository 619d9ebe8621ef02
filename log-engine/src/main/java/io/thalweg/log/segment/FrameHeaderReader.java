package io.thalweg.log.segment;

import io.thalweg.log.file.LogFile;
import io.thalweg.log.frame.Frame;
import io.thalweg.log.frame.FrameFormat;
import io.thalweg.log.frame.FrameOwner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads the headers of the frames of one segment in order and leaves their payloads on disk. A header counts if it is
 * plausible and its offset is the expected one; checksums are not looked at, since they cover the payloads. One thread.
 */
public final class FrameHeaderReader {
    /** What is read at once: many small frames, or the header of a long one. */
    private static final int CHUNK_BYTES = 4 * 1024;
    /** What of a payload is kept with the header: the header of a Kafka batch fits in. */
    private static final int PREFIX_BYTES = 64;

    private final LogFile file;
    private final FrameOwner owner;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private long chunkPosition;
    private int chunkBytes;
    private long position;
    private long expectedOffset;

    /** A frame of which only the beginning was read, a copy, and where it is. */
    public record Header(Frame frame, long position) {
        /** The position of the payload. */
        public long payloadPosition() {
            return position + FrameFormat.HEADER_BYTES;
        }
    }

    FrameHeaderReader(LogFile file, FrameOwner owner, long position, long expectedOffset) {
        this.file = file;
        this.owner = owner;
        this.position = position;
        this.expectedOffset = expectedOffset;
    }

    /** Moves over the next frame; empty when there is none that can be believed. */
    public Optional<Header> next() throws IOException {
        if (!isInChunk(FrameFormat.HEADER_BYTES + PREFIX_BYTES)) {
            chunkPosition = position;
            chunkBytes = file.readFully(ByteBuffer.wrap(chunk), position);
        }
        int available = Math.min(FrameFormat.HEADER_BYTES + PREFIX_BYTES, chunkBytes - inChunk());
        if (available < FrameFormat.HEADER_BYTES || !FrameFormat.isPlausibleHeader(chunk, inChunk(), owner)) {
            return Optional.empty();
        }
        Frame frame = new Frame();
        frame.moveTo(Arrays.copyOfRange(chunk, inChunk(), inChunk() + available), 0);
        if (frame.baseOffset() != expectedOffset || position + frame.lengthBytes() > file.size()) {
            return Optional.empty();
        }
        Header header = new Header(frame, position);
        position += frame.lengthBytes();
        expectedOffset = frame.endOffset();
        return Optional.of(header);
    }

    private int inChunk() {
        return (int) (position - chunkPosition);
    }

    private boolean isInChunk(int length) {
        return position >= chunkPosition && position + length <= chunkPosition + chunkBytes;
    }
}
