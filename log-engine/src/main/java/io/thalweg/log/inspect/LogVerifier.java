package io.thalweg.log.inspect;

import io.thalweg.log.file.AtomicFile;
import io.thalweg.log.file.LogFile;
import io.thalweg.log.file.LogFileSystem;
import io.thalweg.log.frame.FrameOwner;
import io.thalweg.log.inspect.Finding.Severity;
import io.thalweg.log.recovery.Damage;
import io.thalweg.log.recovery.DurablePoints;
import io.thalweg.log.recovery.PartitionDirectory;
import io.thalweg.log.recovery.PartitionMetadata;
import io.thalweg.log.recovery.QuarantineFile;
import io.thalweg.log.recovery.SegmentChain;
import io.thalweg.log.recovery.StoreLayout;
import io.thalweg.log.segment.DamagedFileException;
import io.thalweg.log.segment.FrameReader;
import io.thalweg.log.segment.LaterFrameSearch;
import io.thalweg.log.segment.LogPoint;
import io.thalweg.log.segment.SegmentHeader;
import io.thalweg.log.segment.SegmentName;
import io.thalweg.model.error.ErrorCode;
import io.thalweg.model.error.ThalwegException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads every byte of a data directory that no store has open, and changes nothing. It finds what a start would leave
 * for a reader to find: damage below the durable points. One thread.
 */
public final class LogVerifier {
    private final LogFileSystem files;
    private final StoreLayout layout;
    private final List<Finding> findings = new ArrayList<>();
    private Extent extent = Extent.NOTHING;

    public LogVerifier(LogFileSystem files, Path directory) {
        this.files = files;
        this.layout = new StoreLayout(directory.toAbsolutePath());
    }

    /**
     * Checks everything; an empty list means that all is well.
     *
     * @throws ThalwegException DIRECTORY_IN_USE when a store has the directory open
     */
    public List<Finding> verify() throws IOException {
        findings.clear();
        extent = Extent.NOTHING;
        Closeable lock = files.tryLock(layout.lock()).orElseThrow(this::inUse);
        try {
            verifyLocked();
        } finally {
            lock.close();
        }
        return List.copyOf(findings);
    }

    /** How much the last {@link #verify} has read. */
    public Extent extent() {
        return extent;
    }

    private ThalwegException inUse() {
        return new ThalwegException(
                ErrorCode.DIRECTORY_IN_USE, "data directory " + layout.root() + " is used by another process");
    }

    private void verifyLocked() throws IOException {
        Map<FrameOwner, LogPoint> points = durablePoints();
        if (!files.exists(layout.log())) {
            return;
        }
        for (String stream : files.list(layout.log())) {
            for (String partition : files.list(layout.log().resolve(stream))) {
                verifyPartition(layout.log().resolve(stream).resolve(partition), points);
            }
        }
    }

    private Map<FrameOwner, LogPoint> durablePoints() throws IOException {
        AtomicFile file = new AtomicFile(files, layout.durablePoints());
        if (!file.exists()) {
            return Map.of();
        }
        try {
            return DurablePoints.read(file);
        } catch (DamagedFileException e) {
            report(Severity.RECOVERABLE, layout.durablePoints(), e.getMessage());
            return Map.of();
        }
    }

    private void verifyPartition(Path path, Map<FrameOwner, LogPoint> points) throws IOException {
        PartitionDirectory directory = new PartitionDirectory(files, path);
        if (directory.isDropped()) {
            report(Severity.RECOVERABLE, path, "a drop is not finished");
            return;
        }
        if (!directory.metadataFile().exists()) {
            Severity severity = directory.holdsFrames() ? Severity.DAMAGE : Severity.RECOVERABLE;
            report(severity, path, "there is no " + PartitionMetadata.FILE_NAME);
            return;
        }
        PartitionMetadata metadata;
        try {
            metadata = PartitionMetadata.read(directory.metadataFile());
        } catch (DamagedFileException e) {
            report(Severity.DAMAGE, path.resolve(PartitionMetadata.FILE_NAME), e.getMessage());
            return;
        }
        extent = extent.plusPartition();
        int findingsBefore = findings.size();
        verifySegments(path, metadata, points);
        Optional<Damage> noted = new QuarantineFile(files, path, metadata.owner()).read();
        if (noted.isPresent() && findings.size() == findingsBefore) {
            report(
                    Severity.RECOVERABLE,
                    path.resolve(QuarantineFile.FILE_NAME),
                    "a server noted damage at offset " + noted.get().offset() + ", which is not there now");
        }
    }

    private void verifySegments(Path path, PartitionMetadata metadata, Map<FrameOwner, LogPoint> points)
            throws IOException {
        SegmentChain chain = SegmentChain.read(files, path, metadata);
        chain.brokenAt()
                .ifPresent(damage ->
                        report(Severity.DAMAGE, path, "from offset " + damage.offset() + " on: " + damage.reason()));
        for (int i = 0; i < chain.headers().size(); i++) {
            boolean isLast = i == chain.headers().size() - 1;
            long endOffset =
                    isLast ? chainEnd(chain) : chain.headers().get(i + 1).baseOffset();
            LogPoint known =
                    points.getOrDefault(metadata.owner(), chain.headers().get(i).start());
            verifySegment(path, chain.headers().get(i), endOffset, known);
        }
    }

    /** Where the last readable segment must reach; the greatest number when nobody can say. */
    private static long chainEnd(SegmentChain chain) {
        return chain.brokenAt().map(Damage::offset).orElse(Long.MAX_VALUE);
    }

    /** Checks all frames below an offset; for the last segment, which has no such bound, all there are. */
    private void verifySegment(Path directory, SegmentHeader header, long endOffset, LogPoint known)
            throws IOException {
        Path path = SegmentName.segment(directory, header.baseOffset());
        try (LogFile file = files.openForReading(path)) {
            FrameReader reader = new FrameReader(file, header.owner(), SegmentHeader.BYTES, header.baseOffset());
            long maxEventTime = header.maxEventTimeBefore();
            FrameReader.Step step = FrameReader.Step.FRAME;
            while (step == FrameReader.Step.FRAME && reader.expectedOffset() < endOffset) {
                step = reader.next();
                if (step == FrameReader.Step.FRAME) {
                    if (reader.frame().maxEventTimeBefore() != maxEventTime) {
                        report(
                                Severity.DAMAGE,
                                path,
                                "the frame before position " + reader.position()
                                        + " has a wrong running maximum of event times");
                    }
                    maxEventTime = reader.frame().maxEventTimeAfter();
                    extent = extent.plusFrame(reader.frame());
                }
            }
            extent = extent.plusSegment(file.size());
            if (step != FrameReader.Step.FRAME) {
                reportEnd(path, reader, step, endOffset, known, new LaterFrameSearch(file, header.owner()));
            }
        }
    }

    private void reportEnd(
            Path path,
            FrameReader reader,
            FrameReader.Step step,
            long endOffset,
            LogPoint known,
            LaterFrameSearch search)
            throws IOException {
        long offset = reader.expectedOffset();
        boolean isLast = endOffset == Long.MAX_VALUE;
        if (isLast && step == FrameReader.Step.END && known.offset() <= offset) {
            return;
        }
        boolean wasDurable = !isLast || known.offset() > offset || search.provesDurable(reader.position(), offset);
        report(
                wasDurable ? Severity.DAMAGE : Severity.RECOVERABLE,
                path,
                "no whole frame at position " + reader.position() + ", offset " + offset);
    }

    private void report(Severity severity, Path file, @Nullable String message) {
        findings.add(new Finding(severity, file, String.valueOf(message)));
    }
}
