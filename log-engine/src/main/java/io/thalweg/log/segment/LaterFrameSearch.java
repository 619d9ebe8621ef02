package io.thalweg.log.segment;

import io.thalweg.log.file.LogFile;
import io.thalweg.log.frame.Frame;
import io.thalweg.log.frame.FrameFormat;
import io.thalweg.log.frame.FrameOwner;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Looks behind unreadable bytes for a frame that proves they were once durable. Without such a frame they are the torn
 * end of a write that nobody was told had succeeded.
 */
public final class LaterFrameSearch {
    private static final int WINDOW_BYTES = 1024 * 1024;

    private final LogFile file;
    private final FrameOwner owner;
    private final Frame frame = new Frame();

    public LaterFrameSearch(LogFile file, FrameOwner owner) {
        this.file = file;
        this.owner = owner;
    }

    /** Whether a whole frame behind this position says that the row at this offset was durable. */
    public boolean provesDurable(long damagedPosition, long damagedOffset) throws IOException {
        long size = file.size();
        byte[] window = new byte[WINDOW_BYTES];
        long windowAt = damagedPosition + FrameFormat.ALIGNMENT;
        while (windowAt + FrameFormat.HEADER_BYTES <= size) {
            int length = file.readFully(ByteBuffer.wrap(window), windowAt);
            int last = length - FrameFormat.HEADER_BYTES;
            for (int at = 0; at <= last; at += FrameFormat.ALIGNMENT) {
                if (FrameFormat.startsLikeFrame(window, at)
                        && FrameFormat.isPlausibleHeader(window, at, owner)
                        && claimsDurable(window, at, damagedOffset)
                        && isWhole(windowAt + at, FrameFormat.frameBytesAt(window, at), size)) {
                    return true;
                }
            }
            windowAt += Math.max(FrameFormat.ALIGNMENT, (last + FrameFormat.ALIGNMENT) & -FrameFormat.ALIGNMENT);
        }
        return false;
    }

    private boolean claimsDurable(byte[] window, int at, long damagedOffset) {
        frame.moveTo(window, at);
        return frame.baseOffset() > damagedOffset && frame.durableUpTo() > damagedOffset;
    }

    private boolean isWhole(long position, int length, long size) throws IOException {
        if (position + length > size) {
            return false;
        }
        byte[] bytes = new byte[length];
        return file.readFully(ByteBuffer.wrap(bytes), position) == length
                && FrameFormat.checksumMatches(bytes, 0, owner);
    }
}
