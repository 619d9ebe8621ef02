package io.thalweg.log.segment;

import io.thalweg.log.file.LogFile;
import io.thalweg.log.file.LogFileSystem;
import io.thalweg.log.frame.Frame;
import io.thalweg.log.frame.FrameFormat;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The reading side of one segment file, with its index. Frames that were in the file when it was opened are indexed on
 * first use, from the index file or from the frames; frames that are appended later are indexed by the writer.
 * Thread-safe.
 */
public final class Segment implements Closeable {
    private final LogFileSystem files;
    private final Path directory;
    private final SegmentHeader header;
    private final LogPoint openedAt;
    private final LogFile file;
    private final OffsetIndex appended = new OffsetIndex();
    /** Guarded by this; absent until the first look-up. */
    private @Nullable OffsetIndex existing;

    /**
     * Opens a segment whose header was checked.
     *
     * @param openedAt where the frames end that are in the file now; the position is ignored for a segment that is
     *     followed by another
     */
    public Segment(LogFileSystem files, Path directory, SegmentHeader header, LogPoint openedAt) throws IOException {
        this.files = files;
        this.directory = directory;
        this.header = header;
        this.openedAt = openedAt;
        this.file = files.openForReading(SegmentName.segment(directory, header.baseOffset()));
    }

    /** Reads and checks the header of a segment file. */
    public static SegmentHeader readHeader(LogFileSystem files, Path segmentFile) throws IOException {
        try (LogFile file = files.openForReading(segmentFile)) {
            ByteBuffer bytes = ByteBuffer.allocate(SegmentHeader.BYTES);
            file.readFully(bytes, 0);
            return SegmentHeader.decode(bytes.flip());
        }
    }

    public SegmentHeader header() {
        return header;
    }

    public long baseOffset() {
        return header.baseOffset();
    }

    public Path path() {
        return SegmentName.segment(directory, header.baseOffset());
    }

    /** The index of frames that are appended from now on. */
    public OffsetIndex appendedIndex() {
        return appended;
    }

    /** A reader at the frame that holds an offset, or at an earlier one. */
    public FrameReader readerNear(long offset) throws IOException {
        OffsetIndex.Entry start = new OffsetIndex.Entry(header.baseOffset(), SegmentHeader.BYTES);
        OffsetIndex.Entry found = offset >= openedAt.offset()
                ? appended.floor(offset, new OffsetIndex.Entry(openedAt.offset(), openedAt.position()))
                : existingIndex().floor(offset, start);
        return new FrameReader(file, header.owner(), found.position(), found.offset());
    }

    /** A reader at the first frame, for when the index was wrong. */
    public FrameReader readerAtStart() {
        return new FrameReader(file, header.owner(), SegmentHeader.BYTES, header.baseOffset());
    }

    /** Writes the index file for the frames up to a point, unless older frames were never indexed. */
    public void saveIndex(LogPoint end) {
        OffsetIndex whole = new OffsetIndex();
        synchronized (this) {
            if (existing != null) {
                whole.addAll(existing);
            } else if (openedAt.position() != SegmentHeader.BYTES) {
                return;
            }
        }
        whole.addAll(appended);
        writeIndexFile(whole, end.position());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private synchronized OffsetIndex existingIndex() throws IOException {
        OffsetIndex index = existing;
        if (index == null) {
            index = loadIndex();
            existing = index;
        }
        return index;
    }

    private OffsetIndex loadIndex() throws IOException {
        Path path = SegmentName.index(directory, header.baseOffset());
        long end = Math.min(openedAt.position(), file.size());
        if (files.exists(path)) {
            try (LogFile indexFile = files.openForReading(path)) {
                ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(indexFile.size()));
                indexFile.readFully(bytes, 0);
                return OffsetIndex.decode(bytes.flip(), header, end);
            } catch (IOException | ArithmeticException unusable) {
                return rebuildIndex(end);
            }
        }
        return rebuildIndex(end);
    }

    /** Walks the headers of the frames, without their payloads: what the index says is checked by its readers. */
    private OffsetIndex rebuildIndex(long end) throws IOException {
        OffsetIndex index = new OffsetIndex();
        Frame frame = new Frame();
        byte[] bytes = new byte[FrameFormat.HEADER_BYTES];
        long position = SegmentHeader.BYTES;
        long expectedOffset = header.baseOffset();
        while (position + FrameFormat.HEADER_BYTES <= end) {
            file.readFully(ByteBuffer.wrap(bytes), position);
            frame.moveTo(bytes, 0);
            if (!FrameFormat.isPlausibleHeader(bytes, 0, header.owner()) || frame.baseOffset() != expectedOffset) {
                break;
            }
            index.add(expectedOffset, position);
            position += frame.lengthBytes();
            expectedOffset = frame.endOffset();
        }
        if (position == end) {
            writeIndexFile(index, end);
        }
        return index;
    }

    private void writeIndexFile(OffsetIndex index, long indexedBytes) {
        Path path = SegmentName.index(directory, header.baseOffset());
        try {
            if (files.exists(path)) {
                files.delete(path);
            }
            try (LogFile indexFile = files.create(path)) {
                indexFile.writeFully(index.encode(header, indexedBytes), 0);
            }
        } catch (IOException lost) {
            // The next reader rebuilds the index from the frames.
        }
    }
}
