package io.thalweg.log.recovery;

import io.thalweg.log.file.LogFileSystem;
import io.thalweg.log.segment.DamagedFileException;
import io.thalweg.log.segment.Segment;
import io.thalweg.log.segment.SegmentHeader;
import io.thalweg.log.segment.SegmentName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The segments of a partition as far as each one's header is right and names the segment before it; a lost, swapped or
 * foreign file breaks the chain there. Segments that lie wholly below the start offset are no part of it: a crash in the
 * middle of their deletion leaves any of them. So it is with segments that were joined into the one before them.
 */
public record SegmentChain(List<SegmentHeader> headers, Optional<Damage> brokenAt) {
    public SegmentChain {
        headers = List.copyOf(headers);
    }

    /** Reads the headers of all segments in a partition's directory. */
    public static SegmentChain read(LogFileSystem files, Path directory, PartitionMetadata metadata)
            throws IOException {
        List<SegmentHeader> headers = new ArrayList<>();
        for (long baseOffset : baseOffsets(files, directory, metadata.startOffset())) {
            if (!headers.isEmpty()
                    && baseOffset < headers.get(headers.size() - 1).joinedUpTo()) {
                continue;
            }
            Path file = SegmentName.segment(directory, baseOffset);
            try {
                SegmentHeader header = Segment.readHeader(files, file);
                checkPlace(header, baseOffset, metadata, headers);
                headers.add(header);
            } catch (DamagedFileException e) {
                long offset = headers.isEmpty() ? metadata.startOffset() : baseOffset;
                return new SegmentChain(
                        headers,
                        Optional.of(new Damage(offset, "segment " + file.getFileName() + ": " + e.getMessage())));
            }
        }
        return headers.isEmpty()
                ? new SegmentChain(headers, Optional.of(new Damage(metadata.startOffset(), "all segments are missing")))
                : new SegmentChain(headers, Optional.empty());
    }

    /** The base offsets in ascending order, from the one that may hold the start offset. */
    private static List<Long> baseOffsets(LogFileSystem files, Path directory, long startOffset) throws IOException {
        List<Long> baseOffsets = new ArrayList<>();
        for (String name : files.list(directory)) {
            OptionalLong baseOffset = SegmentName.baseOffset(name);
            if (baseOffset.isPresent()) {
                if (baseOffset.getAsLong() <= startOffset) {
                    baseOffsets.clear();
                }
                baseOffsets.add(baseOffset.getAsLong());
            }
        }
        return baseOffsets;
    }

    private static void checkPlace(
            SegmentHeader header, long nameOffset, PartitionMetadata metadata, List<SegmentHeader> before)
            throws DamagedFileException {
        if (!header.owner().equals(metadata.owner()) || header.baseOffset() != nameOffset) {
            throw new DamagedFileException(
                    "the file is another segment, of " + header.owner() + " at offset " + header.baseOffset());
        }
        if (before.isEmpty() && nameOffset > metadata.startOffset()) {
            throw new DamagedFileException("the segment before is missing");
        }
        if (!before.isEmpty() && !before.get(before.size() - 1).precedes(header)) {
            throw new DamagedFileException(
                    "the segment before, at offset " + header.previousBaseOffset() + ", is missing");
        }
    }
}
