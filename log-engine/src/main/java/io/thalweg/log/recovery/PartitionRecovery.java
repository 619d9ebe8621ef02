package io.thalweg.log.recovery;

import io.thalweg.log.file.AtomicFile;
import io.thalweg.log.file.LogFile;
import io.thalweg.log.file.LogFileSystem;
import io.thalweg.log.frame.FrameFormat;
import io.thalweg.log.segment.FrameReader;
import io.thalweg.log.segment.LaterFrameSearch;
import io.thalweg.log.segment.LogPoint;
import io.thalweg.log.segment.Segment;
import io.thalweg.log.segment.SegmentHeader;
import io.thalweg.log.segment.SegmentName;
import io.thalweg.log.segment.SegmentWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Brings one partition's directory into a state that can be served. One thread; can be cut off at any step and begun
 * again.
 *
 * <p>Only the last segment is read, and only above the durable point: a segment that has a successor was wholly on disk
 * before that got its name. Frames above the durable point are copied to a new segment and forced, since after a failed
 * force the page cache may show bytes that the disk does not have, and a second force on the same file would not write
 * them. Bytes that are no frame are cut off as the torn end of a write, unless a durable point or a later frame proves
 * that they had been acknowledged: then nothing is changed and the partition is reported as damaged.
 */
public final class PartitionRecovery {
    private static final int COPY_BYTES = 1024 * 1024;

    private final LogFileSystem files;
    private final Path directory;
    private final PartitionMetadata metadata;
    private final Optional<LogPoint> checkpoint;

    /**
     * @param checkpoint the partition's durable point, if it is known
     */
    public PartitionRecovery(
            LogFileSystem files, Path directory, PartitionMetadata metadata, Optional<LogPoint> checkpoint) {
        this.files = files;
        this.directory = directory;
        this.metadata = metadata;
        this.checkpoint = checkpoint;
    }

    /** Where the frames of the last segment end, and why. */
    private record Scan(LogPoint end, boolean reachedFileEnd) {}

    /** The segments after the tail was made durable, and where their frames end now. */
    private record Settled(List<SegmentHeader> headers, LogPoint end) {}

    /** Does the recovery; the caller owns the opened segments. */
    public RecoveredPartition recover(long nowMicros) throws IOException {
        deleteUnfinishedFiles();
        SegmentChain chain = SegmentChain.read(files, directory, metadata);
        if (chain.headers().isEmpty()) {
            long start = metadata.startOffset();
            LogPoint nowhere = new LogPoint(start, SegmentHeader.BYTES, start, FrameFormat.NO_EVENT_TIME);
            return new RecoveredPartition(metadata, List.of(), nowhere, chain.brokenAt());
        }
        deleteRemains(chain.headers());
        Optional<RecoveredPartition> quarantined = quarantined(chain);
        if (quarantined.isPresent()) {
            return quarantined.get();
        }
        SegmentHeader last = chain.headers().get(chain.headers().size() - 1);
        try (LogFile file = files.openForReading(SegmentName.segment(directory, last.baseOffset()))) {
            LogPoint durable = durablePoint(last);
            Scan scan = scan(file, durable);
            Optional<Damage> damage = chain.brokenAt();
            if (damage.isEmpty()) {
                damage = damageAt(file, last, scan);
            }
            if (damage.isPresent()) {
                LogPoint end = scan(file, last.start()).end();
                return open(
                        chain.headers(),
                        end,
                        Optional.of(new Damage(end.offset(), damage.get().reason())));
            }
            Settled settled = settleTail(chain.headers(), file, scan, durable, nowMicros);
            return open(settled.headers(), settled.end(), Optional.empty());
        }
    }

    /** The partition up to a damage that was found while it was open, if that is still there. */
    private Optional<RecoveredPartition> quarantined(SegmentChain chain) throws IOException {
        QuarantineFile file = new QuarantineFile(files, directory, metadata.owner());
        Optional<Damage> found = file.read();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        long offset = found.get().offset();
        List<SegmentHeader> upToDamage = chain.headers().stream()
                .filter(header -> header.baseOffset() <= offset)
                .toList();
        if (offset >= metadata.startOffset() && !upToDamage.isEmpty()) {
            SegmentHeader suspect = upToDamage.get(upToDamage.size() - 1);
            try (LogFile segment = files.openForReading(SegmentName.segment(directory, suspect.baseOffset()))) {
                LogPoint end = scan(segment, suspect.start()).end();
                if (end.offset() <= offset) {
                    Damage damage = new Damage(end.offset(), found.get().reason());
                    return Optional.of(open(upToDamage, end, Optional.of(damage)));
                }
            }
        }
        file.delete();
        return Optional.empty();
    }

    /** Where scanning starts: below it the last segment is known to be on disk. */
    private LogPoint durablePoint(SegmentHeader last) {
        return checkpoint
                .filter(point -> point.segmentBaseOffset() == last.baseOffset())
                .orElse(last.start());
    }

