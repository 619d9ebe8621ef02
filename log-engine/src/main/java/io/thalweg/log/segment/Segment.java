package io.thalweg.log.segment;

import io.thalweg.log.file.LogFile;
import io.thalweg.log.file.LogFileSystem;
import io.thalweg.log.frame.Frame;
import io.thalweg.log.frame.FrameFormat;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.ToLongFunction;
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
    private final FrameIndex appended = new FrameIndex();
    private final TransferChannels channels = new TransferChannels();
    /** Guarded by this; absent until the first look-up. */
    private @Nullable FrameIndex existing;

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

    /** Opens a segment that is followed by another. */
    public static Segment openClosed(LogFileSystem files, Path directory, SegmentHeader header, SegmentHeader next)
            throws IOException {
        LogPoint end = new LogPoint(header.baseOffset(), Long.MAX_VALUE, next.baseOffset(), next.maxEventTimeBefore());
        return new Segment(files, directory, header, end);
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
    public FrameIndex appendedIndex() {
        return appended;
    }

    /** A reader at the frame that holds an offset, or at an earlier one. */
    public FrameReader readerNear(long offset) throws IOException {
        Place place = placeNear(offset);
        return new FrameReader(file, header.owner(), place.position(), place.offset());
    }

    /** Like {@link #readerNear}, for the headers alone. */
    public FrameHeaderReader headersNear(long offset) throws IOException {
        Place place = placeNear(offset);
        return new FrameHeaderReader(file, header.owner(), place.position(), place.offset());
    }

    /** Where the frame with an offset begins. */
    private record Place(long position, long offset) {
        Place(FrameIndex.Entry entry) {
            this(entry.position(), entry.offset());
        }
    }

    private Place placeNear(long offset) throws IOException {
        if (offset >= openedAt.offset()) {
            return appended.floor(offset)
                    .map(Place::new)
                    .orElseGet(() -> new Place(openedAt.position(), openedAt.offset()));
        }
        return existingIndex()
                .floor(offset)
                .map(Place::new)
                .orElseGet(() -> new Place(SegmentHeader.BYTES, header.baseOffset()));
    }

    /** Keeps the bytes of the file there until the lease is closed, whatever becomes of the segment. */
    public SegmentLease lease() throws IOException {
        return channels.lease(() -> files.openForTransfer(path()));
    }

    /** An offset that is at most a little before the first frame whose time, ascending with the entries, is a limit. */
    public long offsetBefore(ToLongFunction<FrameIndex.Entry> ascending, long limit) throws IOException {
        Optional<FrameIndex.Entry> found = appended.lastBelow(ascending, limit);
        if (found.isEmpty()) {
            found = existingIndex().lastBelow(ascending, limit);
        }
        return found.map(FrameIndex.Entry::offset).orElse(header.baseOffset());
    }

    /** A reader at the first frame, for when the index was wrong. */
    public FrameReader readerAtStart() {
        return new FrameReader(file, header.owner(), SegmentHeader.BYTES, header.baseOffset());
    }

    /** Like {@link #readerAtStart}, for the headers alone. */
    public FrameHeaderReader headersAtStart() {
        return new FrameHeaderReader(file, header.owner(), SegmentHeader.BYTES, header.baseOffset());
    }

    /** Reads bytes of the file into memory, for those who cannot have them moved. */
    public ByteBuffer bytes(long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        file.readFully(bytes, position);
        return bytes.flip();
    }

    /** Writes the index file for the frames up to a point, unless older frames were never indexed. */
    public void saveIndex(LogPoint end) {
        FrameIndex whole = new FrameIndex();
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

    /** The length of the file. */
    public long sizeBytes() throws IOException {
        return file.size();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private synchronized FrameIndex existingIndex() throws IOException {
        FrameIndex index = existing;
        if (index == null) {
            index = loadIndex();
            existing = index;
        }
        return index;
    }

    private FrameIndex loadIndex() throws IOException {
        Path path = SegmentName.index(directory, header.baseOffset());
        long end = Math.min(openedAt.position(), file.size());
        if (files.exists(path)) {
            try (LogFile indexFile = files.openForReading(path)) {
                ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(indexFile.size()));
                indexFile.readFully(bytes, 0);
                return FrameIndex.decode(bytes.flip(), header, end);
            } catch (IOException | ArithmeticException unusable) {
                return rebuildIndex(end);
            }
        }
        return rebuildIndex(end);
    }

    /** Walks the headers of the frames, without their payloads: what the index says is checked by its readers. */
    private FrameIndex rebuildIndex(long end) throws IOException {
        FrameIndex index = new FrameIndex();
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
            index.add(frame, position);
            position += frame.lengthBytes();
            expectedOffset = frame.endOffset();
        }
        if (position == end) {
            writeIndexFile(index, end);
        }
        return index;
    }

    private void writeIndexFile(FrameIndex index, long indexedBytes) {
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
