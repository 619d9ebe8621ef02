package io.thalweg.log;

import io.thalweg.log.frame.Frame;
import io.thalweg.log.segment.FrameHeaderReader;
import io.thalweg.log.segment.Segment;
import io.thalweg.log.segment.SegmentLease;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Frames that stay on disk, for sending them without a way through this process. Until this is closed their bytes stay
 * what they are, whatever retention and compaction do. Thread-safe.
 *
 * <p>What is verified: a frame's checksum covers all of it, so without reading it nothing is proven. By default headers
 * are only held against the index, the offsets and the length of the file, and it is the receiver who must compare the
 * checksum: that of the frame, or for a Kafka batch, whose frame is left out, that of the batch, which protects all but
 * its first 21 bytes. {@link StoredRange#verifiedHere} reads and compares all frames first, at the price of that, and
 * leaves to chance only what happens between there and the socket.
 */
public final class StoredFrames implements AutoCloseable {
    private final List<StoredFrame> frames;
    private final List<SegmentLease> leases;

    private StoredFrames(List<StoredFrame> frames, List<SegmentLease> leases) {
        this.frames = List.copyOf(frames);
        this.leases = List.copyOf(leases);
    }

    /** The frames in order: gaps and markers too. */
    public List<StoredFrame> frames() {
        return frames;
    }

    /** The frames as the fewest regions that hold them. */
    public List<StoredRegion> regions() {
        List<StoredRegion> regions = new ArrayList<>();
        for (StoredFrame frame : frames) {
            StoredRegion last = regions.isEmpty() ? null : regions.get(regions.size() - 1);
            StoredRegion next = frame.frame();
            if (last != null
                    && last.channel().isPresent()
                    && last.channel().equals(next.channel())
                    && last.position() + last.length() == next.position()
                    && (long) last.length() + next.length() <= Integer.MAX_VALUE) {
                FileChannel channel = last.channel().get();
                regions.set(
                        regions.size() - 1,
                        StoredRegion.ofFile(channel, last.position(), last.length() + next.length()));
            } else {
                regions.add(next);
            }
        }
        return regions;
    }

    @Override
    public void close() {
        for (SegmentLease lease : leases) {
            closeQuietly(lease);
        }
    }

    private static void closeQuietly(SegmentLease lease) {
        try {
            lease.close();
        } catch (IOException e) {
            // The file was only read.
        }
    }

    /** Finds the frames of a range. One thread. */
    static final class Search {
        private final PartitionLog log;
        private final SegmentSet segments;
        private final StoredRange range;
        private final List<StoredFrame> found = new ArrayList<>();
        private final List<SegmentLease> leases = new ArrayList<>();
        private final long end;
        private long wanted;
        private long bytes;
        private boolean full;

        /**
         * @param end what lies at or beyond it is left out
         */
        Search(PartitionLog log, SegmentSet segments, StoredRange range, long end) {
            this.log = log;
            this.segments = segments;
            this.range = range;
            this.wanted = range.fromOffset();
            this.end = end;
        }

        /** Does it; the caller closes the result. */
        StoredFrames run() {
            boolean complete = false;
            try {
                while (wanted < end && !full) {
                    log.requireStarted(wanted);
                    log.requirePresent();
                    Segment segment = segments.holding(wanted).orElseThrow(() -> missing());
                    try {
                        collect(segment);
                    } catch (IOException e) {
                        log.requireStarted(wanted);
                        log.requirePresent();
                        if (segments.holds(segment)) {
                            throw log.readFailure(e);
                        }
                    }
                }
                complete = true;
                return new StoredFrames(found, leases);
            } finally {
                if (!complete) {
                    leases.forEach(StoredFrames::closeQuietly);
                }
            }
        }

        private ThalwegException missing() {
            log.requireStarted(wanted);
            return new ThalwegException(ErrorCode.IO_ERROR, "offset " + wanted + " of " + log.id() + " has no segment");
        }

        private void collect(Segment segment) throws IOException {
            SegmentLease lease = segment.lease();
            // A name that another segment took before the file was opened leads to that one's bytes.
            if (!segments.holds(segment)) {
                lease.close();
                return;
            }
            leases.add(lease);
            long segmentEnd = Math.min(end, segments.endOffset(segment));
            if (range.verified()) {
                verify(segment, segmentEnd);
            }
            FrameHeaderReader headers = segment.headersNear(wanted);
            Optional<FrameHeaderReader.Header> header = headers.next();
            if (header.isEmpty()) {
                headers = segment.headersAtStart();
                header = headers.next();
            }
            while (header.isPresent()) {
                Frame frame = header.get().frame();
                if (frame.endOffset() > wanted && !add(segment, lease, header.get())) {
                    return;
                }
                if (wanted >= segmentEnd) {
                    return;
                }
                header = headers.next();
            }
            refuse(segment);
        }

        private boolean add(Segment segment, SegmentLease lease, FrameHeaderReader.Header header) throws IOException {
            int length = header.frame().lengthBytes();
            if (!found.isEmpty() && bytes + length > range.maxBytes()) {
                full = true;
                return false;
            }
            StoredRegion region = lease.channel().isPresent()
                    ? StoredRegion.ofFile(lease.channel().get(), header.position(), length)
                    : StoredRegion.ofMemory(segment.bytes(header.position(), length));
            found.add(new StoredFrame(header.frame(), region));
            bytes += length;
            wanted = header.frame().endOffset();
            return true;
        }

        /** Reads as many frames as will be handed out; the reader throws when one is damaged. */
        private void verify(Segment segment, long segmentEnd) {
            long left = range.maxBytes() - bytes;
            try (FrameCursor cursor = log.frames(wanted, segmentEnd)) {
                while (left > 0 && segments.holds(segment) && cursor.next()) {
                    left -= cursor.frame().lengthBytes();
                }
            }
        }

        /** The next header cannot be believed: whoever reads all of the frame says what is wrong. */
        private void refuse(Segment segment) {
            try (FrameCursor cursor = log.frames(wanted, wanted + 1)) {
                cursor.next();
            }
            if (segments.holds(segment)) {
                throw new ThalwegException(
                        ErrorCode.IO_ERROR, "offset " + wanted + " of " + log.id() + " was not found by its header");
            }
        }
    }
}