    private Scan scan(LogFile file, LogPoint from) throws IOException {
        if (from.position() > file.size()) {
            return new Scan(
                    new LogPoint(from.segmentBaseOffset(), file.size(), from.offset(), from.maxEventTime()), false);
        }
        FrameReader reader = new FrameReader(file, metadata.owner(), from.position(), from.offset());
        LogPoint end = from;
        FrameReader.Step step = reader.next();
        while (step == FrameReader.Step.FRAME && reader.frame().maxEventTimeBefore() == end.maxEventTime()) {
            end = new LogPoint(
                    from.segmentBaseOffset(),
                    reader.position(),
                    reader.expectedOffset(),
                    reader.frame().maxEventTimeAfter());
            step = reader.next();
        }
        return new Scan(end, step == FrameReader.Step.END);
    }

    private Optional<Damage> damageAt(LogFile file, SegmentHeader last, Scan scan) throws IOException {
        LogPoint end = scan.end();
        if (checkpoint.isPresent()) {
            LogPoint known = checkpoint.get();
            if (known.segmentBaseOffset() > last.baseOffset()) {
                return Optional.of(
                        new Damage(end.offset(), "the segment at offset " + known.segmentBaseOffset() + " is missing"));
            }
            if (known.segmentBaseOffset() == last.baseOffset() && file.size() < known.position()) {
                return Optional.of(new Damage(
                        end.offset(), "the segment at offset " + last.baseOffset() + " is shorter than it was"));
            }
        }
        if (end.offset() < metadata.startOffset()) {
            return Optional.of(
                    new Damage(end.offset(), "rows up to the start offset " + metadata.startOffset() + " are missing"));
        }
        boolean proven = !scan.reachedFileEnd()
                && new LaterFrameSearch(file, metadata.owner()).provesDurable(end.position(), end.offset());
        return proven
                ? Optional.of(new Damage(
                        end.offset(),
                        "acknowledged bytes at position " + end.position() + " of the segment at offset "
                                + last.baseOffset() + " are damaged"))
                : Optional.empty();
    }

    /** Cuts the torn end and moves the frames above the durable point to a segment of their own. */
    private Settled settleTail(List<SegmentHeader> headers, LogFile file, Scan scan, LogPoint durable, long nowMicros)
            throws IOException {
        SegmentHeader last = headers.get(headers.size() - 1);
        if (scan.end().offset() == durable.offset()) {
            if (!scan.reachedFileEnd()) {
                cut(last, durable);
            }
            return new Settled(headers, scan.end());
        }
        boolean replacesLast = durable.offset() == last.baseOffset();
        SegmentHeader tail = new SegmentHeader(
                metadata.owner(),
                durable.offset(),
                replacesLast ? last.previousBaseOffset() : last.baseOffset(),
                durable.maxEventTime(),
                nowMicros);
        long length = scan.end().position() - durable.position();
        SegmentWriter.createFile(
                files, directory, tail, (target, at) -> copy(file, durable.position(), target, at, length));
        List<SegmentHeader> settled = new ArrayList<>(headers);
        if (replacesLast) {
            settled.remove(settled.size() - 1);
        } else {
            cut(last, durable);
        }
        settled.add(tail);
        LogPoint end = new LogPoint(
                tail.baseOffset(),
                SegmentHeader.BYTES + length,
                scan.end().offset(),
                scan.end().maxEventTime());
        return new Settled(settled, end);
    }

    private void cut(SegmentHeader segment, LogPoint end) throws IOException {
        try (SegmentWriter writer = SegmentWriter.open(files, directory, segment.baseOffset())) {
            writer.truncate(end.position());
        }
    }

    private static void copy(LogFile source, long from, LogFile target, long to, long length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(length, COPY_BYTES));
        for (long done = 0; done < length; ) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), length - done));
            int read = source.readFully(buffer, from + done);
            target.writeFully(buffer.flip(), to + done);
            done += read;
        }
    }

    private RecoveredPartition open(List<SegmentHeader> headers, LogPoint end, Optional<Damage> damage)
            throws IOException {
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < headers.size(); i++) {
            SegmentHeader header = headers.get(i);
            segments.add(
                    i == headers.size() - 1
                            ? new Segment(files, directory, header, end)
                            : Segment.openClosed(files, directory, header, headers.get(i + 1)));
        }
        return new RecoveredPartition(metadata, segments, end, damage);
    }

    private void deleteUnfinishedFiles() throws IOException {
        for (String name : files.list(directory)) {
            if (name.endsWith(AtomicFile.TEMPORARY_SUFFIX)) {
                files.delete(directory.resolve(name));
            }
        }
    }

    /** Ends the deletion of segments below the start offset, or joined into others, that a stop interrupted. */
    private void deleteRemains(List<SegmentHeader> headers) throws IOException {
        for (String name : files.list(directory)) {
            OptionalLong baseOffset = SegmentName.baseOffset(name);
            if (baseOffset.isEmpty()) {
                baseOffset = SegmentName.baseOffsetOfIndex(name);
            }
            if (baseOffset.isPresent() && remains(baseOffset.getAsLong(), headers)) {
                files.delete(directory.resolve(name));
            }
        }
    }

    private static boolean remains(long baseOffset, List<SegmentHeader> headers) {
        return baseOffset < headers.get(0).baseOffset()
                || headers.stream()
                        .anyMatch(header -> header.baseOffset() < baseOffset && baseOffset < header.joinedUpTo());
    }
}
