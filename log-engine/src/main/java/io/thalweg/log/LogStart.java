package io.thalweg.log;

import io.thalweg.log.segment.Segment;
import io.thalweg.log.segment.SegmentName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The first offset of a partition that can be read. It only moves up: first on disk, then for readers, and then the
 * segments that lie wholly below it go. A crash in between leaves files that the next start removes. Thread-safe.
 */
final class LogStart {
    private final PartitionContext context;
    private final Path directory;
    private final SegmentSet segments;
    private final DurableMetadata metadata;
    /** Guarded by this. */
    private boolean closed;

    LogStart(PartitionContext context, Path directory, SegmentSet segments, DurableMetadata metadata) {
        this.context = context;
        this.directory = directory;
        this.segments = segments;
        this.metadata = metadata;
    }

    long offset() {
        return metadata.current().startOffset();
    }

    /** Moves the start up, if it is below this offset, which must be durable; durable when it returns. */
    synchronized void moveTo(long offset) throws IOException {
        if (offset > offset()) {
            metadata.change(current -> current.withStartOffset(offset));
            if (!closed) {
                segments.removeBelow(offset).forEach(this::delete);
            }
        }
    }

    /** Replaces the files of neighbouring segments by one, unless one is no longer there; false when it is not. */
    synchronized boolean replace(List<Segment> replaced, SegmentSet.Replacement replacement) throws IOException {
        if (closed || !replaced.stream().allMatch(segments::holds)) {
            return false;
        }
        segments.replace(replaced, replacement);
        replaced.get(0).close();
        replaced.stream().skip(1).forEach(this::deleteFiles);
        return true;
    }

    /** Ends all work on the files; waits for what is under way. */
    synchronized void close() {
        closed = true;
        metadata.close();
    }

    private void delete(Segment segment) {
        if (deleteFiles(segment)) {
            context.counters().trimmedSegment();
        }
    }

    /** False when files are left: their rows are gone for readers, and the next start tries again to free the space. */
    private boolean deleteFiles(Segment segment) {
        try {
            segment.close();
            Path index = SegmentName.index(directory, segment.baseOffset());
            if (context.files().exists(index)) {
                context.files().delete(index);
            }
            context.files().delete(segment.path());
            return true;
        } catch (IOException left) {
            return false;
        }
    }
}
